using ScottPlot;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>Everything around the curves: titles, axes, grid and a legend that never covers them.</summary>
public static class FigureFrame
{
    private const float TitleSize = 30;
    private const float LabelSize = 28;
    /// <summary>Size of the numbers along an axis, in pixels.</summary>
    public const float TickSize = 24;

    /// <summary>Titles, axes with their units, and room for them.</summary>
    public static void Apply(Plot plot, string title, string subtitle, string xLabel, string yLabel)
    {
        plot.Title($"{title}\n{subtitle}", TitleSize);
        plot.XLabel(xLabel, LabelSize);
        plot.YLabel(yLabel, LabelSize);
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = TickSize;
        }

        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Margins(0.02, 0.08);
        plot.Axes.Title.MinimumSize = 100;
        plot.Axes.Left.MinimumSize = 130;
        plot.Axes.Right.MinimumSize = 50;
        plot.Font.Set(EmbeddedFont.Family);
    }

    /// <summary>A legend below the axes.</summary>
    public static void AddLegend(Plot plot)
    {
        plot.Legend.FontSize = TickSize;
        plot.Legend.FontName = EmbeddedFont.Family;
        plot.Legend.SymbolWidth = 110;
        plot.Legend.DisplayPlottableLegendItems = false;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
    }
}
