using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>
/// Differences to the baseline with their 95 % intervals, in units of each metric's margin: between −1 and 1 nothing
/// that matters. Verdicts stand beside, so that no colour needs to be told apart.
/// </summary>
/// <param name="Judged">The study.</param>
/// <param name="Shown">The metrics drawn, from the top; those without a margin are left out.</param>
public sealed record ForestFigure(JudgedStudy Judged, IReadOnlyList<JudgedMetric> Shown) : Picture
{
    private const double Reach = 6;
    private const float TextSize = 22;
    private static readonly Color Band = new(225, 225, 225);

    /// <summary>The figure of some metrics.</summary>
    public static ForestFigure Of(JudgedStudy judged, Predicate<MetricDefinition> isShown)
    {
        List<JudgedMetric> shown = [];
        foreach (JudgedMetric metric in judged.Metrics)
        {
            if (isShown(metric.Metric) && metric.Margin > 0) shown.Add(metric);
        }

        return new ForestFigure(judged, shown);
    }

    public override int Height => Math.Max(700, 320 + 26 * Shown.Count * (Others + 1));

    private int Others => Judged.Study.Sets.Count - 1;

    private double RowHeight => Others + 1;

    protected override Plot Draw(bool isSvg)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        double bottom = -RowHeight * Shown.Count;
        Rectangle band = plot.Add.Rectangle(-1, 1, bottom, 0.5);
        band.FillColor = Band;
        band.LineWidth = 0;
        plot.Add.VerticalLine(0, 2, Colors.Gray);
        var ticks = new NumericManual();
        for (int row = 0; row < Shown.Count; row++)
        {
            double top = -RowHeight * row;
            ticks.AddMajor(top - Others / 2.0, Label(Shown[row]));
            for (int set = 0; set < Others; set++) DrawDifference(plot, Shown[row], set, top - set - 0.5);
        }

        FigureFrame.Apply(plot, Judged.Study.Scenario, Subtitle(), "difference / margin (grey: within the margin)", "");
        AddLegend(plot);
        plot.Axes.Left.TickGenerator = ticks;
        plot.HideGrid();
        plot.Axes.SetLimits(-Reach * 1.02, Reach * 1.8, bottom, 0.5);
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [-6, -4, -2, -1, 0, 1, 2, 4, 6], ["≤−6", "−4", "−2", "−1", "0", "1", "2", "4", "≥6"]);
        return plot;
    }

    private static string Label(JudgedMetric metric)
    {
        string format = metric.Margin >= 100 ? "0" : metric.Margin >= 1 ? "0.##" : "0.####";
        string? margin = metric.Margin?.ToString(format, CultureInfo.InvariantCulture);
        return $"{metric.Metric.Name} (±{margin} {metric.Metric.Unit})";
    }

    private string Subtitle() => string.Create(CultureInfo.InvariantCulture,
        $"less {Judged.Study.Sets[0]}, paired by seed, 95 % intervals over {Judged.Study.Seeds} seeds");

    private static void DrawDifference(Plot plot, JudgedMetric metric, int set, double y)
    {
        Judged judged = metric.Others[set];
        SetStyle style = SetStyle.Of(set + 1);
        if (judged.Sample is { } sample)
        {
            double scale = metric.Margin!.Value;
            double middle = Clipped(sample.Mean / scale);
            double half = sample.HasError ? sample.HalfWidth(Estimate.Confidence) : 0;
            double low = Clipped((sample.Mean - half) / scale);
            double high = Clipped((sample.Mean + half) / scale);
            LinePlot interval = plot.Add.Line(low, y, high, y);
            interval.LineColor = style.Color;
            interval.LineWidth = style.LineWidth;
            Marker mark = plot.Add.Marker(middle, y, style.Marker, 16, style.Color);
            mark.MarkerLineWidth = 3;
        }

        Text verdict = plot.Add.Text(VerdictText(judged), Reach * 1.06, y);
        verdict.LabelFontSize = TextSize;
        verdict.LabelFontName = EmbeddedFont.Family;
        verdict.LabelAlignment = Alignment.MiddleLeft;
    }

    private static string VerdictText(Judged judged) => judged.SeedsNeeded is { } all
        ? string.Create(CultureInfo.InvariantCulture, $"undecided, +{all - judged.Sample!.N} seeds")
        : CompareTable.Name(judged.Claim);

    private static double Clipped(double value) => Math.Clamp(value, -Reach, Reach);

    private void AddLegend(Plot plot)
    {
        for (int set = 0; set < Others; set++)
        {
            SetStyle style = SetStyle.Of(set + 1);
            plot.Legend.ManualItems.Add(new LegendItem
            {
                LabelText = Judged.Study.Sets[set + 1],
                LineColor = style.Color,
                LineWidth = style.LineWidth,
                MarkerStyle = new MarkerStyle(style.Marker, 16, style.Color)
                {
                    LineWidth = 3,
                    LineColor = style.Color,
                },
            });
        }

        FigureFrame.AddLegend(plot);
    }
}
