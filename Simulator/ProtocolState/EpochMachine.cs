using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>Carries the epochs on over one block (flow-go epochs/statemachine.go).</summary>
/// <remarks>
/// On the happy path one invalid event of an epoch undoes what the block did so far: it is done again in fallback mode,
/// which may accept a recovery in that very block.
/// </remarks>
internal static class EpochMachine
{
    /// <summary>The epochs after a block.</summary>
    public static EpochState Evolve(
        KeyValueSnapshot parent, View view, IReadOnlyList<ServiceEvent> events, ICollection<EventOutcome> outcomes)
    {
        if (!parent.Epochs.IsFallback && !MissesCommitDeadline(parent, view))
        {
            List<EventOutcome> tentative = [];
            EpochRules happy = new HappyPathRules(parent.Epochs, view);
            if (Apply(happy, events, tentative, untilFault: true))
            {
                foreach (EventOutcome outcome in tentative) outcomes.Add(outcome);
                return happy.State;
            }
        }

        EpochRules fallback = new FallbackRules(parent, view);
        Apply(fallback, events, outcomes, untilFault: false);
        return fallback.State;
    }

    /// <summary>Whether a block comes too near to the epoch's end with the next one not committed.</summary>
    /// <remarks>By the setup's final view: on the happy path an epoch without a committed next one has no extension.
    /// </remarks>
    private static bool MissesCommitDeadline(KeyValueSnapshot parent, View view) =>
        parent.Epochs.Phase != EpochPhase.Committed
        && view.Value + parent.FinalizationSafetyThreshold >= parent.Epochs.Current.Setup.Views.FinalView.Value;

    /// <returns>Whether no event was invalid.</returns>
    private static bool Apply(EpochRules rules, IReadOnlyList<ServiceEvent> events,
        ICollection<EventOutcome> outcomes, bool untilFault)
    {
        rules.EnterNextEpoch();
        bool isSound = true;
        for (int i = 0; i < events.Count; i++)
        {
            EpochEventFault? fault = events[i] switch
            {
                ServiceEvent.EpochSetup setup => rules.Process(setup),
                ServiceEvent.EpochCommit commit => rules.Process(commit),
                ServiceEvent.EpochRecover recover => rules.Process(recover),
                ServiceEvent.EjectNode eject => rules.Eject(eject.Id) ? EpochEventFault.None : null,
                _ => null,
            };
            if (fault is not { } known) continue;
            outcomes.Add(new EventOutcome(StateMachineKind.Epoch, i,
                known == EpochEventFault.None ? EventVerdict.Processed : EventVerdict.InvalidEpochEvent, known));
            isSound &= known == EpochEventFault.None;
            if (untilFault && !isSound) return false;
        }

        return isSound;
    }
}
