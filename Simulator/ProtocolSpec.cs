using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Kernel;
using FlowSim.ProtocolState;

namespace FlowSim;

/// <summary>When an ejected node stops being heard.</summary>
public enum EjectionRule : byte
{
    /// <summary>From the block on that seals the event: the dynamic protocol state.</summary>
    AtSeal,

    /// <summary>At the next switchover, as before there was a dynamic state.</summary>
    AtSwitchover,
}

/// <summary>Everything that decides protocol state and epochs of a run whose blocks commit to them.</summary>
/// <remarks>Such a run needs a pipeline: without execution and sealing no epoch is prepared.</remarks>
public sealed record ProtocolSpec
{
    /// <summary>Views of an epoch until the next one is set up: on chain; mainnet 720,000 of 756,000 since 2024-09-04
    /// (onflow/service-account, transactions/adjust-epoch-length/2024/sep-4).</summary>
    public required ulong StakingViews { get; init; }

    /// <summary>Views in each of the three phases of the key generation: on chain; mainnet 3,000, some 40 minutes (as
    /// above).</summary>
    public required ulong DkgPhaseViews { get; init; }

    /// <summary>Views before an epoch's end by which the next one must be committed
    /// (state/protocol/defaults.go: mainnet 1,000, local networks 100).</summary>
    public ulong SafetyThreshold { get; init; } = 1_000;

    /// <summary>Views by which fallback mode extends an epoch (state/protocol/defaults.go: mainnet 100,000, local
    /// networks 600).</summary>
    public ulong ExtensionViews { get; init; } = 100_000;

    /// <summary>Blocks before a version boundary in which it cannot change (fvm/bootstrap.go).</summary>
    public ulong FreezePeriod { get; init; } = 1_000;

    /// <summary>How the random beacon's keys are made.</summary>
    public DkgSpec Dkg { get; init; } = DkgSpec.FlowGo;

    /// <summary>How collection nodes vote for the roots of their next clusters.</summary>
    public RootVoteSpec RootVotes { get; init; } = RootVoteSpec.FlowGo;

    /// <summary>Version of the protocol state that the chain starts with.</summary>
    public ulong Version { get; init; } = KeyValueSnapshot.DefaultVersion;

    /// <summary>What the nodes' software can handle.</summary>
    public VersionSupport Support { get; init; } = VersionSupport.FlowGo;

    public EjectionRule Ejection { get; init; } = EjectionRule.AtSeal;

    public JoinSpec Joining { get; init; } = JoinSpec.FlowGo;

    /// <summary>What governance asks of the system contracts, and when.</summary>
    public IReadOnlyList<GovernanceAct> Governance { get; init; } = [];
}

/// <summary>A transaction of the service account.</summary>
/// <param name="At">When an access node gets it.</param>
/// <param name="Call">What it asks.</param>
public sealed record GovernanceAct(SimTime At, ContractCall Call);
