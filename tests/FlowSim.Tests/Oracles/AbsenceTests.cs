using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Oracles;
using FlowSim.Sync;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>Liveness is owed by those too who were away, once synchronisation may have brought them back.</summary>
public sealed class AbsenceTests
{
    private const int Nodes = 8;
    private const int Access = 7;

    /// <summary>The longest view and absence in these worlds are a matter of seconds.</summary>
    internal static readonly PacemakerConfig Brisk = PacemakerConfig.ConsensusDefault with
    {
        MaxTimeout = SimDuration.FromSeconds(3), MaxRebroadcastInterval = SimDuration.FromSeconds(1),
    };

    /// <summary>A tenth of flow-go's intervals.</summary>
    internal static readonly SyncConfig BriskSync = SyncConfig.FlowGo with
    {
        ScanInterval = SimDuration.FromMilliseconds(200), PollInterval = SimDuration.FromMilliseconds(800),
        RetryInterval = SimDuration.FromMilliseconds(400),
    };

    /// <summary>Nobody heard everything: all are down in turn, the first always.</summary>
    private static readonly RunSpec AllAway = World(200) with
    {
        NodeFaults =
        [
            new NodeFault.Crash(SilenceTests.From(0), SilenceTests.Of(Nodes, 0)),
            .. Enumerable.Range(1, 7).Select(i =>
                new NodeFault.Crash(SilenceTests.During(8 + 3 * i, 10 + 3 * i), SilenceTests.Of(Nodes, i))),
        ],
    };

    /// <summary>The same without a follower, which no seam can give a bug, for long.</summary>
    private static readonly RunSpec ParticipantsAway = AllAway with
    {
        Nodes = Some.Nodes(7),
        NodeFaults = [.. AllAway.NodeFaults.Take(7).Select(fault =>
            new NodeFault.Crash(fault.During, SilenceTests.Of(7, fault.Nodes.Members.ToArray())))],
        Stop = Until(3_000),
    };

    /// <summary>One participant and the follower are down for long; the others are a quorum all the time.</summary>
    private static readonly RunSpec TwoAway = World(300) with
    {
        NodeFaults = [new NodeFault.Crash(SilenceTests.During(10, 60), SilenceTests.Of(Nodes, 3, Access))],
    };

    /// <summary>A block tree in which nothing ever becomes final.</summary>
    private static readonly Seams NeverFinal = Plant.Saying(notice => notice is Notice.Finalized ? [] : [notice]);

    [Test]
    public void Without_those_who_were_away_nothing_would_be_owed_here()
    {
        Calm calm = CalmOf(AllAway);
        Assert.That(calm.OwedFrom, Is.EqualTo(calm.BackFrom).And.GreaterThan(calm.From));
        Assert.That(CalmOf(AllAway with { Sync = null }).IsLivenessOwed, Is.False);
        Assert.That(CalmOf(TwoAway).OwedFrom, Is.EqualTo(CalmOf(TwoAway).From));
    }

    /// <summary>The terms of the bound, for flow-go's limits, a ten-minute crash and free checks.</summary>
    [Test]
    public void The_bound_is_the_sum_of_its_terms()
    {
        RunSpec spec = Some.World(7) with
        {
            NodeFaults = [new NodeFault.Crash(SilenceTests.During(100, 700), SilenceTests.Of(7, 3))],
        };
        double view = 2 * (60 + 5 + 2 * 0.02);
        double attempts = 5 * 8 + (4 + 8 + 16 + 32 + 64 + 128 + 4);
        double perHeight = 2 * 0.125 * (2.0 / 192) / (0.125 - 2.0 / 192);
        CatchUp one = CalmOf(spec).CatchUp!;
        Assert.That(one.Fixed.TotalSeconds, Is.EqualTo(view + attempts).Within(1e-6));
        Assert.That(one.PerHeight.TotalSeconds, Is.EqualTo(perHeight).Within(1e-6));
        Assert.That(one.MostHeights, Is.EqualTo(600 / 0.125));
        Assert.That(one.Longest(750).TotalSeconds, Is.EqualTo(view + attempts + 750 * perHeight).Within(1e-3));
        RunSpec most = spec with
        {
            NodeFaults = [new NodeFault.Crash(SilenceTests.During(100, 700), SilenceTests.Of(7, 1, 2, 3))],
        };
        double blocks = double.Floor(600 / 1.045 + 2) * (2 + 2 * 0.02);
        Assert.That(CalmOf(most).CatchUp!.Fixed.TotalSeconds, Is.EqualTo(view + attempts + blocks).Within(1e-6));
    }

