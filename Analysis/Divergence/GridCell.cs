using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;
using FlowSim.Chain;

namespace FlowSim.Analysis.Divergence;

/// <summary>What the runs of a strategy and a case came to at a sensitivity.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Case">The case.</param>
/// <param name="Sensitivity">Chance that a chunk comes out otherwise under another behaviour.</param>
/// <param name="Runs">Runs on record.</param>
/// <param name="Starts">Starts that count.</param>
/// <param name="Exposed">Share of them that ran another behaviour than the specified one.</param>
/// <param name="Manifest">Share that came to another end, counted.</param>
/// <param name="Given">The same by 1 − (1 − s)^k over their exposed chunks: a mean over runs.</param>
/// <param name="Undetected">Share of the manifest ones that nothing found.</param>
/// <param name="Lost">What the network lost, by <see cref="Losses"/>.</param>
public sealed record GridCell(
    string Strategy, GridCase Case, double Sensitivity, int Runs, int Starts, Estimate? Exposed, Estimate? Manifest,
    Estimate? Given, Estimate? Undetected, IReadOnlyList<GridLoss> Lost)
{
    /// <summary>Seconds without what an upgrade may stop.</summary>
    public static readonly IReadOnlyList<MetricDefinition> Losses =
        [DivergenceMetrics.ExecutionLost, DivergenceMetrics.SealingLost, DivergenceMetrics.FinalityLost];

    /// <summary>Counts the runs of a cell.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="one">The case.</param>
    /// <param name="sensitivity">The sensitivity.</param>
    /// <param name="role">Whose starts count; null for everybody's.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="baseline">The runs of the first case; null for that case itself.</param>
    public static GridCell Of(string strategy, GridCase one, double sensitivity, Role? role,
        IReadOnlyList<Measurement> runs, IReadOnlyList<Measurement>? baseline)
    {
        List<(int, int)> exposed = [];
        List<(int, int)> manifest = [];
        List<(int, int)> undetected = [];
        List<double> given = [];
        int all = 0;
        foreach (Measurement run in runs)
        {
            (int starts, int wrong, int shown, int missed, double chance) = (0, 0, 0, 0, 0);
            foreach (ProcessStart start in run.Starts)
            {
                if (!Counts(start, one, role)) continue;
                starts++;
                wrong += start.IsExposed ? 1 : 0;
                shown += start.IsManifest ? 1 : 0;
                missed += start.IsUndetected ? 1 : 0;
                chance += start.ManifestChance;
            }

            exposed.Add((wrong, starts));
            manifest.Add((shown, starts));
            undetected.Add((missed, shown));
            if (starts > 0) given.Add(chance / starts);
            all += starts;
        }

        return new GridCell(strategy, one, sensitivity, runs.Count, all, ClusteredProportion.Of(exposed),
            ClusteredProportion.Of(manifest), Estimate.OfMean(given, "share"), ClusteredProportion.Of(undetected),
            [.. LossesOf(runs, baseline)]);
    }

    private static bool Counts(ProcessStart start, GridCase one, Role? role) =>
        (role is null || start.Role == role)
        && (one.Class is { } of ? start.Class == of : start.Class != RejoinClass.First);

    private static IEnumerable<GridLoss> LossesOf(
        IReadOnlyList<Measurement> runs, IReadOnlyList<Measurement>? baseline)
    {
        if (runs.Count == 0) yield break;
        var set = new SetOfRuns("", runs);
        foreach (MetricDefinition metric in Losses)
        {
            PairedDifference? more = baseline is null ? null : PairedDifference.Of(
                set.Pairs(new SetOfRuns("", baseline), metric.Name), metric.Unit);
            yield return new GridLoss(metric, Estimate.OfMean(set.Values(metric.Name), metric.Unit), more);
        }
    }
}

/// <summary>What a network lost of one thing.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Mean">Over runs.</param>
/// <param name="More">Beyond the first case of the same strategy, paired by seed; null for that case.</param>
public sealed record GridLoss(MetricDefinition Metric, Estimate? Mean, PairedDifference? More);
