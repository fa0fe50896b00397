using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>A place in a committee.</summary>
/// <param name="Node">Whose it is.</param>
/// <param name="Weight">Its initial weight.</param>
/// <param name="HasBeaconKey">Whether it holds a random-beacon key share for the epoch.</param>
public readonly record struct Seat(NodeId Node, ulong Weight, bool HasBeaconKey);

/// <summary>Who may vote in an epoch, and with what weight.</summary>
/// <remarks>
/// Static for the epoch: thresholds use the initial weights, and ejection never changes them
/// (committees/consensus_committee.go).
/// </remarks>
public sealed class Committee
{
    private readonly NodeId[] members;
    private readonly ulong[] weights;
    private readonly int[] indexOf;
    private readonly bool[] hasBeaconKey;

    private Committee(IReadOnlyList<Seat> seats, int nodes, bool hasBeacon)
    {
        members = new NodeId[seats.Count];
        weights = new ulong[seats.Count];
        hasBeaconKey = new bool[seats.Count];
        indexOf = new int[nodes];
        Array.Fill(indexOf, -1);
        for (int i = 0; i < members.Length; i++)
        {
            (members[i], weights[i], hasBeaconKey[i]) = (seats[i].Node, seats[i].Weight, seats[i].HasBeaconKey);
            if (indexOf[members[i].Index] >= 0)
                throw new ArgumentException("a node has two seats", nameof(seats));
            indexOf[members[i].Index] = i;
            TotalWeight += weights[i];
        }

        if (TotalWeight == 0) throw new ArgumentException("the committee has no weight", nameof(seats));
        WeightToCertify = Quorum.ToCertify(TotalWeight);
        WeightToTimeout = Quorum.ToTimeout(TotalWeight);
        if (hasBeacon) BeaconSharesNeeded = Quorum.BeaconShares(members.Length);
    }

    private Committee(Committee other)
    {
        members = other.members;
        weights = other.weights;
        indexOf = other.indexOf;
        hasBeaconKey = other.hasBeaconKey;
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

    /// <summary>The weights of the members, in their order.</summary>
    public IReadOnlyList<ulong> Weights => weights;

    /// <summary>The consensus committee of an epoch.</summary>
    /// <param name="seats">Who is in it, in canonical order: ascending.</param>
    /// <param name="nodes">How many nodes the run has.</param>
    /// <exception cref="ArgumentException">Nobody has weight, or a node has two seats.</exception>
    public static Committee Of(IReadOnlyList<Seat> seats, int nodes) => new(seats, nodes, hasBeacon: true);

    /// <summary>The consensus committee that a population is planned to have in an epoch.</summary>
    /// <exception cref="ArgumentException">No consensus node has weight.</exception>
    public static Committee Of(IReadOnlyList<NodeSpec> nodes, int epoch = 0)
    {
        var seats = new List<Seat>();
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].IsMemberIn(epoch)) seats.Add(new Seat(new NodeId(i), nodes[i].Weight, nodes[i].HasBeaconKey));
        }

        return Of(seats, nodes.Count);
    }

    /// <summary>The committee of a cluster, which has no random beacon.</summary>
    /// <param name="nodes">The population.</param>
    /// <param name="members">Who is in the cluster, ascending.</param>
    /// <exception cref="ArgumentException">Nobody has weight, or a node has two seats.</exception>
    public static Committee OfCluster(IReadOnlyList<NodeSpec> nodes, IReadOnlyList<NodeId> members)
    {
        var seats = new Seat[members.Count];
        for (int i = 0; i < seats.Length; i++) seats[i] = new Seat(members[i], nodes[members[i].Index].Weight, false);
        return new Committee(seats, nodes.Count, hasBeacon: false);
    }

    /// <summary>The same committee with another quorum.</summary>
    /// <remarks>Only tests ask for it, to show that a wrong quorum does not go unnoticed.</remarks>
    internal Committee WithWeightToCertify(ulong weight) => new(this) { WeightToCertify = weight };

    /// <summary>A node's place in the committee, or -1.</summary>
    public int IndexOf(NodeId node) =>
        (uint)node.Index < (uint)indexOf.Length ? indexOf[node.Index] : -1;

    public ulong WeightOf(int member) => weights[member];

    public bool HasBeaconKey(int member) => hasBeaconKey[member];

    /// <summary>Whether the same nodes sit here with the same weights and keys.</summary>
    public bool IsSameAs(Committee other) => members.AsSpan().SequenceEqual(other.members)
        && weights.AsSpan().SequenceEqual(other.weights) && hasBeaconKey.AsSpan().SequenceEqual(other.hasBeaconKey)
        && BeaconSharesNeeded == other.BeaconSharesNeeded;
}
