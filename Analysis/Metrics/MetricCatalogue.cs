using System;
using System.Collections.Generic;
using FlowSim.Analysis.Divergence;

namespace FlowSim.Analysis.Metrics;

/// <summary>Every figure a run can be measured by, in the order of reports.</summary>
/// <remarks>
/// Names of counterparts are those of flow-go's module/metrics at dd885b28462c, so that a figure can be held
/// beside a live dashboard. "Counted" views are those after the warm-up; nodes are consensus nodes that take
/// part.
/// </remarks>
public static class MetricCatalogue
{
    public static readonly MetricDefinition MeanViewTime = new("mean-view-time", "s",
        "time from a node's first to its last entry into a counted view per view between them, skipped views "
        + "included, over all nodes; the unfinished last view is left out",
        "consensus_hotstuff_cur_view", 4) { IsHeadline = true };

    public static readonly MetricDefinition ViewTimeP50 = new("view-time-p50", "s",
        "median over (view, node) of the time a node spent in a view it entered", null, 4);

    public static readonly MetricDefinition ViewTimeP99 = new("view-time-p99", "s",
        "99th percentile over (view, node) of the time a node spent in a view it entered", null, 4)
    { IsHeadline = true };

    public static readonly MetricDefinition BlockRate = new("block-rate", "1/s",
        "finalized blocks per second, median over nodes; a last wait longer than any other counts as a stall",
        "consensus_compliance_finalized_blocks_per_second", 4) { IsHeadline = true };

    public static readonly MetricDefinition LostViews = new("lost-views", "per 1000",
        "counted views without a finalized block, up to the newest finalized view", null, 2) { IsHeadline = true };

    public static readonly MetricDefinition UndecidedViews = new("undecided-views", "views",
        "views from the newest finalized one to the newest one entered at the end: two or three while all is well, and "
        + "fewer where nodes cannot even leave their view, which longest-finality-gap tells", null, 1);

    public static readonly MetricDefinition LongestFinalityGap = new("longest-finality-gap", "s",
        "longest time without a newly finalized block anywhere, the end of the run included", null, 3);

    public static readonly MetricDefinition FinalityP50 = new("finality-p50", "s",
        "median over (block, node) from a block's publication to its finality at a node; orphans and blocks "
        + "still open at the end are left out", null, 4) { IsHeadline = true };

    public static readonly MetricDefinition FinalityP99 = new("finality-p99", "s",
        "99th percentile over (block, node) from a block's publication to its finality at a node, which may have been "
        + "down meanwhile; none beyond 120 s", null, 4)
    { IsHeadline = true };

    public static readonly MetricDefinition FirstFinality = new("first-finality", "s",
        "mean over finalized blocks from publication to finality at the first node: with nothing to build, the "
        + "consensus latency of Jolteon's testbed", null, 4);

    public static readonly MetricDefinition FirstFinalityP50 = new("first-finality-p50", "s",
        "median over finalized blocks from publication to finality at the first node", null, 4);

    public static readonly MetricDefinition FirstFinalityP99 = new("first-finality-p99", "s",
        "99th percentile over finalized blocks from publication to finality at the first node", null, 4);

    public static readonly MetricDefinition PublicationDelay = new("publication-delay", "s",
        "mean time a ready proposal waits for its publication: the controller's headroom",
        "consensus_cruisectl_proposal_publication_delay_s", 4) { IsHeadline = true };

    public static readonly MetricDefinition PublicationDelayP50 = new("publication-delay-p50", "s",
        "median time a ready proposal waits for its publication",
        "consensus_cruisectl_proposal_publication_delay_s", 4);

    public static readonly MetricDefinition PublicationDelayP1 = new("publication-delay-p1", "s",
        "1st percentile of the time a ready proposal waits for its publication",
        "consensus_cruisectl_proposal_publication_delay_s", 4) { IsHeadline = true };

    public static readonly MetricDefinition Undelayed = new("undelayed-proposals", "share",
        "proposals published the moment they were ready: no headroom left", null, 4);

    public static readonly MetricDefinition ProtocolRuntime = new("protocol-runtime", "s",
        "mean view time less mean publication delay (cruisectl/README.md)", null, 4) { IsHeadline = true };

