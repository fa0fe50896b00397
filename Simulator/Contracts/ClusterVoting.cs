using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Contracts;

/// <summary>The votes for the root blocks of an epoch's clusters (FlowClusterQC.cdc).</summary>
/// <remarks>Never changed: each vote makes another object.</remarks>
public sealed class ClusterVoting
{
    private readonly ServiceEvent.EpochSetup setup;
    private readonly IReadOnlyList<NodeId> voters;

    private ClusterVoting(ServiceEvent.EpochSetup setup, IReadOnlyList<NodeId> voters) =>
        (this.setup, this.voters) = (setup, voters);

    /// <summary>The epoch that the clusters are for.</summary>
    public ulong Epoch => setup.Counter;

    /// <summary>Whether more than two thirds of the weight of every cluster has voted.</summary>
    public bool IsComplete
    {
        get
        {
            foreach (IReadOnlyList<NodeId> cluster in setup.Clusters)
            {
                (ulong voted, ulong total) = (0, 0);
                foreach (NodeId node in cluster)
                {
                    ulong weight = WeightOf(node);
                    total += weight;
                    if (HasVoted(node)) voted += weight;
                }

                if (3 * voted <= 2 * total) return false;
            }

            return true;
        }
    }

    /// <summary>Who voted in each cluster, ascending.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Votes
    {
        get
        {
            var votes = new IReadOnlyList<NodeId>[setup.Clusters.Count];
            for (int i = 0; i < votes.Length; i++)
            {
                List<NodeId> ofCluster = [];
                foreach (NodeId node in setup.Clusters[i])
                    if (HasVoted(node)) ofCluster.Add(node);
                votes[i] = ofCluster;
            }

            return votes;
        }
    }

    /// <summary>Begins the vote for the clusters of an epoch.</summary>
    public static ClusterVoting For(ServiceEvent.EpochSetup setup) => new(setup, []);

    /// <summary>Whether a node's vote is in.</summary>
    public bool HasVoted(NodeId node) => Participants.Contains(voters, node);

    /// <summary>After a vote; the same object if it is nobody's who may vote now, or not that node's first.</summary>
    public ClusterVoting With(ContractCall.ClusterVote vote) =>
        vote.Epoch == Epoch && IsMember(vote.From) && !HasVoted(vote.From)
            ? new ClusterVoting(setup, [.. voters, vote.From])
            : this;

    private bool IsMember(NodeId node)
    {
        foreach (IReadOnlyList<NodeId> cluster in setup.Clusters)
            if (Participants.Contains(cluster, node)) return true;
        return false;
    }

    private ulong WeightOf(NodeId node)
    {
        foreach (Participant participant in setup.Participants)
            if (participant.Id == node) return participant.InitialWeight;
        return 0;
    }
}
