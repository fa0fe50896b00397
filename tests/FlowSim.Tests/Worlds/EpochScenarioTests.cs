using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Flow-go's scenarios of epochs in which the committee stays as it is.</summary>
/// <remarks>
/// consensus/integration/epoch_test.go. Those in which members change (one leaves and one joins, or all change) need
/// the life of an epoch.
/// </remarks>
public sealed class EpochScenarioTests
{
    [TestCase(100UL, TestName = "Static committee over an epoch boundary")]
    [TestCase(4UL, TestName = "Transition after four views")]
    public void A_static_committee_finalizes_across_the_boundary(ulong views)
    {
        RunSpec spec = World(views);
        Progress run = Progress.Of(spec);
        Assert.That(run.LeastFinalCount(0, 1, 2), Is.GreaterThanOrEqualTo(8));
        foreach (int node in Enumerable.Range(0, 3))
        {
            ulong[] final = run.FinalViews(node);
            Assert.That(final, Does.Contain(views - 1).And.Contain(views), "the last and the first view of two epochs");
            Assert.That(final, Is.Ordered.And.Unique);
        }
    }

    /// <remarks>It has a place in the identity table and follows; nobody waits for its vote.</remarks>
    [Test]
    public void A_consensus_node_without_weight_follows_and_has_no_say()
    {
        RunSpec spec = World(20);
        spec = spec with { Nodes = [.. spec.Nodes, spec.Nodes[0] with { Name = "consensus-joiner", Weight = 0 }] };
        Progress run = Progress.Of(spec);
        Assert.That(run.LeastFinalCount(0, 1, 2, 3), Is.GreaterThanOrEqualTo(8));
        Assert.That(run.Of<Notice.Voted>().Select(e => e.Node), Does.Not.Contain(3));
        Assert.That(run.Of<Notice.Built>().Select(e => e.Node), Does.Not.Contain(3));
        Assert.That(run.Of<Notice.QcAssembled>().Select(e => e.Notice.Qc.Weight), Has.All.LessThanOrEqualTo(300));
    }

    /// <summary>Three nodes and epochs of so many views; the root takes the first view of the first one.</summary>
    private static RunSpec World(ulong views)
    {
        RunSpec plain = Some.World(3, views: 2 * views);
        List<EpochTiming> epochs = [];
        for (ulong i = 0; i < 40; i++)
            epochs.Add(new EpochTiming(new View(i * views), new View((i + 1) * views - 1), views, (i + 1) * views));
        var stop = new StopCondition(new View(2 * views + 12), SimTime.FromSeconds(600));
        return plain with { Epochs = epochs, Stop = stop };
    }
}
