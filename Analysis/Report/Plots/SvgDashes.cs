using System;
using System.Globalization;
using ScottPlot;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>
/// Line patterns in SVG, which the drawing library cannot write: it leaves patterned lines out.
/// </summary>
/// <remarks>
/// Curves are drawn solid, each in a width a few 64ths of a pixel too large, which names its set; the file
/// then gets the true width and the pattern.
/// </remarks>
public static class SvgDashes
{
    private const float WidthStep = 1f / 64;

    /// <summary>The style of the i-th set, solid and with a width of its own.</summary>
    public static SetStyle StyleOf(int index)
    {
        SetStyle style = SetStyle.Of(index);
        float width = style.LineWidth + (index + 1) * WidthStep;
        return style with { Pattern = LinePattern.Solid, LineWidth = width };
    }

    /// <summary>Puts widths and patterns right.</summary>
    public static string Restore(string svg, int sets)
    {
        for (int i = 0; i < sets; i++)
        {
            SetStyle style = SetStyle.Of(i);
            string lengths = string.Join(',', Array.ConvertAll(style.Pattern.Intervals, Text));
            string dashes = lengths.Length == 0 ? "" : $" stroke-dasharray=\"{lengths}\"";
            svg = svg.Replace(Width(StyleOf(i)), Width(style) + dashes, StringComparison.Ordinal);
        }

        return svg;
    }

    private static string Width(SetStyle style) => $"stroke-width=\"{Text(style.LineWidth)}\"";

    private static string Text(float value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
