using System;
using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>
/// A quantity of the view series over the course of the run, per set: bins of views, mean over seeds.
/// </summary>
/// <remarks>The interval is over seeds: views of one run are not independent of each other.</remarks>
public static class BinnedCurves
{
    private const int MaxBins = 100;

    public static IReadOnlyList<Curve> Of(
        IReadOnlyList<SetOfRuns> sets, string unit, Func<ViewRow, double> quantity)
    {
        (ulong first, ulong last) = Range(sets);
        ulong width = ViewsPerPoint(sets);
        var curves = new Curve[sets.Count];
        for (int i = 0; i < curves.Length; i++)
        {
            curves[i] = new Curve(sets[i].Name, Points(sets[i], first, last, width, unit, quantity));
        }

        return curves;
    }

    /// <summary>How many views a point is the mean of.</summary>
    public static ulong ViewsPerPoint(IReadOnlyList<SetOfRuns> sets)
    {
        (ulong first, ulong last) = Range(sets);
        return (last - first) / MaxBins + 1;
    }

    private static List<CurvePoint> Points(
        SetOfRuns set, ulong first, ulong last, ulong width, string unit, Func<ViewRow, double> quantity)
    {
        int bins = (int)((last - first) / width) + 1;
        var means = new double[set.Runs.Count][];
        for (int run = 0; run < means.Length; run++)
        {
            means[run] = BinMeans(set.Runs[run].Views.Rows, first, width, bins, quantity);
        }

        var points = new List<CurvePoint>();
        for (int bin = 0; bin < bins; bin++)
        {
            var measured = new List<double>();
            foreach (double[] run in means)
            {
                if (!double.IsNaN(run[bin])) measured.Add(run[bin]);
            }

            if (Estimate.OfMean(measured, unit) is not { } mean) continue;
            double centre = (double)((ulong)bin * width) + (width - 1) / 2.0;
            points.Add(new CurvePoint(centre, mean.Value, mean.Low, mean.High));
        }

        return points;
    }

    private static double[] BinMeans(
        IReadOnlyList<ViewRow> rows, ulong first, ulong width, int bins, Func<ViewRow, double> quantity)
    {
        double[] sums = new double[bins];
        int[] counts = new int[bins];
        foreach (ViewRow row in rows)
        {
            double value = quantity(row);
            if (double.IsNaN(value)) continue;
            int bin = (int)((row.View - first) / width);
            sums[bin] += value;
            counts[bin]++;
        }

        for (int bin = 0; bin < bins; bin++)
        {
            sums[bin] = counts[bin] == 0 ? double.NaN : sums[bin] / counts[bin];
        }

        return sums;
    }

    private static (ulong First, ulong Last) Range(IReadOnlyList<SetOfRuns> sets)
    {
        ulong first = ulong.MaxValue;
        ulong last = 0;
        foreach (SetOfRuns set in sets)
        {
            foreach (Measurement run in set.Runs)
            {
                if (run.Views.Rows.Count == 0) continue;
                first = Math.Min(first, run.Views.Rows[0].View);
                last = Math.Max(last, run.Views.Rows[^1].View);
            }
        }

        return first > last ? (0, 0) : (first, last);
    }
}
