using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>The epochs during one block: changed event by event, under the rules of one mode.</summary>
/// <remarks>flow-go epochs/base_statemachine.go and identity_ejector.go.</remarks>
internal abstract class EpochRules(EpochState state, View view)
{
    private readonly List<NodeId> ejectedInBlock = [];

    /// <summary>The epochs so far.</summary>
    public EpochState State { get; protected set; } = state;

    protected View View => view;

    /// <summary>Takes up an event, or says what is wrong with it.</summary>
    /// <remarks>On the happy path a fault means that the block is to be done again in fallback mode.</remarks>
    public abstract EpochEventFault Process(ServiceEvent.EpochSetup setup);

    public abstract EpochEventFault Process(ServiceEvent.EpochCommit commit);

    public abstract EpochEventFault Process(ServiceEvent.EpochRecover recover);

    /// <summary>Makes the next epoch the current one, if the block is past the current one's end.</summary>
    /// <remarks>Fallback mode stays on if it is.</remarks>
    public void EnterNextEpoch()
    {
        if (State.Phase == EpochPhase.Committed && View > State.Current.FinalView)
            State = new EpochState(State.Current, State.Next!, null, State.IsFallback);
    }

    /// <summary>Ejects a node from each epoch that it is in; nothing happens if it is in none.</summary>
    public bool Eject(NodeId node)
    {
        ejectedInBlock.Add(node);
        EpochState before = State;
        State = before with
        {
            Previous = before.Previous?.Without(node),
            Current = before.Current.Without(node),
            Next = before.Next?.Without(node),
        };
        return IsIn(before.Previous) || IsIn(before.Current) || IsIn(before.Next);

        bool IsIn(EpochEntry? epoch) => epoch?.HasMember(node) == true;
    }

    /// <summary>Whether a setup brings back a node that was ejected in the current epoch or in this block.</summary>
    protected bool Readmits(ServiceEvent.EpochSetup setup)
    {
        foreach (Participant participant in setup.Participants)
            if (State.Current.HasEjected(participant.Id) || ejectedInBlock.Contains(participant.Id)) return true;
        return false;
    }
}
