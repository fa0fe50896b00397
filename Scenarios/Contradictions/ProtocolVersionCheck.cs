using System;
using FlowSim.Chain;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>Versions of the protocol state that governance asks for.</summary>
/// <remarks>Whether any image handles them is not asked: what a network does that cannot follow is a question.
/// </remarks>
internal static class ProtocolVersionCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        if (plan.IsOfOneSeed || plan.Scenario.Protocol is not { } protocol) return;
        ulong newest = protocol.Spec.Version;
        foreach (GovernanceText act in plan.Governance)
        {
            if (act.Call is not ContractCall.Emit { Event: ServiceEvent.ProtocolStateVersionUpgrade upgrade }) continue;
            Place at = act.Written.At;
            plan.Reach.Refuse(at, "view of activation", upgrade.ActiveView.Value);
            if (plan.Text.Specified.Count == 0)
            {
                RefuseTooSoon(at, upgrade.ActiveView.Value, protocol.Spec.SafetyThreshold);
                RefuseJump(at, upgrade.NewVersion, protocol.Spec.Version, newest);
            }

            newest = ulong.Max(newest, upgrade.NewVersion);
        }
    }

    private static void RefuseTooSoon(Place at, ulong view, ulong threshold)
    {
        if (view > threshold) return;
        throw at.Error(FormattableString.Invariant(
            $"nodes turn down a view within the safety-threshold of {threshold}; ")
            + "write a greater view, or, if that is the point, 'specified'");
    }

    private static void RefuseJump(Place at, ulong version, ulong first, ulong newest)
    {
        if (version > first && version <= newest + 1) return;
        string allowed = newest == first
            ? FormattableString.Invariant($"{first + 1}")
            : FormattableString.Invariant($"{first + 1} to {newest + 1}");
        throw at.Error(FormattableString.Invariant(
            $"the chain begins with version {first}, and nodes turn down all but ")
            + $"the next one; allowed here: {allowed}, or, if that is the point, any with 'specified'");
    }
}
