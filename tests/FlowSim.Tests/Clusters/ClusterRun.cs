using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Kernel;
using FlowSim.Oracles;

namespace FlowSim.Tests.Clusters;

/// <summary>What one run said of its clusters, under all oracles.</summary>
internal sealed class ClusterRun
{
    private readonly Dictionary<(NodeId Node, ClusterId Cluster), List<(SimTime At, Block Block)>> finalized = [];

    private ClusterRun(RunSpec run) => Plan = ClusterWorld.Plan(run);

    public ClusterPlan Plan { get; }

    public RunResult? Result { get; private set; }

    /// <summary>Submitted transactions in order.</summary>
    public List<TransactionId> Submitted { get; } = [];

    /// <summary>What nodes said of clusters' chains.</summary>
    public List<(SimTime At, NodeId Node, ClusterId Cluster, Notice Notice)> Said { get; } = [];

    /// <summary>Who guaranteed what, and when.</summary>
    public List<(SimTime At, NodeId Node, Guarantee Guarantee)> Pledges { get; } = [];

    /// <summary>Blocks of the main chain in the order in which a collection node finalized them.</summary>
    public List<(SimTime At, NodeId Node, Block Block)> Main { get; } = [];

    public static ClusterRun Of(RunSpec run, Seams? seams = null)
    {
        var watched = new ClusterRun(run);
        watched.Result = Simulation.Run(run, [.. OracleCatalogue.All(run), new Listener(watched.On)], seams);
        return watched;
    }

    /// <summary>The chain that a node finalized in a cluster, and when.</summary>
    public IReadOnlyList<(SimTime At, Block Block)> ChainOf(NodeId node, ClusterId cluster) =>
        finalized.GetValueOrDefault((node, cluster)) ?? [];

    /// <summary>The longest chain that a member finalized.</summary>
    public IReadOnlyList<Block> LongestOf(ClusterId cluster) =>
    [
        .. Plan.MembersOf(cluster).Select(member => ChainOf(member, cluster)).MaxBy(chain => chain.Count)!
            .Select(entry => entry.Block),
    ];

    /// <summary>The transactions in the finalized blocks of a cluster, with repetitions.</summary>
    public IEnumerable<TransactionId> CollectedBy(ClusterId cluster) =>
        from block in LongestOf(cluster)
        from transaction in ((Payload.OfCluster)block.Payload!).Collection.Transactions
        select transaction.Id;

    private void On(TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Submitted submitted:
                Submitted.Add(submitted.Transaction.Id);
                break;
            case Notice.Pledged pledged:
                Pledges.Add((entry.At, entry.Node, pledged.Guarantee));
                break;
            case Notice.Finalized { Block: var block }:
                Main.Add((entry.At, entry.Node, block));
                break;
            case Notice.OfCluster(var cluster, var inner):
                Said.Add((entry.At, entry.Node, cluster, inner));
                if (inner is not Notice.Finalized final) break;
                if (!finalized.TryGetValue((entry.Node, cluster), out List<(SimTime, Block)>? chain))
                    finalized.Add((entry.Node, cluster), chain = []);
                chain.Add((entry.At, final.Block));
                break;
        }
    }
}
