using System;
using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis.Divergence;

/// <summary>How often which class of starts goes wrong, set by set: strategies against rejoin classes.</summary>
public static class RatesTable
{
    private static readonly string[] Header =
        ["set", "class", "starts", "exposed", "manifest", "manifest given exposure", "never detected"];

    /// <summary>The table of a scenario's runs; null when no run recorded any start.</summary>
    public static SummaryTable? Of(IReadOnlyList<Measurement> runs)
    {
        List<IReadOnlyList<string>> rows = [];
        foreach (SetOfRuns set in SetOfRuns.Group(runs))
        {
            foreach (RejoinClass one in Enum.GetValues<RejoinClass>())
            {
                if (RowOf(set, one) is { } row) rows.Add(row);
            }
        }

        if (rows.Count == 0) return null;
        return new SummaryTable($"{runs[0].Key.Scenario}: divergence by class of start", Header, rows,
        [
            "starts: their number, and the runs that have any. Class first lists only first starts that were exposed, "
                + "so its shares are of those",
            "share [95 % interval]; the run is the unit: the interval is clustered by run (Wilson's where no run has "
                + "two starts, Clopper and Pearson's over runs at 0 and 1)",
            "manifest given exposure: the mean over starts of 1 − (1 − s)^k for k exposed chunks of sensitivity s ± "
                + "half of its 95 % interval, clustered by run. It is exact where outcomes do not change k; a node "
                + "that ends over being wrong has a smaller k",
            "never detected: of the starts that came to something wrong, those that nothing found until the run's end",
        ]);
    }

    private static List<string>? RowOf(SetOfRuns set, RejoinClass of)
    {
        List<(int, int)> exposed = [];
        List<(int, int)> manifest = [];
        List<(int, int)> undetected = [];
        List<(double, int)> expected = [];
        (int starts, int withStarts) = (0, 0);
        foreach (Measurement run in set.Runs)
        {
            var counts = StartCounts.Of(run.Starts, start => start.Class == of);
            exposed.Add((counts.Exposed, counts.Starts));
            manifest.Add((counts.Manifest, counts.Starts));
            undetected.Add((counts.Undetected, counts.Manifest));
            starts += counts.Starts;
            withStarts += counts.Starts > 0 ? 1 : 0;
            expected.Add((counts.Expected, counts.Starts));
        }

        if (starts == 0) return null;
        return
        [
            set.Name, ClassMetrics.NameOf(of), FormattableString.Invariant($"{starts} in {withStarts} runs"),
            TextOf(ClusteredProportion.Of(exposed)), TextOf(ClusteredProportion.Of(manifest)),
            ClusteredProportion.OfChances(expected)!.ToShortText(4), TextOf(ClusteredProportion.Of(undetected)),
        ];
    }

    private static string TextOf(Estimate? share) => share is null ? "-"
        : share.HasInterval
            ? FormattableString.Invariant($"{share.Value:F3} [{share.Low:F3}, {share.High:F3}] (n={share.N})")
            : FormattableString.Invariant($"{share.Value:F3} (n={share.N}, no interval)");
}
