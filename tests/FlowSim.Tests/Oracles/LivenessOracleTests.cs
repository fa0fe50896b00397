using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>Each oracle about liveness ends a run with the bug that it is there for.</summary>
public sealed class LivenessOracleTests
{
    private static readonly RunSpec OneDown = Some.World(7, views: 300) with
    {
        NodeFaults = [new NodeFault.Crash(SilenceTests.From(10), SilenceTests.Of(7, 2))],
    };

    /// <summary>A block tree in which nothing ever becomes final.</summary>
    private static readonly Seams NeverFinal = Plant.Saying(notice => notice is Notice.Finalized ? [] : [notice]);

    [Test]
    public void L1_is_broken_by_replicas_to_which_nothing_is_final() =>
        Assert.That(Watched.Break("L1", Some.World(4, views: 300), NeverFinal), Does.Contain("nothing became final"));

    [Test]
    public void L2_is_broken_by_replicas_that_give_up_early() =>
        Assert.That(Watched.Break("L2", OneDown, Plant.Everywhere((now, effect, into) =>
        {
            if (effect.Kind == EffectKind.SetTimer) into.SetTimer(effect.At - SimDuration.FromMilliseconds(1));
            else into.Add(effect);
        })), Does.Contain("its timeout is at"));

    [Test]
    public void L2_is_broken_by_replicas_that_give_up_late() =>
        Assert.That(Watched.Break("L2", OneDown, Plant.Everywhere((now, effect, into) =>
        {
            if (effect.Kind == EffectKind.SetTimer) into.SetTimer(effect.At + SimDuration.FromMilliseconds(1));
            else into.Add(effect);
        })), Does.Contain("its timeout was at"));

    [Test]
    public void L3_is_broken_by_a_timeout_outside_the_limits() =>
        Assert.That(Watched.Break("L3", OneDown, Plant.Starting(start => start with
        {
            Pacemaker = start.Pacemaker with { MinTimeout = SimDuration.FromMilliseconds(1044) },
        })), Does.Contain("the limits are"));

    [Test]
    public void L3_is_broken_by_timeouts_that_grow_too_soon() =>
        Assert.That(Watched.Break("L3", OneDown, Plant.Starting(start => start with
        {
            Pacemaker = start.Pacemaker with { HappyPathMaxRoundFailures = 0 },
        })), Does.Contain("failed rounds"));

    [Test]
    public void L4_is_broken_by_a_thousand_views_without_finality() =>
        Assert.That(Watched.Break("L4", Some.World(4, views: 1100), NeverFinal), Does.Contain("view 1001"));

    [Test]
    public void L5_is_broken_by_replicas_that_never_give_up() =>
        Assert.That(Watched.Break("L5", OneDown,
            Plant.Everywhere((_, effect, into) => into.Add(effect), input => input.Kind != InputKind.TimerFired)),
            Does.Contain("a quorum is fit"));

    [Test]
    public void L6_is_broken_by_a_node_that_stops_taking_proposals()
    {
        Seams planted = Seams.Default with
        {
            Participant = start => start.Self.Index != 3 ? new Replica(start)
                : new Planted(new Replica(start), (_, effect, into) => into.Add(effect),
                    input => input.Payload is not Message.Proposal { Block.View.Value: > 50 }),
        };
        Assert.That(Watched.Break("L6", Some.World(7, views: 400), planted), Does.Contain("consensus-004"));
    }
}
