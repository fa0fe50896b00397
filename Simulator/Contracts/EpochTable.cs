using System;
using System.Collections.Generic;
using FlowSim.Assignment;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Contracts;

/// <summary>Who is in which epoch of a run: its members, their clusters, its randomness.</summary>
/// <remarks>Stands for staking: who is member when is planned by the run's spec. Epochs count from 0.</remarks>
public sealed class EpochTable
{
    private readonly PlannedEpoch[] epochs;

    /// <param name="nodes">The population; a node is a member in the epochs that it names.</param>
    /// <param name="luck">The draws of the run.</param>
    /// <param name="epochs">How many epochs to plan.</param>
    /// <param name="clusters">Clusters of collection nodes in each epoch that has collection nodes.</param>
    /// <exception cref="ArgumentException">An epoch has fewer collection nodes than clusters.</exception>
    public EpochTable(IReadOnlyList<NodeSpec> nodes, Luck luck, int epochs, int clusters)
    {
        this.epochs = new PlannedEpoch[epochs];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            Participant[] members = MembersOf(nodes, epoch);
            this.epochs[epoch] = new PlannedEpoch(members, Form(members, luck, epoch, clusters),
                EpochRandomness.Leaders(luck, epoch));
        }
    }

    /// <summary>How many epochs are planned.</summary>
    public int Count => epochs.Length;

    public PlannedEpoch this[int epoch] => epochs[epoch];

    private static Participant[] MembersOf(IReadOnlyList<NodeSpec> nodes, int epoch)
    {
        List<Participant> members = [];
        for (int i = 0; i < nodes.Count; i++)
        {
            NodeSpec node = nodes[i];
            if (node.TwinOf is null && node.FirstEpoch <= epoch && epoch <= node.LastEpoch)
                members.Add(new Participant(new NodeId(i), node.Role, node.Weight));
        }

        return [.. members];
    }

    private static NodeId[][] Form(Participant[] members, Luck luck, int epoch, int clusters)
    {
        NodeId[] collectors = Participants.WithWeight(members, Role.Collection);
        if (collectors.Length == 0) return [];
        if (clusters < 1 || collectors.Length < clusters)
            throw new ArgumentException(FormattableString.Invariant(
                $"{clusters} clusters cannot be formed of {collectors.Length} collection nodes"), nameof(clusters));
        IReadOnlyList<int[]> places =
            ClusterAssignment.Of(EpochRandomness.Clusters(luck, epoch), 0, collectors.Length, clusters);
        var formed = new NodeId[clusters][];
        for (int i = 0; i < clusters; i++) formed[i] = Array.ConvertAll(places[i], place => collectors[place]);
        return formed;
    }
}

/// <summary>An epoch as it is planned.</summary>
/// <param name="Members">Its members, ascending.</param>
/// <param name="Clusters">The collection nodes of each cluster, ascending.</param>
/// <param name="RandomSource">16 bytes from which leaders are drawn.</param>
public sealed record PlannedEpoch(
    IReadOnlyList<Participant> Members, IReadOnlyList<IReadOnlyList<NodeId>> Clusters,
    IReadOnlyList<byte> RandomSource);
