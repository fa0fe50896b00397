using System.Linq;
using System;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Liars;

/// <summary>Two processes of one identity equivocate; what that can do depends on their weight.</summary>
public sealed class TwinTests
{
    [Test]
    public void A_pair_proposes_two_blocks_in_one_view_and_is_caught()
    {
        Watched world = Watched.Run(WithTwins(4, 60, 0));
        View[] twice = [.. world.Of<Notice.Published>().Where(e => e.Node is 0 or 4)
            .GroupBy(e => e.Notice.Block.View).Where(g => g.Select(e => e.Notice.Block.Id).Distinct().Count() == 2)
            .Select(g => g.Key)];
        Assert.That(twice, Has.Length.GreaterThan(5));
        Assert.That(world.Of<Notice.DoubleProposal>().Where(e => e.Node == 1), Is.Not.Empty);
        Assert.That(Agree(world, 0, 1, 2, 3, 4), Is.True);
        Assert.That(world.Count<Notice.Finalized>(1), Is.GreaterThan(10));
    }

    [Test]
    public void A_pair_that_a_partition_separates_votes_on_both_sides()
    {
        Watched world = Watched.Run(Parted(WithTwins(4, 60, 0), [0, 1], [4, 2, 3]));
        Assert.That(world.Count<Notice.Voted>(4), Is.GreaterThan(10));
        Assert.That(world.Count<Notice.Finalized>(2), Is.GreaterThan(10), "three of four, one of them a twin");
        Assert.That(world.Count<Notice.Finalized>(1), Is.Zero);
    }

    /// <summary>Two of four are twins: each side sees three of four.</summary>
    [Test]
    public void Twins_of_half_the_weight_and_a_partition_fork_the_chain()
    {
        Watched world = Watched.Run(Parted(WithTwins(4, 60, 0, 1), [0, 1, 2], [4, 5, 3]));
        Assert.That(world.Count<Notice.Finalized>(2), Is.GreaterThan(10));
        Assert.That(world.Count<Notice.Finalized>(3), Is.GreaterThan(10));
        Assert.That(Agree(world, 2, 3), Is.False);
    }

    [Test]
    public void Who_hears_both_sides_of_a_fork_stops_as_flow_go_does()
    {
        RunSpec spec = WithTwins(4, 60, 0, 1);
        RunSpec watched = spec with
        {
            Nodes = [.. spec.Nodes, new NodeSpec("access-001", Role.Access, 100, 0, "operator")],
        };
        Assert.That(() => Watched.Run(Parted(watched, [0, 1, 2], [4, 5, 3])), Throws.TypeOf<InvariantViolation>()
            .With.InnerException.TypeOf<ByzantineThresholdExceededException>());
    }

    /// <summary>Every way to part the five processes of four identities into two sides.</summary>
    [Test]
    public void Twins_of_less_than_a_third_never_fork_the_chain_whatever_parts_them()
    {
        for (int side = 1; side < 16; side++)
        {
            int[] left = [.. Enumerable.Range(0, 5).Where(i => (side >> i & 1) == 1)];
            int[] right = [.. Enumerable.Range(0, 5).Except(left)];
            Watched world = Watched.Run(Parted(WithTwins(4, 20, 0), left, right));
            Assert.That(Agree(world, 0, 1, 2, 3, 4), Is.True, $"{string.Join(',', left)} | {string.Join(',', right)}");
        }
    }

    private static RunSpec WithTwins(int consensus, long seconds, params int[] twins)
    {
        RunSpec spec = Watched.World(consensus, seconds);
        return spec with
        {
            Nodes = [.. spec.Nodes, .. twins.Select(i => spec.Nodes[i] with
            {
                Name = $"{spec.Nodes[i].Name}-twin", TwinOf = spec.Nodes[i].Name,
            })],
        };
    }

    private static RunSpec Parted(RunSpec spec, int[] left, int[] right)
    {
        NodeSet one = Watched.Nodes(spec, left);
        NodeSet other = Watched.Nodes(spec, right);
        var always = new Window(SimTime.Zero, SimTime.Never);
        return spec with
        {
            LinkFaults = [new LinkFault.Cut(always, one, other), new LinkFault.Cut(always, other, one)],
        };
    }

    private static bool Agree(Watched world, params int[] nodes)
    {
        BlockId[][] chains = [.. nodes.Select(world.Chain)];
        return chains.All(a => chains.All(b => a.Take(b.Length).SequenceEqual(b.Take(a.Length))));
    }
}
