using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>Who may vote, with what weight, and who leads each view.</summary>
/// <remarks>
/// Membership is static over the run; leaders are drawn anew for each epoch from that epoch's random source
/// (committees/consensus_committee.go, committees/leader). Thresholds use the initial weights: ejection never
/// changes them.
/// </remarks>
public sealed class Committee
{
    private static readonly byte[] ConsensusLeaderCustomizer = [0, 0];

    /// <summary>The views of a cluster's chain; it has no planned end (committees/leader/cluster.go,
    /// EstimatedSixMonthOfViews).</summary>
    public static readonly EpochTiming ClusterViews = new(new View(0), new View(14_999_999), 15_000_000, 15_000_000);

    private readonly NodeId[] members;
    private readonly ulong[] weights;
    private readonly int[] indexOf;
    private readonly bool[] hasBeaconKey;
    private readonly IReadOnlyList<EpochTiming> epochs;
    private readonly LeaderSelection[] leaders;

    /// <exception cref="ArgumentException">No consensus node has weight.</exception>
    public Committee(IReadOnlyList<NodeSpec> nodes, IReadOnlyList<EpochTiming> epochs, Luck luck)
    {
        var chosen = new List<NodeId>();
        indexOf = new int[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            bool isMember = nodes[i] is { Role: Role.Consensus, Weight: > 0, TwinOf: null };
            indexOf[i] = isMember ? chosen.Count : -1;
            if (isMember) chosen.Add(new NodeId(i));
        }

        members = [.. chosen];
        weights = Array.ConvertAll(members, id => nodes[id.Index].Weight);
        hasBeaconKey = Array.ConvertAll(members, id => nodes[id.Index].HasBeaconKey);
        foreach (ulong weight in weights) TotalWeight += weight;
        WeightToCertify = Quorum.ToCertify(TotalWeight);
        WeightToTimeout = Quorum.ToTimeout(TotalWeight);
        BeaconSharesNeeded = Quorum.BeaconShares(members.Length);

        this.epochs = epochs;
        leaders = new LeaderSelection[epochs.Count];
        for (int e = 0; e < epochs.Count; e++)
            leaders[e] = new LeaderSelection(EpochRandomness.Leaders(luck, e), ConsensusLeaderCustomizer, weights,
                epochs[e].FirstView, epochs[e].FinalView);
    }

    /// <remarks>A cluster's committee: its own views from zero, no random beacon.</remarks>
    private Committee(NodeId[] members, ulong[] weights, int nodes, byte[] randomSource, int cluster)
    {
        this.members = members;
        this.weights = weights;
        hasBeaconKey = new bool[members.Length];
        indexOf = new int[nodes];
        Array.Fill(indexOf, -1);
        for (int i = 0; i < members.Length; i++) indexOf[members[i].Index] = i;
        foreach (ulong weight in weights) TotalWeight += weight;
        WeightToCertify = Quorum.ToCertify(TotalWeight);
        WeightToTimeout = Quorum.ToTimeout(TotalWeight);
        epochs = [ClusterViews];
        leaders = [new LeaderSelection(randomSource, ClusterCustomizer(cluster), weights, ClusterViews.FirstView,
            ClusterViews.FinalView)];
    }

    private Committee(Committee other)
    {
        members = other.members;
        weights = other.weights;
        indexOf = other.indexOf;
        hasBeaconKey = other.hasBeaconKey;
        epochs = other.epochs;
        leaders = other.leaders;
        TotalWeight = other.TotalWeight;
        WeightToTimeout = other.WeightToTimeout;
        BeaconSharesNeeded = other.BeaconSharesNeeded;
    }

    public int Size => members.Length;

    public ulong TotalWeight { get; }

    /// <summary>Smallest weight above two thirds of the total.</summary>
    public ulong WeightToCertify { get; private init; }

    /// <summary>Smallest weight above one third of the total.</summary>
    public ulong WeightToTimeout { get; }

    /// <summary>Random-beacon shares a QC needs beside its weight.</summary>
    public int BeaconSharesNeeded { get; }

    /// <summary>The members, in the order of their bits in a signer set.</summary>
    public ReadOnlySpan<NodeId> Members => members;

    /// <summary>The committee of one cluster of one epoch.</summary>
    /// <remarks>Its leaders are drawn from the epoch's random source (committees/leader/cluster.go).</remarks>
    /// <param name="nodes">The population.</param>
    /// <param name="members">Who is in the cluster, ascending.</param>
    /// <param name="luck">The draws of the run.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="cluster">The cluster's place in its epoch.</param>
    public static Committee OfCluster(
        IReadOnlyList<NodeSpec> nodes, IReadOnlyList<NodeId> members, Luck luck, int epoch, int cluster) =>
        new([.. members], Array.ConvertAll<NodeId, ulong>([.. members], member => nodes[member.Index].Weight),
            nodes.Count, EpochRandomness.Leaders(luck, epoch), cluster);

    /// <summary>The same committee with another quorum.</summary>
    /// <remarks>Only tests ask for it, to show that a wrong quorum does not go unnoticed.</remarks>
    internal Committee WithWeightToCertify(ulong weight) => new(this) { WeightToCertify = weight };

    /// <summary>A node's place in the committee, or -1.</summary>
    public int IndexOf(NodeId node) =>
        (uint)node.Index < (uint)indexOf.Length ? indexOf[node.Index] : -1;

    public ulong WeightOf(int member) => weights[member];

    public bool HasBeaconKey(int member) => hasBeaconKey[member];

    /// <summary>The leader of a view, or null if the view is in no known epoch.</summary>
    public NodeId? Leader(View view)
    {
        for (int e = epochs.Count - 1; e >= 0; e--)
        {
            if (view >= epochs[e].FirstView)
                return view <= epochs[e].FinalView ? members[leaders[e].LeaderIndex(view)] : null;
        }

        return null;
    }

    private static byte[] ClusterCustomizer(int cluster)
    {
        byte[] customizer = [3, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(customizer.AsSpan(2), (ushort)cluster);
        return customizer;
    }
}
