using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>Sets what may be set at once (kvstore/set_value_statemachine.go).</summary>
internal static class SetValueMachine
{
    /// <summary>The views by which epochs are extended, after a block.</summary>
    public static ulong Evolve(
        KeyValueSnapshot parent, IReadOnlyList<ServiceEvent> events, ICollection<EventOutcome> outcomes)
    {
        ulong value = parent.EpochExtensionViewCount;
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i] is not ServiceEvent.SetEpochExtensionViewCount asked) continue;
            bool isValid = asked.Value >= 2 * parent.FinalizationSafetyThreshold;
            if (isValid) value = asked.Value;
            outcomes.Add(new EventOutcome(StateMachineKind.SetValue, i,
                isValid ? EventVerdict.Processed : EventVerdict.InvalidValue));
        }

        return value;
    }
}
