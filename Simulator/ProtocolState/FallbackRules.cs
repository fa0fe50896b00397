using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>Epoch fallback mode: the contracts are not listened to, the current epoch goes on until governance makes
/// up the next one (epochs/fallback_statemachine.go).</summary>
internal sealed class FallbackRules : EpochRules
{
    private readonly ulong safetyThreshold;

    /// <summary>Enters or continues fallback mode for one block.</summary>
    /// <remarks>
    /// On entry a next epoch that is not committed is dropped; a committed one will come. In whatever block the end of
    /// the current epoch is near without a committed next one, one extension is appended.
    /// </remarks>
    public FallbackRules(KeyValueSnapshot parent, View view)
        : base(Entered(parent.Epochs), view)
    {
        safetyThreshold = parent.FinalizationSafetyThreshold;
        if (State.Phase == EpochPhase.Committed || !IsNearEnd) return;
        View end = State.Current.FinalView;
        State = State with
        {
            Current = State.Current.With(
                new EpochExtension(end.Next, new View(end.Value + parent.EpochExtensionViewCount))),
        };
    }

    private bool IsNearEnd => View.Value + safetyThreshold >= State.Current.FinalView.Value;

    public override EpochEventFault Process(ServiceEvent.EpochSetup setup) => EpochEventFault.NotInFallback;

    public override EpochEventFault Process(ServiceEvent.EpochCommit commit) => EpochEventFault.NotInFallback;

    /// <remarks>The first valid one wins. A next epoch stands against any, the same again included.</remarks>
    public override EpochEventFault Process(ServiceEvent.EpochRecover recover)
    {
        if (IsNearEnd) return EpochEventFault.TooLate;
        EpochEventFault fault = EpochValidity.OfExtending(recover.Setup, State);
        if (fault == EpochEventFault.None) fault = EpochValidity.Of(recover.Commit, recover.Setup);
        if (fault != EpochEventFault.None) return fault;
        if (Readmits(recover.Setup)) return EpochEventFault.EjectedReadmitted;
        State = State with { Next = EpochEntry.Of(recover.Setup, recover.Commit), IsFallback = false };
        return EpochEventFault.None;
    }

    private static EpochState Entered(EpochState parent) =>
        parent.Phase == EpochPhase.Committed
            ? parent with { IsFallback = true }
            : parent with { Next = null, IsFallback = true };
}
