using System.Collections.Generic;
using System.Globalization;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>The figures of a scenario.</summary>
public static class Figures
{
    private const double TopShare = 0.995;
    private const double ShareStep = 0.005;

    /// <summary>How long views took over the course of the run.</summary>
    public static Figure ViewDuration(IReadOnlyList<Measurement> runs)
    {
        SetOfRuns[] sets = SetOfRuns.Group(runs);
        return new Figure(
            runs[0].Key.Scenario, $"view duration, {PointText(sets)}{MeanText(sets)}",
            "view since the start of the run", "view duration (s)",
            BinnedCurves.Of(sets, "s", row => row.DurationSeconds));
    }

    /// <summary>How far from schedule the controllers believed the network to be.</summary>
    public static Figure ControllerError(IReadOnlyList<Measurement> runs)
    {
        SetOfRuns[] sets = SetOfRuns.Group(runs);
        return new Figure(
            runs[0].Key.Scenario, $"controller error, {PointText(sets)}{MeanText(sets)}",
            "view since the start of the run", "controller error e (s), late is positive",
            BinnedCurves.Of(sets, "s", row => row.ErrorSeconds))
        {
            Reference = 0,
        };
    }

    /// <summary>
    /// The distribution of the time from publication to finality, all seeds of a set together.
    /// </summary>
    public static Figure Finality(IReadOnlyList<Measurement> runs)
    {
        SetOfRuns[] sets = SetOfRuns.Group(runs);
        var curves = new Curve[sets.Length];
        for (int i = 0; i < sets.Length; i++) curves[i] = new Curve(sets[i].Name, Cumulated(sets[i]));

        return new Figure(
            runs[0].Key.Scenario, $"consensus finality over blocks and nodes, {SeedsText(sets)} together",
            "publication to finality (s)", "share of (block, node) pairs", curves);
    }

    private static List<CurvePoint> Cumulated(SetOfRuns set)
    {
        var all = new DurationHistogram();
        foreach (Measurement run in set.Runs) all.Add(run.Finality);
        var points = new List<CurvePoint>();
        for (int step = 0; step * ShareStep <= TopShare; step++)
        {
            if (all.Quantile(step * ShareStep) is not { } seconds) break;
            points.Add(new CurvePoint(seconds, step * ShareStep, double.NaN, double.NaN));
        }

        return points;
    }

    /// <remarks>A view of 100 s among twenty others is a peak of 5 s.</remarks>
    private static string PointText(SetOfRuns[] sets)
    {
        ulong views = BinnedCurves.ViewsPerPoint(sets);
        return views == 1 ? "" : $"{views.ToString(CultureInfo.InvariantCulture)} views a point, ";
    }

    private static string MeanText(SetOfRuns[] sets) =>
        MostSeeds(sets) == 1 ? "1 seed, no interval" : $"mean and 95 % interval over {SeedsText(sets)}";

    private static string SeedsText(SetOfRuns[] sets)
    {
        int fewest = int.MaxValue;
        foreach (SetOfRuns set in sets) fewest = int.Min(fewest, set.Runs.Count);
        int most = MostSeeds(sets);
        string range = fewest == most ? "" : fewest.ToString(CultureInfo.InvariantCulture) + "–";
        return $"{range}{most.ToString(CultureInfo.InvariantCulture)} seed{(most == 1 ? "" : "s")}";
    }

    private static int MostSeeds(SetOfRuns[] sets)
    {
        int most = 0;
        foreach (SetOfRuns set in sets) most = int.Max(most, set.Runs.Count);
        return most;
    }
}
