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
/// <param name="Given">The same predicted from exposure alone: see <see cref="Predicted"/>.</param>
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
    /// <param name="given">What exposure alone predicts.</param>
    public static GridCell Of(string strategy, GridCase one, double sensitivity, Role? role,
        IReadOnlyList<Measurement> runs, IReadOnlyList<Measurement>? baseline, Estimate? given)
    {
        List<(int, int)> exposed = [];
        List<(int, int)> manifest = [];
        List<(int, int)> undetected = [];
        int all = 0;
        foreach (Measurement run in runs)
        {
            var counts = StartCounts.Of(run.Starts, start => Counts(start, one, role));
            exposed.Add((counts.Exposed, counts.Starts));
            manifest.Add((counts.Manifest, counts.Starts));
            undetected.Add((counts.Undetected, counts.Manifest));
            all += counts.Starts;
        }

        return new GridCell(strategy, one, sensitivity, runs.Count, all, ClusteredProportion.Of(exposed),
            ClusteredProportion.Of(manifest), given, ClusteredProportion.Of(undetected),
            [.. LossesOf(runs, baseline)]);
    }

    /// <summary>The share of starts that come to another end, from the chunks that they were exposed on in other runs:
    /// the mean over starts of 1 − (1 − s)^k.</summary>
    /// <remarks>Of use are runs at a sensitivity so low that hardly a node ends over being wrong, which would cut its
    /// exposure short. A chunk on which two behaviours differ from each other counts twice in k.</remarks>
    /// <param name="one">The case.</param>
    /// <param name="role">Whose starts count; null for everybody's.</param>
    /// <param name="exposures">The runs.</param>
    /// <param name="theirs">Their sensitivity.</param>
    /// <param name="sensitivity">The sensitivity that is asked about.</param>
    public static Estimate? Predicted(
        GridCase one, Role? role, IReadOnlyList<Measurement> exposures, double theirs, double sensitivity)
    {
        List<(double, int)> runs = [];
        foreach (Measurement run in exposures)
        {
            (int starts, double chance) = (0, 0);
            foreach (ProcessStart start in run.Starts)
            {
                if (!Counts(start, one, role)) continue;
                starts++;
                chance += Divergence.Sensitivity.Scaled(start.ManifestChance, theirs, sensitivity);
            }

            runs.Add((chance, starts));
        }

        return ClusteredProportion.OfChances(runs);
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
