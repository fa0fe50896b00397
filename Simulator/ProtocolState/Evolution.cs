using System.Collections.Generic;
using System.Globalization;
using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>A block's protocol state, and what became of its service events.</summary>
/// <param name="Snapshot">The state; the parent's own object when nothing changed.</param>
/// <param name="Outcomes">In order of machines, then of events.</param>
public readonly record struct Evolved(KeyValueSnapshot Snapshot, IReadOnlyList<EventOutcome> Outcomes);

/// <summary>A block's protocol state from its parent's (flow-go protocol_state/state/protocol_state.go).</summary>
public static class Evolution
{
    /// <summary>Carries the state on over one block.</summary>
    /// <param name="parent">The parent's state.</param>
    /// <param name="view">The block's view.</param>
    /// <param name="seals">The service events of its seals, in any order.</param>
    /// <param name="support">What the software can handle.</param>
    /// <exception cref="ProtocolStateException">The state cannot be computed.</exception>
    public static Evolved Next(
        KeyValueSnapshot parent, View view, IReadOnlyList<SealedEvents> seals, VersionSupport support)
    {
        if (!support.Reads(parent.Version))
            throw new ProtocolStateException(ProtocolStateFault.UndecodableVersion, string.Create(
                CultureInfo.InvariantCulture, $"cannot read protocol state version {parent.Version}"));
        IReadOnlyList<ServiceEvent> events = SealedEvents.InOrder(seals);
        KeyValueSnapshot replica = parent.Replicate(parent.VersionAt(view), support);

        List<EventOutcome> outcomes = [];
        KeyValueSnapshot next = replica with
        {
            Upgrade = VersionUpgradeMachine.Evolve(parent, view, events, outcomes),
            Epochs = EpochMachine.Evolve(parent, view, events, outcomes),
            EpochExtensionViewCount = SetValueMachine.Evolve(parent, events, outcomes),
        };
        return new Evolved(next == parent ? parent : next, outcomes);
    }
}
