using System;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>No two rollouts change one node to different images over the same time.</summary>
/// <remarks>The end of a rollout by habits is open, and that of waves comes later by all downtimes: only what is
/// certain counts.</remarks>
internal static class OverlapCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        for (int i = 0; i < plan.Spec.Rollouts.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (RolloutText text, RolloutText earlier) = (plan.Text.Rollouts[i], plan.Text.Rollouts[j]);
                if (!plan.IsSettled(text.Of) || !plan.IsSettled(earlier.Of)) continue;
                RefuseOverlap(text, plan.Spec.Rollouts[i], earlier, plan.Spec.Rollouts[j], plan);
            }
        }
    }

    private static void RefuseOverlap(
        RolloutText text, Rollout rollout, RolloutText earlier, Rollout other, PlannedUpgrade plan)
    {
        if (rollout.Image == other.Image || rollout.From > EndOf(other) || other.From > EndOf(rollout)) return;
        foreach (int node in rollout.Nodes.Members)
        {
            if (!other.Nodes.Contains(node)) continue;
            string time = $"{Reach.Format(other.From)} to {Reach.Format(EndOf(other))}";
            throw text.FromAt.Error(FormattableString.Invariant(
                $"{plan.Nodes[node].Name} gets image '{earlier.Image.Text}' over the same time by the rollout of line ")
                + FormattableString.Invariant($"{earlier.FromAt.Line}, {time}; begin after it, or exclude the node"));
        }
    }

    private static SimTime EndOf(Rollout rollout)
    {
        SimTime end = rollout.From + (rollout.Pace.Everybody ?? SimDuration.Zero);
        for (int wave = 0; wave + 1 < rollout.Waves.Count; wave++) end += rollout.Waves[wave].Soak;
        return end;
    }
}
