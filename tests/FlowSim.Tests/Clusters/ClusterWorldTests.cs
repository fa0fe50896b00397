using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Tests.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Clusters;

/// <summary>Whole worlds: clusters make collections of what clients submit, whatever happens to a member.</summary>
public sealed class ClusterWorldTests
{
    private const int Clusters = 2;

    private static readonly RunSpec Busy = Some(callsPerThousandSeconds: 5_000);

    private static readonly Lazy<ClusterRun> Run = new(() => ClusterRun.Of(Busy));

    [Test]
    public void Every_member_finalizes_its_cluster_s_chain_and_all_finalize_the_same([Values(0, 1)] int place)
    {
        ClusterId cluster = Run.Value.Plan.ClustersOf(0)[place];
        IReadOnlyList<Block> longest = Run.Value.LongestOf(cluster);
        Assert.That(longest, Has.Count.GreaterThan(100));
        foreach (NodeId member in Run.Value.Plan.MembersOf(cluster))
        {
            Block[] chain = [.. Run.Value.ChainOf(member, cluster).Select(entry => entry.Block)];
            Assert.That(chain, Has.Length.GreaterThan(longest.Count - 5));
            Assert.That(chain, Is.EqualTo(longest.Take(chain.Length)));
        }
    }

    [Test]
    public void A_cluster_s_view_takes_its_delay_and_two_ways_over_the_network()
    {
        ClusterId cluster = Run.Value.Plan.ClustersOf(0)[0];
        NodeId member = Run.Value.Plan.MembersOf(cluster)[0];
        var chain = Run.Value.ChainOf(member, cluster);
        double perView = (chain[^1].At - chain[10].At).TotalSeconds
            / (chain[^1].Block.View.Value - chain[10].Block.View.Value);

        // Free of way are a proposer's own vote and a vote of the next leader for itself.
        Assert.That(perView, Is.InRange(0.250 + 0.020, 0.250 + 0.040));
    }

    [Test]
    public void Every_transaction_ends_in_one_collection_of_the_cluster_that_it_is_routed_to()
    {
        TransactionId[] submitted = [.. Run.Value.Submitted];
        Assert.That(submitted, Has.Length.GreaterThan(100));
        foreach (ClusterId cluster in Run.Value.Plan.ClustersOf(0))
        {
            Assert.That(Run.Value.CollectedBy(cluster),
                Is.EquivalentTo(submitted.Where(id => Run.Value.Plan.Route(id, 0) == cluster)));
        }
    }

    [Test]
    public void Every_member_guarantees_every_collection_once_and_names_who_certified_it()
    {
        foreach (ClusterId cluster in Run.Value.Plan.ClustersOf(0))
        {
            Collection[] full =
            [
                .. Run.Value.LongestOf(cluster).Select(block => ((Payload.OfCluster)block.Payload!).Collection)
                    .Where(collection => collection.Transactions.Count > 0),
            ];
            Assert.That(full, Has.Length.GreaterThan(20));
            foreach (NodeId member in Run.Value.Plan.MembersOf(cluster))
            {
                Guarantee[] given = [.. Run.Value.Pledges.Where(pledge => pledge.Node == member)
                    .Select(pledge => pledge.Guarantee)];
                Assert.That(given.Select(guarantee => guarantee.CollectionId), Is.EqualTo(full.Select(c => c.Id)));
                Assert.That(given.Select(guarantee => guarantee.ReferenceId),
                    Is.EqualTo(full.Select(c => c.ReferenceId)));
                Assert.That(given.Select(guarantee => guarantee.Guarantors.Count), Is.All.EqualTo(3));
                Assert.That(given.SelectMany(guarantee => guarantee.Guarantors).Distinct(),
                    Is.SubsetOf(Run.Value.Plan.MembersOf(cluster)));
            }
        }
    }

    [Test]
    public void Consensus_nodes_get_every_guarantee_of_every_member()
    {
        int full = Run.Value.Plan.ClustersOf(0).Sum(cluster => Run.Value.LongestOf(cluster)
            .Count(block => ((Payload.OfCluster)block.Payload!).Collection.Transactions.Count > 0));
        Assert.That(Run.Value.Pledges, Has.Count.EqualTo(4 * full));
        Assert.That(Run.Value.Result!.Count(MessageKind.Pledge), Is.EqualTo(4 * Run.Value.Pledges.Count));
    }

    [Test]
    public void A_run_is_the_same_run_again() =>
        Assert.That(ClusterRun.Of(Busy).Result!.Digest, Is.EqualTo(Run.Value.Result!.Digest));

    [TestCase(22)]
    [TestCase(130)]
    public void A_cluster_goes_on_without_a_member_and_the_member_catches_up_after_its_restart(long back)
    {
        ClusterPlan plan = ClusterWorld.Plan(Busy);
        ClusterId cluster = plan.ClustersOf(0)[0];
        NodeId crashed = plan.MembersOf(cluster)[1];
        ClusterRun run = ClusterRun.Of(Busy with
        {
            Stop = new StopCondition(new View(1_000), SimTime.FromSeconds(back + 40)),
            Epochs = FlowSim.Tests.Some.Epochs(1_000, 800),
            NodeFaults =
            [
                new NodeFault.Crash(SilenceTests.During(10, back), SilenceTests.Of(Busy.Nodes.Count, crashed.Index)),
            ],
        });
        SimTime[] others =
        [
            .. run.ChainOf(plan.MembersOf(cluster)[0], cluster).Select(entry => entry.At)
                .Where(at => at > SimTime.FromSeconds(12) && at < SimTime.FromSeconds(22)),
        ];
        Assert.That(others, Has.Length.GreaterThan(8));
        var own = run.ChainOf(crashed, cluster);
        Assert.That(own.Any(entry => entry.At > SimTime.FromSeconds(10) && entry.At < SimTime.FromSeconds(back)),
            Is.False);
        Assert.That(own, Has.Count.GreaterThan(run.LongestOf(cluster).Count - 5));
        Assert.That(run.Plan.ClustersOf(0).SelectMany(run.CollectedBy), Is.EquivalentTo(run.Submitted));
    }

    /// <summary>Four consensus nodes, two clusters of four, and clients that stop before the end.</summary>
    private static RunSpec Some(long callsPerThousandSeconds)
    {
        RunSpec world = ClusterWorld.Of(8, Clusters, callsPerThousandSeconds: callsPerThousandSeconds);
        return world with
        {
            Pipeline = world.Pipeline! with
            {
                Workload = world.Pipeline.Workload with { Until = SimTime.FromSeconds(40) },
            },
        };
    }
}
