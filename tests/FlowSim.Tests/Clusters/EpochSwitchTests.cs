using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Clusters;

/// <summary>An epoch's clusters begin with it and outlast it by the life of a transaction.</summary>
public sealed class EpochSwitchTests
{
    private static readonly Lazy<ClusterRun> Run = new(() => ClusterRun.Of(ShortEpochs.World));

    [Test]
    public void Clusters_of_an_epoch_begin_when_its_first_block_is_final()
    {
        foreach (ClusterId cluster in Run.Value.Plan.ClustersOf(1))
        {
            foreach (NodeId member in Run.Value.Plan.MembersOf(cluster))
            {
                SimTime begun = Run.Value.Said.First(s => s.Node == member && s.Cluster == cluster).At;
                Assert.That(begun, Is.GreaterThanOrEqualTo(FinalAt(member, FirstHeight(1))));
                Assert.That((begun - FinalAt(member, FirstHeight(1))).TotalSeconds, Is.LessThan(1));
            }
        }
    }

    [Test]
    public void Clusters_of_an_epoch_go_on_until_no_transaction_of_theirs_can_be_included()
    {
        ulong stop = FirstHeight(1) - 1 + ShortEpochs.Expiry + 1;
        foreach (ClusterId cluster in Run.Value.Plan.ClustersOf(0))
        {
            foreach (NodeId member in Run.Value.Plan.MembersOf(cluster))
            {
                SimTime ended = Run.Value.Said.Last(s => s.Node == member && s.Cluster == cluster).At;
                Assert.That(ended, Is.LessThanOrEqualTo(FinalAt(member, stop)));
                Assert.That((FinalAt(member, stop) - ended).TotalSeconds, Is.LessThan(1));
            }
        }
    }

    [Test]
    public void For_that_time_a_node_works_in_two_clusters()
    {
        NodeId node = Run.Value.Plan.MembersOf(Run.Value.Plan.ClustersOf(0)[0])[0];
        SimTime middle = FinalAt(node, FirstHeight(1) + ShortEpochs.Expiry / 2);
        Assert.That(Run.Value.Said.Where(s => s.Node == node && (s.At - middle).TotalSeconds is > 0 and < 2)
            .Select(s => Run.Value.Plan.EpochOf(s.Cluster)).Distinct(), Is.EquivalentTo(new[] { 0, 1 }));
    }

    [Test]
    public void Transactions_of_all_epochs_end_in_one_collection()
    {
        IEnumerable<ClusterId> all = from epoch in Enumerable.Range(0, 3)
                                     from cluster in Run.Value.Plan.ClustersOf(epoch)
                                     select cluster;
        Assert.That(Run.Value.Submitted, Has.Count.GreaterThan(300));
        Assert.That(all.SelectMany(Run.Value.CollectedBy), Is.EquivalentTo(Run.Value.Submitted));
    }

    [Test]
    public void A_node_that_was_away_when_the_epoch_ended_comes_back_into_both_its_clusters()
    {
        NodeId away = Run.Value.Plan.MembersOf(Run.Value.Plan.ClustersOf(0)[1])[0];
        ClusterRun run = ClusterRun.Of(ShortEpochs.World with
        {
            NodeFaults = [ShortEpochs.Crash(50, 75, away.Index)],
        });
        ClusterId first = run.Plan.ClusterOf(away, 0)!.Value;
        Assert.That(run.ChainOf(away, first)[^1].At, Is.GreaterThan(SimTime.FromSeconds(85)));
        ClusterId second = run.Plan.ClusterOf(away, 1)!.Value;
        Assert.That(run.ChainOf(away, second), Has.Count.GreaterThan(run.LongestOf(second).Count - 5));
        Assert.That((from epoch in Enumerable.Range(0, 3)
                     from cluster in run.Plan.ClustersOf(epoch)
                     from id in run.CollectedBy(cluster)
                     select id), Is.EquivalentTo(run.Submitted));
    }

    private static ulong FirstHeight(int epoch) => Run.Value.Main
        .First(entry => Run.Value.Plan.EpochOf(entry.Block.View) == epoch).Block.Height.Value;

    private static SimTime FinalAt(NodeId node, ulong height) =>
        Run.Value.Main.First(entry => entry.Node == node && entry.Block.Height.Value == height).At;
}
