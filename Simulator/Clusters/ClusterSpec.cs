using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Clusters;

/// <summary>How collection nodes form clusters and make collections.</summary>
public sealed record ClusterSpec
{
    /// <summary>flow-go's defaults (cmd/collection/main.go, cmd/bootstrap).</summary>
    public static readonly ClusterSpec FlowGo = new();

    /// <summary>Clusters per epoch (bootstrap flag collection-clusters).</summary>
    public int Count { get; init; } = 2;

    /// <summary>Pacing of a cluster (cmd/collection/main.go: hotstuff-min-timeout).</summary>
    public PacemakerConfig Pacemaker { get; init; } =
        PacemakerConfig.ConsensusDefault with { MinTimeout = SimDuration.FromMilliseconds(1000) };

    /// <summary>Fixed delay from entering a view to publishing (cmd/collection/main.go: hotstuff-proposal-duration).
    /// </summary>
    public SimDuration ProposalDelay { get; init; } = SimDuration.FromMilliseconds(250);
}
