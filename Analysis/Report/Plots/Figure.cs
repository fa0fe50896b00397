using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.Plottables;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>A line figure with a curve per set, drawn for a projector and for print without colour.</summary>
/// <param name="Title">The scenario.</param>
/// <param name="Subtitle">What is drawn, over how many seeds.</param>
/// <param name="XLabel">Horizontal axis with its unit.</param>
/// <param name="YLabel">Vertical axis with its unit.</param>
/// <param name="Curves">The curves, in the order of the legend.</param>
public sealed record Figure(
    string Title, string Subtitle, string XLabel, string YLabel, IReadOnlyList<Curve> Curves) : Picture
{
    private const int MarkersPerCurve = 8;
    private const float MarkerSize = 16;
    private const float MarkerLineWidth = 3;

    /// <summary>A level to hold the curves against, if there is one.</summary>
    public double? Reference { get; init; }

    protected override string Mended(string svg) => SvgDashes.Restore(svg, Curves.Count);

    protected override Plot Draw(bool isSvg) => Draw(isSvg ? SvgDashes.StyleOf : SetStyle.Of);

    private Plot Draw(Func<int, SetStyle> styleOf)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        if (Reference is { } level) DrawReference(plot, level);
        for (int i = 0; i < Curves.Count; i++) DrawBand(plot, Curves[i], styleOf(i));
        for (int i = 0; i < Curves.Count; i++) DrawCurve(plot, Curves[i], i, styleOf(i));
        bool isEmpty = Curves.All(curve => curve.Points.Count == 0);
        FigureFrame.Apply(plot, Title, isEmpty ? $"{Subtitle}: nothing measured" : Subtitle, XLabel, YLabel);
        if (isEmpty) plot.Axes.SetLimits(0, 1, 0, 1);
        FigureFrame.AddLegend(plot);
        return plot;
    }

    private static void DrawReference(Plot plot, double level)
    {
        HorizontalLine line = plot.Add.HorizontalLine(level, 2, Colors.Gray);
        line.EnableAutoscale = true;
    }

    private static void DrawBand(Plot plot, Curve curve, SetStyle style)
    {
        var xs = new List<double>();
        var lows = new List<double>();
        var highs = new List<double>();
        foreach (CurvePoint point in curve.Points)
        {
            if (!double.IsFinite(point.Low) || !double.IsFinite(point.High)) continue;
            xs.Add(point.X);
            lows.Add(point.Low);
            highs.Add(point.High);
        }

        if (xs.Count < 2) return;
        FillY band = plot.Add.FillY(xs.ToArray(), lows.ToArray(), highs.ToArray());
        band.FillColor = style.Color.WithAlpha(0.15);
        band.LineWidth = 0;
        band.MarkerSize = 0;
    }

    private void DrawCurve(Plot plot, Curve curve, int index, SetStyle style)
    {
        if (curve.Points.Count > 0)
        {
            Scatter line = plot.Add.Scatter(Of(curve, 1, 0, p => p.X), Of(curve, 1, 0, p => p.Y));
            line.Color = style.Color;
            line.LineWidth = style.LineWidth;
            line.LinePattern = style.Pattern;
            line.MarkerSize = 0;
            DrawMarkers(plot, curve, index, style);
        }

        plot.Legend.ManualItems.Add(new LegendItem
        {
            LabelText = curve.Set,
            LineColor = style.Color,
            LineWidth = style.LineWidth,
            LinePattern = style.Pattern,
            MarkerStyle = new MarkerStyle(style.Marker, MarkerSize, style.Color)
            {
                LineWidth = MarkerLineWidth,
                LineColor = style.Color,
            },
        });
    }

    /// <summary>A few markers per curve, shifted from set to set so that equal curves show both.</summary>
    private void DrawMarkers(Plot plot, Curve curve, int index, SetStyle style)
    {
        int step = Math.Max(1, curve.Points.Count / MarkersPerCurve);
        int first = step * (2 * index + 1) / (2 * Curves.Count) % step;
        Scatter marks = plot.Add.Scatter(Of(curve, step, first, p => p.X), Of(curve, step, first, p => p.Y));
        marks.LineWidth = 0;
        marks.Color = style.Color;
        marks.MarkerShape = style.Marker;
        marks.MarkerSize = MarkerSize;
        marks.MarkerLineWidth = MarkerLineWidth;
    }

    private static double[] Of(Curve curve, int step, int first, Func<CurvePoint, double> coordinate)
    {
        var values = new List<double>();
        for (int i = first; i < curve.Points.Count; i += step) values.Add(coordinate(curve.Points[i]));
        return values.ToArray();
    }
}
