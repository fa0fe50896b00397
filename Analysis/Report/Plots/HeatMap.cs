using System;
using System.Collections.Generic;
using System.Globalization;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>
/// A map as a grid: the darker a cell, the rarer the outcome, and the numbers stand in the cells for who sees no
/// shades: the share, its 95 % interval, and the median of the metric.
/// </summary>
public sealed record HeatMap(MapStudy Map) : Picture
{
    private const float LargeText = 30;
    private const float SmallText = 20;

    public override int Height => Math.Clamp(300 + 190 * Map.Ys.Count, 700, 2400);

    protected override Plot Draw(bool isSvg)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        for (int i = 0; i < Map.Cells.Count; i++) DrawCell(plot, Map.Cells[i], i % Map.Xs.Count, i / Map.Xs.Count);
        string unit = Map.Outcome.Metric.Unit;
        FigureFrame.Apply(plot, $"{Map.Scenario}: share of runs with {Map.Outcome.Text}",
            $"met of runs, 95 % interval; median of {Map.Outcome.MeasuredText} ({unit})", Map.XName, Map.YName);
        plot.Axes.Bottom.TickGenerator = Ticks(Map.Xs);
        plot.Axes.Left.TickGenerator = Ticks(Map.Ys);
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, Map.Xs.Count - 0.5, -0.5, Map.Ys.Count - 0.5);
        return plot;
    }

    private void DrawCell(Plot plot, MapCell cell, int x, int y)
    {
        Rectangle box = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
        byte shade = cell.Probability is { } share ? (byte)(60 + 195 * share.Value) : (byte)255;
        box.FillColor = new Color(shade, shade, shade);
        box.LineColor = Colors.Black;
        box.LineWidth = 2;
        Color ink = shade < 140 ? Colors.White : Colors.Black;
        string large = cell.Probability is { } known ? $"{MapTable.Percent(known.Value)} %" : "no run";
        AddText(plot, large, x, y + 0.2, LargeText, ink);
        if (cell.Probability is not { } probability) return;
        AddText(plot, FormattableString.Invariant($"{cell.Met}/{cell.Runs}"), x, y, SmallText, ink);
        AddText(plot, MapTable.RangeText(probability), x, y - 0.15, SmallText, ink);
        AddText(plot, MedianText(cell), x, y - 0.3, SmallText, ink);
    }

    private string MedianText(MapCell cell) => cell.Median is { } median
        ? string.Create(CultureInfo.InvariantCulture, $"{median.Value:0.##} {Map.Outcome.Metric.Unit}")
            + (median.N < cell.Runs ? string.Create(CultureInfo.InvariantCulture, $" (n={median.N})") : "")
        : "not measured";

    private static void AddText(Plot plot, string text, double x, double y, float size, Color ink)
    {
        Text label = plot.Add.Text(text, x, y);
        label.LabelFontSize = size;
        label.LabelFontName = EmbeddedFont.Family;
        label.LabelFontColor = ink;
        label.LabelAlignment = Alignment.MiddleCenter;
    }

    private static NumericManual Ticks(IReadOnlyList<string> levels)
    {
        var ticks = new NumericManual();
        for (int i = 0; i < levels.Count; i++) ticks.AddMajor(i, levels[i]);
        return ticks;
    }
}
