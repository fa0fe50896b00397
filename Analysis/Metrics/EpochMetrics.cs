using System.Collections.Generic;
using static FlowSim.Analysis.Metrics.Criterion;
using static FlowSim.Analysis.Metrics.MetricDefinition;

namespace FlowSim.Analysis.Metrics;

/// <summary>The figures of epochs that come out of the chain.</summary>
public static class EpochMetrics
{
    public static readonly MetricDefinition Switchovers = Occasional("epoch-switchovers", "epochs",
        "changes to a next epoch that became final", 2, "consensus_compliance_current_epoch_counter");

    public static readonly MetricDefinition ViewsWithoutLeader = Occasional("views-without-leader", "views",
        "views for which a consensus node knew no leader, as no epoch for them was committed", 2);

    public static readonly MetricDefinition FallbackTime = Occasional("fallback-time", "s",
        "time from the final block that begins epoch fallback mode to the one that ends it, or to the run's end", 1,
        "consensus_compliance_epoch_fallback_triggered", isHeadline: true);

    public static readonly MetricDefinition Extensions = Occasional("epoch-extensions", "extensions",
        "extensions of an epoch that became final", 2);

    public static readonly MetricDefinition DkgSuccess = Occasional("dkg-success", "share",
        "epochs set up by the contracts that were committed with a key of their own, of those whose key generation "
        + "should be over", 3, isHeadline: true);

    public static readonly MetricDefinition DkgShares = Occasional("dkg-shares", "share",
        "participants that held a share of an epoch's key when the epoch was committed, over all key generations that "
        + "made one", 3);

    public static readonly MetricDefinition JoinerMargin = Occasional("joiner-margin", "s",
        "time from a joining node's catching up, within ten heights of the newest final one, to the start of its first "
        + "epoch; the least over those that joined; negative when the epoch came first", 1);

    public static readonly MetricDefinition LateJoiners = Occasional("joiners-late", "nodes",
        "nodes whose first epoch began before they had caught up", 2);

    public static readonly MetricDefinition StateMismatches = Occasional("state-mismatches", "blocks",
        "times that a node came to another protocol state than a block commits to", 2);

    public static readonly MetricDefinition EjectedHeard = Occasional("ejected-heard", "s",
        "time from the contracts' first word of a consensus node's ejection to its last block that became final; the "
        + "longest over those ejected", 1);

    /// <summary>All of them, in the order of reports.</summary>
    public static readonly IReadOnlyList<MetricDefinition> All =
    [
        Switchovers, ViewsWithoutLeader, FallbackTime, Extensions, DkgSuccess, DkgShares, JoinerMargin, LateJoiners,
        StateMismatches, EjectedHeard,
    ];

    /// <summary>By which criterion sets are judged; null for a metric that is not one of these.</summary>
    public static Criterion? CriterionOf(MetricDefinition metric)
    {
        if (metric == Switchovers) return Absolute(Good.Higher, 0.5, "any epoch counts");
        if (metric == FallbackTime) return Absolute(Good.Lower, 10, "some ten views");
        if (metric == DkgSuccess || metric == DkgShares) return Absolute(Good.Higher, 0.01, "one in a hundred");
        if (metric == EjectedHeard) return Absolute(Good.Lower, 10, "some ten views");
        if (metric == JoinerMargin) return Absolute(Good.Higher, 10, "some ten views");
        foreach (MetricDefinition one in All)
        {
            if (one == metric) return Absolute(Good.Lower, 0.5, "any counts");
        }

        return null;
    }
}
