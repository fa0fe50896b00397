using System.Collections.Generic;

namespace FlowSim.Analysis.Divergence;

/// <summary>All outcomes that are counted, in the order of reports: another one is a file and a line.</summary>
public static class OutcomeCatalogue
{
    public static readonly IReadOnlyList<OutcomeKind> All =
    [
        VersionExposure.Kind, LoneExecutionFork.Kind, SplitExecutionFork.Kind, CatchUpFork.Kind,
        AllExecutorsWrong.Kind, ConsistentButWrong.Kind, MissingApproval.Kind, WrongApproval.Kind,
        ProposalsRefused.Kind, ReplicaLeftBehind.Kind, FollowerStopped.Kind, OutdatedStop.Kind,
        ConsensusQuorumLoss.Kind, ClusterQuorumLoss.Kind, ExecutionStall.Kind, SealingHaltToFallback.Kind,
        LateUpgrade.Kind, IgnorantJoiner.Kind,
    ];
}
