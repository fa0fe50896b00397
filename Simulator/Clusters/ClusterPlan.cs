using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FlowSim.Assignment;
using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Clusters;

/// <summary>Which collection nodes form which cluster in every epoch of a run, and which cluster takes what.</summary>
/// <remarks>
/// Anew for each epoch (model/flow/epoch.go, EpochSetup.Assignments); clusters are numbered through all epochs. A run
/// without collection nodes has no clusters.
/// </remarks>
public sealed class ClusterPlan
{
    private readonly IReadOnlyList<EpochTiming> epochs;
    private readonly ClusterId[][] ofEpoch;
    private readonly List<IReadOnlyList<NodeId>> members = [];
    private readonly List<KnownEpochs> chains = [];
    private readonly List<int> epochOf = [];
    private readonly int[][] clusterOf;

    /// <param name="run">Nodes, epochs and seed.</param>
    /// <param name="clusters">Clusters in each epoch.</param>
    /// <exception cref="ArgumentException">There are fewer collection nodes than clusters.</exception>
    public ClusterPlan(RunSpec run, int clusters)
    {
        epochs = run.Epochs;
        var luck = new Luck(run.Seed);
        Table = new EpochTable(run.Nodes, luck, epochs.Count, clusters);
        ofEpoch = new ClusterId[epochs.Count][];
        clusterOf = new int[epochs.Count][];
        for (int epoch = 0; epoch < epochs.Count; epoch++)
        {
            clusterOf[epoch] = new int[run.Nodes.Count];
            Array.Fill(clusterOf[epoch], -1);
            ofEpoch[epoch] = Form(run, luck, epoch);
        }
    }

    /// <summary>Who is in which epoch.</summary>
    public EpochTable Table { get; }

    /// <summary>How many epochs the run has.</summary>
    public int Epochs => epochs.Count;

    /// <summary>The members of every cluster, epoch by epoch, each ascending.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Members => members;

    /// <summary>A cluster's members, ascending.</summary>
    public IReadOnlyList<NodeId> MembersOf(ClusterId cluster) => members[cluster.Index];

    /// <summary>Who votes in a cluster.</summary>
    public Committee CommitteeOf(ClusterId cluster) => EpochsOf(cluster).Newest.Committee;

    /// <summary>The one epoch of a cluster's chain: who votes and leads.</summary>
    public KnownEpochs EpochsOf(ClusterId cluster) => chains[cluster.Index];

    /// <summary>The clusters of an epoch; none in a run without collection nodes.</summary>
    public IReadOnlyList<ClusterId> ClustersOf(int epoch) => ofEpoch[epoch];

    /// <summary>The epoch that a cluster works for.</summary>
    public int EpochOf(ClusterId cluster) => epochOf[cluster.Index];

    /// <summary>The epoch of a view of the main chain; the last one for views beyond.</summary>
    public int EpochOf(View view)
    {
        int epoch = epochs.Count - 1;
        while (epoch > 0 && view < epochs[epoch].FirstView) epoch--;
        return epoch;
    }

    /// <summary>The epoch of a block: its protocol state's, if it has one.</summary>
    public int EpochOf(Block block) => block.State is { } state
        ? (int)ulong.Min(state.EpochCounter, (ulong)epochs.Count - 1)
        : EpochOf(block.View);

    /// <summary>The cluster of a node in an epoch; null when it is in none.</summary>
    public ClusterId? ClusterOf(NodeId node, int epoch) =>
        clusterOf[epoch][node.Index] is >= 0 and var index ? new ClusterId(index) : null;

    /// <summary>The cluster of an epoch that takes a transaction; null when the epoch has none.</summary>
    public ClusterId? Route(TransactionId transaction, int epoch)
    {
        if (ofEpoch[epoch].Length == 0) return null;
        Span<byte> id = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(id, transaction.Value);
        return ofEpoch[epoch][ClusterAssignment.Route(id, ofEpoch[epoch].Length)];
    }

    private ClusterId[] Form(RunSpec run, Luck luck, int epoch)
    {
        IReadOnlyList<IReadOnlyList<NodeId>> planned = Table[epoch].Clusters;
        var formed = new ClusterId[planned.Count];
        for (int i = 0; i < formed.Length; i++)
        {
            formed[i] = new ClusterId(members.Count);
            foreach (NodeId member in planned[i]) clusterOf[epoch][member.Index] = members.Count;
            members.Add(planned[i]);
            epochOf.Add(epoch);
            chains.Add(new KnownEpochs([CommittedEpoch.OfCluster(
                Committee.OfCluster(run.Nodes, planned[i]), EpochRandomness.Leaders(luck, epoch), i)], true));
        }

        return formed;
    }
}
