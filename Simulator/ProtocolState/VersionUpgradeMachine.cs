using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>Decides which upgrade of the protocol's version is due (kvstore/upgrade_statemachine.go).</summary>
/// <remarks>
/// <para>Whether this software can go along is not asked: it fails at the activation view, on each fork for
/// itself.</para>
/// <para>Only the new activation view must be far enough. An upgrade that is moved away shortly before its old
/// activation view still activates there on forks that have not heard of it.</para>
/// </remarks>
internal static class VersionUpgradeMachine
{
    /// <summary>The upgrade on record after a block.</summary>
    public static VersionUpgrade? Evolve(
        KeyValueSnapshot parent, View view, IReadOnlyList<ServiceEvent> events, ICollection<EventOutcome> outcomes)
    {
        VersionUpgrade? upgrade = parent.Upgrade;
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i] is not ServiceEvent.ProtocolStateVersionUpgrade asked) continue;
            EventVerdict verdict = Judge(asked, parent, upgrade, view);
            if (verdict == EventVerdict.Processed) upgrade = new VersionUpgrade(asked.NewVersion, asked.ActiveView);
            outcomes.Add(new EventOutcome(StateMachineKind.VersionUpgrade, i, verdict));
        }

        return upgrade;
    }

    private static EventVerdict Judge(ServiceEvent.ProtocolStateVersionUpgrade asked, KeyValueSnapshot parent,
        VersionUpgrade? upgrade, View view)
    {
        if (view.Value + parent.FinalizationSafetyThreshold >= asked.ActiveView.Value)
            return EventVerdict.InvalidActivationView;
        if (asked.NewVersion != parent.Version + 1 || Contradicts(parent.Upgrade) || Contradicts(upgrade))
            return EventVerdict.InvalidUpgradeVersion;
        return EventVerdict.Processed;

        bool Contradicts(VersionUpgrade? pending) =>
            pending is { } known && known.ActivationView >= view && known.Version != asked.NewVersion;
    }
}
