using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.HotStuff;
using FlowSim.Tests.Pipeline;
using NUnit.Framework;

namespace FlowSim.Tests.Clusters;

/// <summary>Collection nodes are dealt out to clusters anew in each epoch, and transactions by their identity.
/// </summary>
public sealed class ClusterPlanTests
{
    private static readonly RunSpec Run = ClusterWorld.Of(collectors: 10, clusters: 3);

    private static readonly ClusterPlan Plan = ClusterWorld.Plan(Run);

    [Test]
    public void Every_collection_node_is_in_one_cluster_of_each_epoch([Values(0, 1)] int epoch)
    {
        ClusterId[] clusters = [.. Plan.ClustersOf(epoch)];
        Assert.That(clusters.Select(cluster => cluster.Index), Is.EqualTo(Enumerable.Range(3 * epoch, 3)));
        Assert.That(clusters.SelectMany(Plan.MembersOf).Order(), Is.EqualTo(ClusterWorld.Collectors(Run)));
        Assert.That(clusters.Select(cluster => Plan.MembersOf(cluster).Count), Is.EquivalentTo([4, 3, 3]));
        foreach (ClusterId cluster in clusters)
        {
            Assert.That(Plan.EpochOf(cluster), Is.EqualTo(epoch));
            Assert.That(Plan.MembersOf(cluster).Select(member => Plan.ClusterOf(member, epoch)),
                Is.All.EqualTo(cluster));
        }
    }

    [Test]
    public void Epochs_have_different_clusters() =>
        Assert.That(Plan.ClustersOf(1).Select(cluster => Plan.MembersOf(cluster)),
            Is.Not.EqualTo(Plan.ClustersOf(0).Select(cluster => Plan.MembersOf(cluster))));

    [Test]
    public void A_view_belongs_to_the_epoch_that_spans_it() =>
        Assert.That(new ulong[] { 0, 59, 60, 119, 500 }.Select(view => Plan.EpochOf(new View(view))),
            Is.EqualTo(new[] { 0, 0, 1, 1, 1 }));

    [Test]
    public void A_block_belongs_to_the_epoch_of_its_protocol_state_if_it_has_one()
    {
        Block Of(ulong view, CommittedState? state) => Block.On(new View(view), Block.Root(default),
            QuorumCertificate.Trusted(default, default), new NodeId(0), 0,
            new Payload.Main([], [], [], Seal.OfRoot(Block.Root(default)), state));
        Assert.That(Plan.EpochOf(Of(70, null)), Is.EqualTo(1));
        Assert.That(Plan.EpochOf(Of(70, new Membership(0))), Is.Zero, "the first epoch is extended");
        Assert.That(Plan.EpochOf(Of(70, new Membership(9))), Is.EqualTo(1), "the last one planned");
    }

    [Test]
    public void A_node_is_in_the_clusters_of_the_epochs_that_it_is_a_member_of()
    {
        NodeSpec[] nodes = [.. Run.Nodes];
        nodes[4] = nodes[4] with { FirstEpoch = 1 };
        nodes[5] = nodes[5] with { LastEpoch = 0 };
        ClusterPlan plan = ClusterWorld.Plan(Run with { Nodes = nodes });
        Assert.That(new[] { 0, 1 }.Select(epoch => plan.ClusterOf(new NodeId(4), epoch) is not null),
            Is.EqualTo(new[] { false, true }));
        Assert.That(new[] { 0, 1 }.Select(epoch => plan.ClusterOf(new NodeId(5), epoch) is not null),
            Is.EqualTo(new[] { true, false }));
        Assert.That(plan.ClustersOf(1).Select(plan.MembersOf), Is.EqualTo(plan.Table[1].Clusters));
    }

    [TestCase(0UL, 0)]
    [TestCase(7UL, 1)]
    [TestCase(ulong.MaxValue, 0)]
    public void A_transaction_goes_to_the_cluster_that_its_identity_names(ulong id, int place) =>
        Assert.That(Plan.Route(new TransactionId(id), 1), Is.EqualTo(Plan.ClustersOf(1)[place]));

    [Test]
    public void A_cluster_is_led_by_its_members_each_in_its_turn()
    {
        Largest(out KnownEpochs epochs, out IReadOnlyList<NodeId> members);
        Committee committee = epochs.Newest.Committee;
        NodeId?[] leaders = [.. Enumerable.Range(0, 400).Select(view => epochs.Leader(new View((ulong)view)))];
        Assert.That(leaders.Distinct().Select(leader => leader!.Value).Order(), Is.EqualTo(members));
        Assert.That(committee.BeaconSharesNeeded, Is.Zero);
        Assert.That(committee.WeightToCertify, Is.EqualTo(267));
        Assert.That(committee.IndexOf(new NodeId(0)), Is.EqualTo(-1));
    }

    [Test]
    public void Clusters_of_one_epoch_draw_their_leaders_apart()
    {
        RunSpec alike = ClusterWorld.Of(collectors: 8, clusters: 2);
        ClusterPlan plan = ClusterWorld.Plan(alike);
        int[] first = Places(plan, plan.ClustersOf(0)[0]);
        Assert.That(Places(plan, plan.ClustersOf(0)[1]), Is.Not.EqualTo(first));
        Assert.That(Places(plan, plan.ClustersOf(1)[0]), Is.Not.EqualTo(first));
    }

    [Test]
    public void More_clusters_than_nodes_are_refused_in_one_line()
    {
        ArgumentException? refused = Assert.Throws<ArgumentException>(
            () => ClusterWorld.Plan(ClusterWorld.Of(collectors: 3, clusters: 4)));
        Assert.That(refused!.Message, Does.StartWith("4 clusters cannot be formed of 3 collection nodes"));
        Assert.That(refused.Message, Does.Not.Contain('\n'));
    }

    [Test]
    public void A_world_without_collection_nodes_has_no_clusters()
    {
        ClusterPlan plan = ClusterWorld.Plan(ClusterWorld.Of(collectors: 0, clusters: 2));
        Assert.That(plan.Members, Is.Empty);
        Assert.That(plan.Route(new TransactionId(5), 0), Is.Null);
    }

    private static void Largest(out KnownEpochs epochs, out IReadOnlyList<NodeId> members)
    {
        ClusterId largest = Plan.ClustersOf(0).Single(cluster => Plan.MembersOf(cluster).Count == 4);
        epochs = Plan.EpochsOf(largest);
        members = Plan.MembersOf(largest);
    }

    private static int[] Places(ClusterPlan plan, ClusterId cluster) =>
    [
        .. Enumerable.Range(0, 50).Select(view =>
            plan.CommitteeOf(cluster).IndexOf(plan.EpochsOf(cluster).Leader(new View((ulong)view))!.Value)),
    ];
}
