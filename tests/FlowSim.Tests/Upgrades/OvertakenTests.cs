using System;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Tests.Pipeline;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Orders that come when a newer one has been carried out. Restarts take ten seconds.</summary>
public sealed class OvertakenTests
{
    private static readonly NodeSet One = SomeUpgrade.Only(8);

    [Test]
    public void A_laggard_is_not_taken_back_by_the_earlier_of_two_rollouts() => Assert.That(
        Restarts(Rolled(1, from: 100, after: 300), Rolled(2, from: 200, after: 0)), Is.EqualTo("210: 2"));

    [Test]
    public void In_order_both_are_carried_out() => Assert.That(
        Restarts(Rolled(1, from: 100, after: 50), Rolled(2, from: 200, after: 50)), Is.EqualTo("160: 1, 260: 2"));

    [Test]
    public void A_later_rollout_may_go_back() => Assert.That(
        Restarts(Rolled(2, from: 100, after: 0), Rolled(1, from: 200, after: 0)), Is.EqualTo("110: 2, 210: 1"));

    [Test]
    public void An_act_may_go_back() => Assert.That(
        Restarts(SomeUpgrade.Spec with
        {
            Rollouts = [Rolled(2, from: 200, after: 0)],
            Acts = [new OperatorAct.Swap(One, SimTime.FromSeconds(400), 1)],
        }), Is.EqualTo("210: 2, 410: 1"));

    [Test]
    public void Nor_is_it_once_the_newer_image_is_staged() => Assert.That(
        Restarts(Rolled(1, from: 100, after: 300),
            Rolled(2, from: 200, after: 300) with { Lead = SimDuration.FromSeconds(250) }), Is.EqualTo("510: 2"));

    [Test]
    public void Nor_is_the_older_image_staged() => Assert.That(
        Restarts(SomeUpgrade.Spec with
        {
            Rollouts = [Rolled(1, from: 100, after: 300) with { Restarts = false }, Rolled(2, from: 200, after: 0)],
            Acts = [new OperatorAct.Crash(One, SimTime.FromSeconds(500))],
        }), Is.EqualTo("210: 2, 510: 2"));

    [Test]
    public void A_release_that_was_taken_overtakes_a_rollout_of_before() => Assert.That(
        Restarts(SomeUpgrade.Spec with
        {
            Releases = [new Release(SimTime.FromSeconds(60), 2)],
            Rollouts = [Rolled(1, from: 50, after: 450)],
        }, outdatedAt: 100), Is.EqualTo("400: 2"));

    /// <summary>The operator takes 300 s to come, and finds a newer image there.</summary>
    [Test]
    public void A_rollout_that_was_followed_overtakes_a_release_of_before() => Assert.That(
        Restarts(SomeUpgrade.Spec with
        {
            Releases = [new Release(SimTime.FromSeconds(60), 1)],
            Rollouts = [Rolled(2, from: 200, after: 0) with { Restarts = false }],
        }, outdatedAt: 100), Is.EqualTo("400: 2"));

    private static Rollout Rolled(int image, long from, long after) => new(image, One, SimTime.FromSeconds(from))
    {
        Pace = new Pace.Habits([new Habit(1_000_000, Quantiles.Constant(after * SimDuration.NanosecondsPerSecond))]),
    };

    private static string Restarts(params Rollout[] rollouts) =>
        Restarts(SomeUpgrade.Spec with { Rollouts = rollouts });

    /// <summary>When the node starts again and with which image, as <c>210: 2</c>.</summary>
    private static string Restarts(UpgradeSpec spec, long? outdatedAt = null)
    {
        var run = new Operated(spec, SomeChain.Nodes);
        if (outdatedAt is { } at) run.Ending(SimTime.FromSeconds(at), 8, StopCause.Outdated);
        run.Until(SimTime.FromSeconds(10_000));
        return string.Join(", ",
            run.Starts.Skip(SomeChain.Nodes.Length)
                .Select(start => FormattableString.Invariant($"{start.At.TotalSeconds}: {start.Image}")));
    }
}
