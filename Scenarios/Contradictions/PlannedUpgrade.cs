using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>An upgrade with all in its world that could contradict it.</summary>
/// <param name="Scenario">The world.</param>
/// <param name="Text">The upgrade as written.</param>
/// <param name="Spec">The same with nodes, entry by entry.</param>
/// <param name="Starters">Whom each entry of <c>initial</c> means.</param>
/// <param name="Nodes">The population.</param>
/// <param name="IsOfOneSeed">Whether draws are made; else all candidates stand for those that a seed would draw.
/// </param>
internal sealed record PlannedUpgrade(
    Scenario Scenario, UpgradeText Text, UpgradeSpec Spec, IReadOnlyList<NodeSet> Starters,
    IReadOnlyList<NodeSpec> Nodes, bool IsOfOneSeed)
{
    public Reach Reach { get; } = Reach.Of(Scenario);

    /// <summary>What governance does, in the order of its times.</summary>
    public IReadOnlyList<GovernanceText> Governance { get; } =
        [.. (Scenario.Protocol?.Governance ?? []).OrderBy(act => act.Time)];

    /// <summary>Whether it is known who is meant.</summary>
    public bool IsSettled(ChoiceText? choice) => IsOfOneSeed || choice is not { IsDrawn: true };

    /// <summary>Whether this is the time to look at a choice's nodes: once before any seed is known, or under each
    /// seed if that draws them.</summary>
    public bool IsDue(ChoiceText? choice) => IsOfOneSeed == choice is { IsDrawn: true };

    /// <summary>Whether beacons make anybody stop.</summary>
    public bool HasStops => Spec.Images.Any(image =>
        NodesFormat.Roles.Any(role => Spec.Strategy.StopOf(role.Role, image) is not null));

    /// <summary>From when on a node may say that it is too old, by the targets; null for never.</summary>
    public SimTime? OutdatedFrom
    {
        get
        {
            if (Scenario.Protocol is not { } protocol) return null;
            if (Spec.Images.Any(image => !image.Protocol.Reads(protocol.Spec.Version))) return SimTime.Zero;
            IEnumerable<ulong> places = Governance.Select(act => act.Call switch
            {
                ContractCall.SetBoundary { Boundary.Height.Value: var height } when HasStops => height,
                ContractCall.Emit { Event: ServiceEvent.ProtocolStateVersionUpgrade asked } => asked.ActiveView.Value,
                _ => ulong.MaxValue,
            });
            ulong first = places.DefaultIfEmpty(ulong.MaxValue).Min();
            return first == ulong.MaxValue ? null : Scenario.Sets.Min(set => Reach.TimeOf(first, set));
        }
    }

    /// <summary>Whether an act of governance is what a strategy waits for.</summary>
    public static bool IsCue(GovernanceText act, Cue cue) => cue switch
    {
        Cue.VersionBoundary => act.Call is ContractCall.SetBoundary,
        Cue.ProtocolVersion => act.Call is ContractCall.Emit { Event: ServiceEvent.ProtocolStateVersionUpgrade },
        _ => false,
    };
}
