using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Contracts;
using NUnit.Framework;
using static FlowSim.Tests.Contracts.SomeContracts;

namespace FlowSim.Tests.Contracts;

/// <summary>The votes for clusters' root blocks (FlowClusterQC.cdc).</summary>
public sealed class ClusterVotingTests
{
    private static IReadOnlyList<IReadOnlyList<NodeId>> Clusters => InSetup.Clock.Next!.Clusters;

    private static ContractCall[] Keys => [.. Preparation.OfType<ContractCall.DkgResult>()];

    [Test]
    public void A_cluster_is_complete_above_two_thirds_of_its_weight_and_all_must_be()
    {
        ContractCall[] first = [.. Clusters[0].Select(n => Vote(n.Index))];
        ContractCall[] two = [.. Clusters[1].Take(2).Select(n => Vote(n.Index))];
        Assert.That(InSetup.EventsAt(30, [.. Keys, .. first]), Is.Empty, "the second cluster is silent");
        Assert.That(InSetup.EventsAt(30, [.. Keys, .. first, .. two]), Is.Empty, "two thirds are too few");
        Assert.That(InSetup.EventsAt(30, [.. Keys, .. first, .. two, Vote(Clusters[1][2].Index)]), Is.Not.Empty);
    }

    [Test]
    public void Weight_counts_and_not_heads()
    {
        NodeSpec[] nodes = [.. Nodes.Select((n, i) => i is >= 4 and <= 9 ? n with { Weight = 10 } : n)];
        int heavy = Clusters[0][0].Index;
        nodes[heavy] = nodes[heavy] with { Weight = 1_000 };
        SystemContracts contracts = RootOf(Planned(nodes)).After(StakingEnd);
        ContractCall[] second = [.. Clusters[1].Select(n => Vote(n.Index))];
        ContractCall[] light = [.. Clusters[0].Skip(1).Select(n => Vote(n.Index))];
        Assert.That(contracts.EventsAt(30, [.. Keys, .. second, .. light]), Is.Empty);
        Assert.That(contracts.EventsAt(30, [.. Keys, .. second, Vote(heavy)]), Is.Not.Empty);
    }

    [Test]
    public void A_commit_lists_all_who_voted_ascending_those_beyond_two_thirds_as_well()
    {
        var commit = (ServiceEvent.EpochCommit)InSetup
            .After(30, [.. Enumerable.Range(4, 6).Reverse().Select(i => Vote(i))]).EventsAt(31, Keys).Single();
        Assert.That(commit.ClusterVotes, Is.EqualTo(Clusters));
    }

    [Test]
    public void Only_members_vote_once_each_for_the_coming_epoch_while_it_is_set_up()
    {
        int member = Clusters[0][0].Index;
        SystemContracts voted = InSetup.After(30, Vote(member));
        Assert.Multiple(() =>
        {
            Assert.That(voted.Clusters!.HasVoted(new NodeId(member)), Is.True);
            Assert.That(voted.After(31, Vote(member)).Clusters, Is.SameAs(voted.Clusters), "twice");
            Assert.That(InSetup.After(30, Vote(0)).Clusters!.HasVoted(new NodeId(0)), Is.False, "a consensus node");
            Assert.That(InSetup.After(30, Vote(member, 0)).Clusters!.HasVoted(new NodeId(member)), Is.False);
            Assert.That(InSetup.After(30, Vote(member, 2)).Clusters!.HasVoted(new NodeId(member)), Is.False);
            Assert.That(Root.After(5, Vote(member)).After(StakingEnd).Clusters!.HasVoted(new NodeId(member)), Is.False,
                "too early");
            SystemContracts committed = InSetup.After(30, [.. Preparation.Where(c => c != Vote(member))]);
            Assert.That(committed.Clock.Phase, Is.EqualTo(ContractPhase.Setup), "two of three are too few");
            committed = InSetup.After(30, Preparation);
            Assert.That(committed.Clusters!.HasVoted(new NodeId(member)), Is.True, "it stays in");
            Assert.That(committed.After(31, Vote(member)).Clusters, Is.SameAs(committed.Clusters));
        });
    }

    [Test]
    public void An_epoch_without_collection_nodes_needs_no_votes()
    {
        NodeSpec[] nodes = [.. Nodes.Where(n => n.Role != Role.Collection)];
        Assert.That(RootOf(Planned(nodes)).After(StakingEnd).EventsAt(30, Keys), Is.Not.Empty);
    }
}
