using System;
using System.Collections.Generic;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>Each rollout for itself: when, and by whom.</summary>
internal static class RolloutCheck
{
    private const long Million = 1_000_000;

    public static void Refuse(PlannedUpgrade plan)
    {
        for (int i = 0; i < plan.Spec.Rollouts.Count; i++)
        {
            RolloutText text = plan.Text.Rollouts[i];
            Rollout rollout = plan.Spec.Rollouts[i];
            plan.Reach.Refuse(text.FromAt, rollout.From);
            RefuseTooLowLimit(plan.Nodes, text, rollout);
            if (plan.IsDue(text.Of)) RefuseLoneOperators(plan.Nodes, text, rollout);
        }
    }

    private static void RefuseTooLowLimit(IReadOnlyList<NodeSpec> nodes, RolloutText text, Rollout rollout)
    {
        if (rollout.MaxOfflinePerMillion is not { } limit) return;
        foreach (int index in rollout.Nodes.Members)
        {
            NodeSpec node = nodes[index];
            UInt128 total = 0;
            foreach (NodeSpec other in nodes) total += other.Role == node.Role ? other.Weight : 0;
            if (node.Weight > total * (UInt128)limit / Million)
                throw text.LimitAt.Error(FormattableString.Invariant(
                    $"{node.Name} alone is more than {limit / 10_000m:0.####}% of the {NodesFormat.NameOf(node.Role)} ")
                    + "weight and could never restart");
        }
    }

    /// <summary>Nodes that a count makes have an operator each, so that nothing is done at once.</summary>
    private static void RefuseLoneOperators(IReadOnlyList<NodeSpec> nodes, RolloutText text, Rollout rollout)
    {
        if (!rollout.IsByOperator || text.Of is { IsDrawn: true }) return;
        HashSet<string> operators = new(StringComparer.Ordinal);
        foreach (int node in rollout.Nodes.Members)
        {
            if (!operators.Add(nodes[node].Operator)) return;
        }

        throw text.ByAt!.Value.Error("each of these nodes has an operator of its own, so this decides nothing; write "
            + "by: node, or a node list with operators");
    }
}
