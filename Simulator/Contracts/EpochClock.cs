using FlowSim.Chain;

namespace FlowSim.Contracts;

/// <summary>How far the contracts have prepared the next epoch (FlowEpoch.cdc, EpochPhase).</summary>
public enum ContractPhase : byte
{
    /// <summary>The staking auction runs.</summary>
    Staking,

    /// <summary>The next epoch is set up; votes and keys are awaited, for as long as it takes.</summary>
    Setup,

    /// <summary>The next epoch is committed.</summary>
    Committed,
}

/// <summary>The contracts' own idea of the epoch: it changes when blocks are executed (FlowEpoch.cdc).</summary>
/// <remarks>It knows nothing of fallback mode: what it says then nodes do not listen to.</remarks>
/// <param name="Phase">How far the next epoch is.</param>
/// <param name="Current">The current epoch.</param>
/// <param name="Next">The next one; null before it is set up.</param>
public sealed record EpochClock(ContractPhase Phase, ServiceEvent.EpochSetup Current, ServiceEvent.EpochSetup? Next)
{
    /// <summary>The staking auction of an epoch begins.</summary>
    public static EpochClock In(ServiceEvent.EpochSetup epoch) => new(ContractPhase.Staking, epoch, null);

    /// <summary>The next epoch is set up.</summary>
    public EpochClock SetUp(ServiceEvent.EpochSetup next) => new(ContractPhase.Setup, Current, next);
}
