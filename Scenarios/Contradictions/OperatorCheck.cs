using System.Linq;
using FlowSim.Chain;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>What operators are said to do is about somebody.</summary>
internal static class OperatorCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        if (plan.IsOfOneSeed) return;
        foreach ((Role role, Place at) in plan.Text.OperatorText.Roles)
        {
            if (!plan.Nodes.Any(node => node.Role == role))
                throw at.Error($"there are no {NodesFormat.NameOf(role)} nodes here; remove this key, or add some");
        }

        if (plan.Text.OperatorText.AsleepAt is { } asleep && plan.Text.Releases.Count == 0
            && plan.Spec.Strategy.Spork is null)
            throw asleep.Error(
                "who is asleep takes a release later, and there is none; write 'releases', or remove this");
    }
}
