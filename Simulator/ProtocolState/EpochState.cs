using FlowSim.Kernel;

namespace FlowSim.ProtocolState;

/// <summary>How far the next epoch is prepared (model/flow/epoch.go).</summary>
public enum EpochPhase : byte
{
    /// <summary>It is not set up.</summary>
    Staking,

    /// <summary>It is set up, its members make keys and certificates.</summary>
    Setup,

    /// <summary>It is sure to come.</summary>
    Committed,

    /// <summary>It failed to be prepared; the current epoch goes on until governance makes one up.</summary>
    Fallback,
}

/// <summary>The epochs as of a block, on its fork (model/flow/protocol_state.go).</summary>
/// <param name="Previous">The epoch before; none in a chain's first.</param>
/// <param name="Current">The epoch of the block.</param>
/// <param name="Next">The epoch to come; none before it is set up.</param>
/// <param name="IsFallback">Whether epoch fallback mode is on; it survives the change to a committed next epoch.
/// </param>
public sealed record EpochState(EpochEntry? Previous, EpochEntry Current, EpochEntry? Next, bool IsFallback)
{
    public EpochPhase Phase =>
        Next?.Commit is not null ? EpochPhase.Committed
        : IsFallback ? EpochPhase.Fallback
        : Next is null ? EpochPhase.Staking
        : EpochPhase.Setup;

    /// <summary>The key of the content.</summary>
    public ulong Id => Mix64.Then(
        Mix64.Then(Mix64.Then(Mix64.Then(62, Previous?.Id ?? 0), Current.Id), Next?.Id ?? 0), IsFallback ? 1UL : 0);
}
