using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>How long an ejected consensus node is heard, with the dynamic protocol state and before it.</summary>
public sealed class EjectionTests
{
    private const int Ejected = 1;

    [Test]
    public void It_is_heard_until_the_seal_or_until_the_switchover()
    {
        EpochLife atSeal = EpochLife.Of(World(EjectionRule.AtSeal));
        EpochLife atSwitchover = EpochLife.Of(World(EjectionRule.AtSwitchover));
        Block seal = atSeal.Judged<ServiceEvent.EjectNode>().Single().Block;
        Assert.Multiple(() =>
        {
            Assert.That(atSwitchover.Judged<ServiceEvent.EjectNode>().Single().Block.View, Is.EqualTo(seal.View),
                "the same chance until then");
            Assert.That(LastBlock(atSeal), Is.LessThan(seal.View.Value));
            Assert.That(LastBlock(atSwitchover), Is.InRange(EpochWorld.Views - 30, EpochWorld.Views - 1));
            Assert.That(VotesFor(atSeal, seal.View.Value), Is.Zero,
                "its proposals are valid, and nobody votes for them");
            Assert.That(VotesFor(atSwitchover, seal.View.Value), Is.GreaterThan(30));
        });
    }

    [TestCase(EjectionRule.AtSeal)]
    [TestCase(EjectionRule.AtSwitchover)]
    public void It_is_no_member_of_the_next_epoch(EjectionRule rule)
    {
        EpochLife life = EpochLife.Of(World(rule));
        Assert.That(life.Epochs.Current.Counter, Is.EqualTo(1));
        Assert.That(life.Epochs.Current.Active(Role.Consensus).Select(node => node.Index),
            Is.EqualTo(new[] { 0, 2, 3 }));
        Assert.That(life.Voters(EpochWorld.Views, EpochWorld.Views + 15), Is.EqualTo(new[] { 0, 2, 3 }));
    }

    /// <remarks>After the seal no block of its own becomes final, but its view is lost each time.</remarks>
    [Test]
    public void Its_views_are_lost_for_the_rest_of_the_epoch()
    {
        EpochLife life = EpochLife.Of(World(EjectionRule.AtSeal));
        ulong seal = life.Judged<ServiceEvent.EjectNode>().Single().Block.View.Value;
        int proposed = life.Heard<Notice.Published>().Count(e => e.Node == Ejected && e.Notice.Block.View.Value > seal
            && e.Notice.Block.View.Value < EpochWorld.Views);
        int lost = (int)(EpochWorld.Views - seal - 1) - life.Chain.Count(b => b.View.Value > seal
            && b.View.Value < EpochWorld.Views);
        Assert.That(proposed, Is.GreaterThan(10));
        Assert.That(lost, Is.EqualTo(proposed));
    }

    [Test]
    public void The_metric_tells_the_two_times_apart()
    {
        double atSeal = Heard(World(EjectionRule.AtSeal));
        double atSwitchover = Heard(World(EjectionRule.AtSwitchover));
        Assert.That(atSeal, Is.InRange(-20, 20));
        Assert.That(atSwitchover, Is.InRange(90, 130));
        Assert.That(Heard(EpochWorld.Of(4, epochs: 1).Until(60)), Is.NaN, "nobody is ejected");
    }

    private static RunSpec World(EjectionRule rule)
    {
        RunSpec spec = EpochWorld.Of(4, epochs: 1,
            EpochWorld.At(20, new ContractCall.Emit(new ServiceEvent.EjectNode(new NodeId(Ejected)))));
        return spec with { Protocol = spec.Protocol! with { Ejection = rule } };
    }

    private static ulong LastBlock(EpochLife life) =>
        life.Chain.Last(block => block.Proposer.Index == Ejected).View.Value;

    /// <summary>Votes of others for proposals of the ejected node after a view.</summary>
    private static int VotesFor(EpochLife life, ulong after)
    {
        var own = life.Heard<Notice.Published>()
            .Where(e => e.Node == Ejected && e.Notice.Block.View.Value > after)
            .Select(e => e.Notice.Block.Id).ToHashSet();
        return life.Heard<Notice.Voted>().Count(e => e.Node != Ejected && own.Contains(e.Notice.Vote.BlockId));
    }

    private static double Heard(RunSpec spec)
    {
        var watch = new EjectionWatch();
        Simulation.Run(spec, [new Listener(e => watch.On(e.Notice, e.At))]);
        return watch.Heard ?? double.NaN;
    }
}