    public static readonly MetricDefinition EpochEndError = new("epoch-end-error", "s",
        "time a node incorporated the first block after an epoch less the epoch's target end, mean over "
        + "its members and completed epochs; positive is late", null, 3) { IsHeadline = true };

    public static readonly MetricDefinition WorstEpochEndError = new("worst-epoch-end-error", "s",
        "the same for the completed epoch that missed its target end by most", null, 3) { HasQuantiles = true };

    public static readonly MetricDefinition ControllerErrorIntegral = new("controller-iae", "s*s",
        "sum over counted observed views of |mean e| times the time to the next observation, per completed epoch that "
        + "has any; of e, here and below, nodes three views and more behind the newest observed one are left out: they "
        + "catch up", null, 2) { IsHeadline = true };

    public static readonly MetricDefinition ControllerErrorMax = new("controller-error-max", "s",
        "largest mean-over-nodes error e of a counted view: furthest behind schedule", null, 3);

    public static readonly MetricDefinition ControllerErrorMin = new("controller-error-min", "s",
        "smallest mean-over-nodes error e of a counted view: furthest ahead if negative", null, 3);

    public static readonly MetricDefinition ControllerErrorSpread = new("controller-error-spread", "s",
        "mean over counted views of the largest less the smallest error e among nodes", null, 4);

    public static readonly MetricDefinition RecoveryTime = new("recovery-time", "s",
        "from the end of the last fault that ends to the first observed view from which on |mean e| stays within 1 s "
        + "to the end of the run, for 50 views or more; only runs that recovered, so read it with unrecovered",
        null, 2) { IsHeadline = true, IsOccasional = true };

    public static readonly MetricDefinition Unrecovered = new("unrecovered", "share",
        "1 if a run in which a fault ended had not recovered when it ended itself: its recovery time is censored",
        null, 2) { IsHeadline = true, IsOccasional = true };

    public static readonly MetricDefinition TargetViewDuration = new("target-view-duration", "s",
        "mean over the controllers' observations in counted views of the target view duration within the limits; "
        + "nodes that catch up are left out",
        "consensus_cruisectl_target_proposal_dur_s", 4) { IsHeadline = true };

    public static readonly MetricDefinition AtMaxViewDuration = new("at-max-view-duration", "share",
        "controller observations whose target view duration is the upper limit; nodes that catch up are left out",
        null, 4) { IsHeadline = true };

    public static readonly MetricDefinition AtMinViewDuration = new("at-min-view-duration", "share",
        "controller observations whose target view duration is the lower limit; nodes that catch up are left out",
        null, 4);

    public static readonly MetricDefinition LocalTimeouts = new("local-timeouts", "per 1000",
        "first timeout objects a node sent per 1000 counted views it entered", null, 2) { IsHeadline = true };

    public static readonly MetricDefinition ViewsLeftByTc = new("views-left-by-tc", "per 1000",
        "counted views a node left through a TC per 1000 it left, over all nodes",
        "consensus_hotstuff_timeouts_total", 2) { IsHeadline = true };

    /// <summary>All of them, in the order of reports.</summary>
    public static readonly IReadOnlyList<MetricDefinition> All =
    [
        MeanViewTime, ViewTimeP50, ViewTimeP99, BlockRate, LostViews, UndecidedViews, LongestFinalityGap,
        FinalityP50, FinalityP99, FirstFinality, FirstFinalityP50, FirstFinalityP99, PublicationDelay,
        PublicationDelayP50, PublicationDelayP1, Undelayed, ProtocolRuntime, EpochEndError, WorstEpochEndError,
        ControllerErrorIntegral, ControllerErrorMax,
        ControllerErrorMin, ControllerErrorSpread, RecoveryTime, Unrecovered, TargetViewDuration, AtMaxViewDuration,
        AtMinViewDuration,
        LocalTimeouts, ViewsLeftByTc, .. PipelineMetrics.All, .. EpochMetrics.All, ExecutionPauses.Pause,
        .. DivergenceMetrics.All,
    ];

    /// <summary>A metric by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static MetricDefinition Named(string name)
    {
        foreach (MetricDefinition metric in All)
        {
            if (string.Equals(metric.Name, name, StringComparison.Ordinal)) return metric;
        }

        throw new KeyNotFoundException(name);
    }
}
