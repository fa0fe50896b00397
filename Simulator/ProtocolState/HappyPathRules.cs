using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>Epochs that are prepared as planned (epochs/happy_path_statemachine.go).</summary>
internal sealed class HappyPathRules(EpochState parent, View view) : EpochRules(parent, view)
{
    public override EpochEventFault Process(ServiceEvent.EpochSetup setup)
    {
        EpochEventFault fault = EpochValidity.OfExtending(setup, State);
        if (fault != EpochEventFault.None) return fault;
        if (Readmits(setup)) return EpochEventFault.EjectedReadmitted;
        State = State with { Next = EpochEntry.Of(setup) };
        return EpochEventFault.None;
    }

    public override EpochEventFault Process(ServiceEvent.EpochCommit commit)
    {
        if (State.Next is null) return EpochEventFault.NoSetup;
        if (State.Next.Commit is not null) return EpochEventFault.CommittedAlready;
        EpochEventFault fault = EpochValidity.Of(commit, State.Next.Setup);
        if (fault != EpochEventFault.None) return fault;
        State = State with { Next = State.Next.With(commit) };
        return EpochEventFault.None;
    }

    public override EpochEventFault Process(ServiceEvent.EpochRecover recover) => EpochEventFault.NotInFallback;
}
