using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>Every wave of a rollout has somebody.</summary>
internal static class WaveCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        for (int i = 0; i < plan.Spec.Rollouts.Count; i++)
        {
            RolloutText text = plan.Text.Rollouts[i];
            if (plan.IsDue(text.Of)) Refuse(text, plan.Spec.Rollouts[i], plan);
        }
    }

    private static void Refuse(RolloutText text, Rollout rollout, PlannedUpgrade plan)
    {
        if (rollout.Waves.Count == 0) return;
        RolloutPlan everybody = new(
            new Rollout(rollout.Image, rollout.Nodes, rollout.From)
            {
                IsByOperator = rollout.IsByOperator, Waves = rollout.Waves,
            }, "", plan.Nodes, plan.Spec.Operators, new Luck(0));
        for (int wave = 0; wave < everybody.Waves; wave++)
        {
            string? problem = Problem(rollout.Waves[wave], rollout, plan.Nodes)
                ?? (everybody.Wave(wave).Count == 0 ? Left(rollout.Waves[wave]) : null);
            if (problem is not null) throw text.WavesAt[wave].Error(problem);
        }
    }

    private static string? Problem(Wave wave, Rollout rollout, IReadOnlyList<NodeSpec> nodes)
    {
        List<NodeSpec> members = [];
        foreach (int node in rollout.Nodes.Members) members.Add(nodes[node]);
        if (wave is Wave.OfRole { Role: var role } && !members.Exists(node => node.Role == role))
            return $"this rollout has no {NodesFormat.NameOf(role)} nodes; remove the wave, or change 'of'";
        int largest = members.GroupBy(node => node.Role).Max(group => group.Count());
        return wave is Wave.Canaries { PerRole: var count } && count > largest
            ? FormattableString.Invariant($"no role has {count} nodes in this rollout, at most {largest}; write ")
                + "fewer, or { rest: true }"
            : null;
    }

    private static string Left(Wave wave) => wave is Wave.Share
        ? "this share adds nobody to the waves before; write more, or remove it"
        : "nobody is left for this wave: those before have them all; remove it";
}
