using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Liars;

/// <summary>Each liar has the effect that the protocol lets it have.</summary>
public sealed class LiarTests
{
    private static readonly SimDuration Tenth = SimDuration.FromMilliseconds(100);

    [Test]
    public void Withholders_of_less_than_a_third_stop_nothing()
    {
        Watched world = Watched.Run(Watched.World(7, 60, new Liar.VoteWithholder(Watched.Nodes(7, 0, 1))));
        Assert.That(world.Count<Notice.Voted>(0), Is.Zero);
        Assert.That(world.Count<Notice.Voted>(2), Is.GreaterThan(50));
        Assert.That(world.Count<Notice.Finalized>(2), Is.GreaterThan(50));
        Assert.That(world.Of<Notice.TcAssembled>(), Is.Empty);
    }

    /// <summary>Two of four only send timeout objects: no QC, but views go on by TCs.</summary>
    [Test]
    public void Withholders_of_half_the_weight_stop_certificates_but_not_views()
    {
        Watched world = Watched.Run(Watched.World(4, 60, new Liar.VoteWithholder(Watched.Nodes(4, 0, 1))));
        View[] byQc = [.. world.Of<Notice.QcAssembled>().Select(e => e.Notice.Qc.View)];
        View last = world.Of<Notice.EnteredView>().Max(e => e.Notice.View);
        Assert.That(last.Value, Is.GreaterThan(20));
        Assert.That(byQc.Distinct().Count(), Is.LessThan((int)last.Value / 2));
        Assert.That(world.Of<Notice.EnteredView>().Count(e => e.Notice.ByTc), Is.GreaterThan(40));
    }

    [Test]
    public void Withholders_who_are_not_followed_by_votes_finalize_nothing_when_they_never_lead()
    {
        RunSpec spec = Watched.World(4, 60, new Liar.VoteWithholder(Watched.Nodes(4, 0, 1, 2, 3)));
        Watched world = Watched.Run(spec);
        Assert.That(world.Of<Notice.QcAssembled>(), Is.Empty);
        Assert.That(world.Of<Notice.Finalized>(), Is.Empty);
        Assert.That(world.Of<Notice.TcAssembled>().Count(), Is.GreaterThan(40));
    }

    [Test]
    public void Whom_a_selective_sender_does_not_favour_never_has_its_blocks_from_it()
    {
        Watched world = Watched.Run(Watched.World(7, 60,
            new Liar.SelectiveSender(Watched.Nodes(7, 0), Watched.Nodes(7, 1, 2, 3, 4, 5))));
        View first = world.Of<Notice.Published>().First(e => e.Node == 0).Notice.Block.View;
        int[] have = [.. world.Of<Notice.Incorporated>().Where(e => e.Notice.Block.View == first).Select(e => e.Node)];
        Assert.That(have, Is.EquivalentTo(new[] { 0, 1, 2, 3, 4, 5 }));
        Assert.That(world.Count<Notice.Finalized>(1), Is.GreaterThan(50));
    }

    [Test]
    public void Of_a_selective_sender_that_favours_nobody_nothing_is_heard()
    {
        Watched world = Watched.Run(Watched.World(4, 60,
            new Liar.SelectiveSender(Watched.Nodes(4, 0), Watched.Nodes(4))));
        Assert.That(world.Of<Notice.Published>().Any(e => e.Node == 0), Is.True);
        Assert.That(world.Of<Notice.Incorporated>()
            .Where(e => e.Node != 0 && e.Notice.Block.Proposer.Index == 0), Is.Empty);
    }

    /// <remarks>
    /// A leader enters its view one publication delay before the others, so it alone may give up on its own view.
    /// </remarks>
    [Test]
    public void A_late_leader_slows_the_chain_down_and_is_not_timed_out()
    {
        RunSpec honest = Watched.World(7, 60);
        Watched late = Watched.Run(
            honest with { Liars = [new Liar.LateLeader(Watched.Nodes(7, 0, 1, 2, 3, 4, 5, 6), Tenth)] });
        Assert.That(late.Of<Notice.TcAssembled>(), Is.Empty);
        int views = late.Count<Notice.Incorporated>(0);
        Assert.That(views, Is.GreaterThan(55).And.LessThan(Watched.Run(honest).Count<Notice.Incorporated>(0)));
    }

    [Test]
    public void A_leader_that_is_later_than_that_loses_its_views()
    {
        Watched late = Watched.Run(Watched.World(7, 60,
            new Liar.LateLeader(Watched.Nodes(7, 0), SimDuration.FromMilliseconds(-50))));
        Assert.That(late.Of<Notice.TcAssembled>(), Is.Not.Empty);
    }

    /// <summary>
    /// Its timeout objects show the QC that it assembles as next leader, so the others enter its view early and give
    /// up before the block after it; but that block's QC exists, so no view is without a block.
    /// </summary>
    [Test]
    public void A_single_spammer_costs_no_view_however_often_it_repeats_itself()
    {
        Watched world = Watched.Run(Watched.World(4, 60, new Liar.TimeoutSpammer(Watched.Nodes(4, 3), Tenth)));
        Assert.That(world.Count<Notice.TimedOut>(3), Is.GreaterThan(400));
        Assert.That(world.Of<Notice.TimedOut>().Where(e => e.Node == 3).Max(e => e.Notice.Timeout.Tick),
            Is.GreaterThan(3));
        View last = world.Of<Notice.Finalized>().Max(e => e.Notice.Block.View);
        Assert.That(world.Of<Notice.Rejected>(), Is.Empty);
        Assert.That(last.Value, Is.GreaterThan(50));
        Assert.That(world.Count<Notice.Finalized>(0), Is.GreaterThanOrEqualTo((int)last.Value - 1));
    }

    [Test]
    public void Spammers_of_more_than_a_third_make_everyone_join_them()
    {
        Watched world = Watched.Run(Watched.World(4, 20, new Liar.TimeoutSpammer(Watched.Nodes(4, 2, 3), Tenth)));
        var joined = world.Of<Notice.TimedOut>().Where(e => e.Node == 0).ToArray();
        Assert.That(joined, Has.Length.GreaterThan(50));
        Assert.That(world.Of<Notice.EnteredView>().Count(e => e.Node == 0 && e.Notice.ByTc), Is.GreaterThan(50));
        Assert.That(joined[0].At.TotalSeconds, Is.LessThan(0.1), "long before its own timer");
        Assert.That(world.Of<Notice.Rejected>(), Is.Empty);
    }

    [Test]
    public void A_liar_that_starts_again_lies_again()
    {
        RunSpec spec = Watched.World(7, 60, new Liar.VoteWithholder(Watched.Nodes(7, 0)));
        Watched world = Watched.Run(spec with
        {
            NodeFaults = [new NodeFault.Crash(
                new Window(SimTime.FromSeconds(10), SimTime.FromSeconds(10) + Tenth), Watched.Nodes(7, 0))],
        });
        Assert.That(world.Of<Notice.Started>().Count(e => e is { Node: 0, Notice.IsRestart: true }), Is.EqualTo(1));
        Assert.That(world.Count<Notice.Voted>(0), Is.Zero);
    }
}
