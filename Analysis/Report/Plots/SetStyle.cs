using ScottPlot;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>
/// How a set is drawn: told apart by colour, by pattern and by marker, so that each alone suffices.
/// </summary>
/// <remarks>Colours are Okabe and Ito's, made for readers with any kind of colour vision.</remarks>
public sealed record SetStyle(Color Color, LinePattern Pattern, MarkerShape Marker)
{
    /// <summary>Width of a line in pixels.</summary>
    public float LineWidth { get; init; } = 4;

    private static readonly Color[] Colors =
    [
        new(0, 0, 0), new(213, 94, 0), new(0, 114, 178), new(0, 158, 115),
        new(204, 121, 167), new(230, 159, 0), new(86, 180, 233),
    ];

    private static readonly LinePattern[] Patterns =
    [
        LinePattern.Solid, new([24, 10], 0, "Dash"), new([4, 6], 0, "Dot"),
        new([24, 7, 4, 7], 0, "DashDot"), new([10, 5], 0, "ShortDash"),
    ];

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp,
        MarkerShape.FilledDiamond, MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.Cross,
        MarkerShape.OpenTriangleDown,
    ];

    /// <summary>The style of the i-th set; combinations repeat only after 280 sets.</summary>
    public static SetStyle Of(int index) => new(
        Colors[index % Colors.Length], Patterns[index % Patterns.Length], Markers[index % Markers.Length]);
}