    [Test]
    public void Nothing_is_owed_where_checks_are_too_slow_to_catch_up() =>
        Assert.That(CalmOf(AllAway with
        {
            Processing = Some.FreeProcessing with { ValidateProposal = Quantiles.Constant(130_000_000) },
        }).IsLivenessOwed, Is.False);

    [Test]
    public void L1_holds_those_who_were_away() =>
        Assert.That(Watched.Break("L1", ParticipantsAway, NeverFinal), Does.Contain("nothing became final"));

    [Test]
    public void L4_holds_those_who_were_away() =>
        Assert.That(Watched.Break("L4", ParticipantsAway, NeverFinal), Does.Contain("the gap may be"));

    [Test]
    public void L5_holds_those_who_were_away() =>
        Assert.That(Watched.Break("L5", AllAway,
            Plant.Everywhere((_, effect, into) => into.Add(effect), input => input.Kind != InputKind.TimerFired)),
            Does.Contain("a quorum is fit"));

    [Test]
    public void L6_holds_a_participant_that_never_asks_for_blocks_after_its_restart()
    {
        Seams planted = Seams.Default with
        {
            Participant = start => start.Self.Index != 3 ? new Replica(start)
                : new Planted(new Replica(start), (_, effect, into) =>
                {
                    if (effect.Payload is not (Message.SyncRequest or Message.RangeRequest or Message.BatchRequest))
                        into.Add(effect);
                }),
        };
        Assert.That(Watched.Break("L6", TwoAway, planted), Does.Contain("consensus-004"));
    }

    [Test]
    public void L6_holds_a_follower_to_which_nobody_sends_blocks_after_its_restart() =>
        Assert.That(Watched.Break("L6", TwoAway, Plant.Everywhere((_, effect, into) =>
        {
            if (effect.Payload is not Message.BlockResponse || effect.To.Index != Access) into.Add(effect);
        })), Does.Contain("access-001"));

    [Test]
    public void The_same_worlds_without_a_bug_are_judged_and_pass()
    {
        Assert.That(JudgedIn(AllAway), Is.GreaterThan(0));
        Assert.That(JudgedIn(TwoAway), Is.GreaterThan(0));
    }

    /// <summary>A follower cut off for a moment lacks a block and asks only when it is far behind.</summary>
    [Test]
    public void A_follower_may_stay_behind_within_the_tolerance() => Assert.That(JudgedIn(World(300) with
    {
        LinkFaults = [new LinkFault.Cut(SilenceTests.During(20, 22),
            SilenceTests.Of(Nodes, 0, 1, 2, 3, 4, 5, 6), SilenceTests.Of(Nodes, Access))],
    }), Is.GreaterThan(0));

    /// <summary>Runs under all oracles and says how often somebody who was away was held to finality.</summary>
    private static int JudgedIn(RunSpec spec)
    {
        var cast = new Cast(spec);
        var laggards = new LaggardsCatchUp(cast, new Calm(cast));
        Simulation.Run(spec, [new Panel(cast, [laggards]), .. OracleCatalogue.All(spec)]);
        return laggards.JudgedAfterAbsence;
    }

    private static Calm CalmOf(RunSpec spec) => new(new Cast(spec));

    /// <summary>Seven participants and a follower.</summary>
    private static RunSpec World(int seconds)
    {
        RunSpec spec = Some.World(7, views: 5_000);
        return spec with
        {
            Nodes = [.. spec.Nodes, new NodeSpec("access-001", Role.Access, 100, 0, "operator")],
            Pacemaker = Brisk, Sync = BriskSync, Stop = Until(seconds),
        };
    }

    private static StopCondition Until(int seconds) => new(new View(4_000), SimTime.FromSeconds(seconds));
}
