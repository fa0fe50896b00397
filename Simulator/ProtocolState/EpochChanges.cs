using System.Collections.Generic;

namespace FlowSim.ProtocolState;

/// <summary>What a node tells its own parts about epochs (state/protocol/events.go).</summary>
public enum EpochChange : byte
{
    FallbackTriggered,
    FallbackExited,
    Transition,
    Extended,
    SetupPhaseStarted,
    CommittedPhaseStarted,
}

/// <summary>What a block changed in the epochs; told when it is finalized (badger/mutator.go).</summary>
public static class EpochChanges
{
    /// <summary>The changes between a parent's epochs and its child's.</summary>
    /// <remarks>flow-go tells nobody when one block takes the next epoch from unprepared to committed.</remarks>
    public static IReadOnlyList<EpochChange> Between(EpochState parent, EpochState child)
    {
        List<EpochChange> changes = [];
        if (!parent.IsFallback && child.IsFallback) changes.Add(EpochChange.FallbackTriggered);
        if (parent.IsFallback && !child.IsFallback) changes.Add(EpochChange.FallbackExited);
        if (parent.Current.Counter != child.Current.Counter)
        {
            changes.Add(EpochChange.Transition);
            return changes;
        }

        for (int i = parent.Current.Extensions.Count; i < child.Current.Extensions.Count; i++)
            changes.Add(EpochChange.Extended);
        switch (parent.Phase, child.Phase)
        {
            case (EpochPhase.Staking, EpochPhase.Setup):
                changes.Add(EpochChange.SetupPhaseStarted);
                break;
            case (EpochPhase.Setup or EpochPhase.Fallback, EpochPhase.Committed):
                changes.Add(EpochChange.CommittedPhaseStarted);
                break;
        }

        return changes;
    }
}
