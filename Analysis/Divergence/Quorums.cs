using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Analysis.Divergence;

/// <summary>Weights of nodes as the population has them.</summary>
internal static class Weights
{
    public static UInt128 Of(Scene scene, Role role)
    {
        UInt128 total = 0;
        foreach (NodeSpec node in scene.Run.Nodes) total += node.Role == role ? node.Weight : 0;
        return total;
    }

    /// <summary>Whether those who are up have no more than two thirds.</summary>
    public static bool IsTooFew(Scene scene, IEnumerable<int> members)
    {
        (UInt128 up, UInt128 total) = (0, 0);
        foreach (int node in members)
        {
            ulong weight = scene.Run.Nodes[node].Weight;
            total += weight;
            up += scene.IsUp(node) ? weight : 0;
        }

        return up * 3 <= total * 2;
    }
}

/// <summary>D12: a process ends as its software is not the one for what comes.</summary>
public sealed class OutdatedStop : IOutcome
{
    public static readonly OutcomeKind Kind = new("d12-outdated-stops", "times",
        "D12: processes that ended themselves over a version that they do not support", () => new OutdatedStop());

    public long Count { get; private set; }

    public void On(Scene scene, in TraceEvent entry) =>
        Count += entry.Notice is Notice.Ending { Cause: StopCause.Outdated } ? 1 : 0;
}

/// <summary>D13: consensus nodes that are up have two thirds of the weight or less.</summary>
/// <remarks>Counts how often that begins after all were up once. The weights are those of the whole population, also
/// where epochs change it.</remarks>
public sealed class ConsensusQuorumLoss : IOutcome
{
    public static readonly OutcomeKind Kind = new("d13-consensus-quorum-losses", "times",
        "D13: times that consensus nodes with more than two thirds of the weight were no longer up",
        () => new ConsensusQuorumLoss());

    private readonly List<int> members = [];
    private bool isLost = true;

    public long Count { get; private set; }

    public void On(Scene scene, in TraceEvent entry)
    {
        if (entry.Notice is not (Notice.Started or Notice.Stopped)) return;
        if (scene.RoleOf(entry.Node.Index) != Role.Consensus) return;
        if (members.Count == 0)
        {
            for (int node = 0; node < scene.Run.Nodes.Count; node++)
                if (scene.RoleOf(node) == Role.Consensus) members.Add(node);
        }

        bool isTooFew = Weights.IsTooFew(scene, members);
        Count += isTooFew && !isLost ? 1 : 0;
        isLost = isTooFew;
    }
}

/// <summary>D14: collection nodes of a cluster that are up have two thirds of its weight or less.</summary>
/// <remarks>Who is of a cluster is heard from its members; a node counts in the last that it spoke of.</remarks>
public sealed class ClusterQuorumLoss : IOutcome
{
    public static readonly OutcomeKind Kind = new("d14-cluster-quorum-losses", "times",
        "D14: times that a cluster's collection nodes with more than two thirds of its weight were no longer up",
        () => new ClusterQuorumLoss());

    private readonly Dictionary<int, int> clusterOf = [];
    private readonly Dictionary<int, List<int>> members = [];
    private readonly HashSet<int> lost = [];

    public long Count { get; private set; }

    public void On(Scene scene, in TraceEvent entry)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.OfCluster { Cluster.Index: var cluster }:
                if (clusterOf.TryGetValue(node, out int known) && known >= cluster) break;
                if (clusterOf.ContainsKey(node)) members[known].Remove(node);
                clusterOf[node] = cluster;
                if (!members.TryGetValue(cluster, out List<int>? all)) members.Add(cluster, all = []);
                all.Add(node);
                break;
            case Notice.Started or Notice.Stopped when clusterOf.TryGetValue(node, out int own):
                bool isTooFew = Weights.IsTooFew(scene, members[own]);
                if (!isTooFew) lost.Remove(own);
                else if (lost.Add(own)) Count++;
                break;
        }
    }
}
