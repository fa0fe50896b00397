namespace FlowSim.Contracts;

/// <summary>What the system contracts of a chain are configured with.</summary>
public sealed record ContractsSpec
{
    /// <summary>Views of every epoch but the first (FlowEpoch.cdc, numViewsInEpoch).</summary>
    public required ulong Views { get; init; }

    /// <summary>Views of its staking auction, at the end of which the next epoch is set up
    /// (numViewsInStakingAuction).</summary>
    public required ulong StakingViews { get; init; }

    /// <summary>Views of each of the three phases of its key generation (numViewsInDKGPhase).</summary>
    public required ulong DkgPhaseViews { get; init; }

    /// <summary>Planned length of every epoch but the first, whole seconds (FlowEpoch.cdc, EpochTimingConfig).
    /// </summary>
    public required ulong TargetDurationSeconds { get; init; }

    /// <summary>Share of the participants that must come to one key, per cent, if that is more than the native
    /// threshold; 0 is the native one only (FlowDKG.cdc, setSafeSuccessThreshold).</summary>
    public int DkgSafePercent { get; init; }

    /// <summary>Blocks before a version boundary in which it cannot change (NodeVersionBeacon.cdc).</summary>
    public ulong FreezePeriod { get; init; } = 1_000;
}
