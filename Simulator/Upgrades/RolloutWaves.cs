using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>Who is in which wave of a rollout: per role, in the order of drawn lots.</summary>
internal static class RolloutWaves
{
    /// <summary>The members of each wave.</summary>
    /// <param name="rollout">The rollout.</param>
    /// <param name="nodes">The population.</param>
    /// <param name="deciders">Who decides for each node: nodes of one decider and role share a wave.</param>
    /// <param name="lots">Draws the order.</param>
    public static int[][] Of(
        Rollout rollout, IReadOnlyList<NodeSpec> nodes, ulong[] deciders, Luck.Purpose lots)
    {
        if (rollout.Waves.Count == 0) return [rollout.Nodes.Members.ToArray()];
        var waves = new List<int>[rollout.Waves.Count];
        for (int wave = 0; wave < waves.Length; wave++) waves[wave] = [];
        foreach (Role role in Enum.GetValues<Role>())
        {
            List<List<int>> inOrder = InOrder(role, rollout, nodes, deciders, lots);
            for ((int wave, int next, long due) = (0, 0, 0); wave < waves.Length; wave++)
            {
                due += rollout.Waves[wave].RaisePerMillion;
                int until = rollout.Waves[wave].Until(new Standing(role, next, inOrder.Count, due));
                for (; next < until; next++) waves[wave].AddRange(inOrder[next]);
            }
        }

        return Array.ConvertAll(waves, wave => wave.ToArray());
    }

    /// <summary>A role's nodes by decider, the deciders in the order of their lots.</summary>
    private static List<List<int>> InOrder(
        Role role, Rollout rollout, IReadOnlyList<NodeSpec> nodes, ulong[] deciders, Luck.Purpose lots)
    {
        var byDecider = new SortedList<ulong, List<int>>();
        foreach (int node in rollout.Nodes.Members)
        {
            if (nodes[node].Role != role) continue;
            ulong lot = lots.Draw(deciders[node]);
            if (!byDecider.TryGetValue(lot, out List<int>? own)) byDecider.Add(lot, own = []);
            own.Add(node);
        }

        return [.. byDecider.Values];
    }
}
