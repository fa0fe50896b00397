using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Tests.Pipeline;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>What operators do about ends, accidents and each other's plans. Restarts take ten seconds.</summary>
public sealed class OperationsTests
{
    private static readonly SimDuration Minute = SimDuration.FromSeconds(60);

    [TestCase(139, false)]
    [TestCase(171, true)]
    public void A_gate_stops_the_waves_if_a_changed_node_ends_by_itself_before_the_soak_is_over(
        long endsAt, bool goesOn)
    {
        Rollout rollout = SomeUpgrade.Rollout(new Wave.Canaries(1, Minute), new Wave.Rest(Minute));
        Operated run = Begin(SomeUpgrade.Spec with { Rollouts = [rollout with { IsGated = true }] });
        int canary = FirstOf(rollout);
        run.Ending(SimTime.FromSeconds(endsAt), canary, StopCause.Failure).Until(SimTime.FromSeconds(10_000));
        Assert.That(run.Reviews[0].GoesOn, Is.EqualTo(goesOn));
        Assert.That(run.Starts.Select(s => s.Node).Skip(20).Distinct().Count(), Is.EqualTo(goesOn ? 20 : 5));
    }

    [Test]
    public void Without_a_gate_nothing_stops_the_waves_and_a_gate_heeds_changed_nodes_only()
    {
        Rollout rollout = SomeUpgrade.Rollout(new Wave.Canaries(1, Minute), new Wave.Rest(Minute));
        int canary = FirstOf(rollout);
        Operated open = Begin(SomeUpgrade.Spec with { Rollouts = [rollout] })
            .Ending(SimTime.FromSeconds(139), canary, StopCause.Failure).Until(SimTime.FromSeconds(10_000));
        int other = Enumerable.Range(0, 4).First(node => node != canary);
        Operated gated = Begin(SomeUpgrade.Spec with { Rollouts = [rollout with { IsGated = true }] })
            .Ending(SimTime.FromSeconds(139), other, StopCause.Failure).Until(SimTime.FromSeconds(10_000));
        Assert.That(open.Reviews.Concat(gated.Reviews).Select(r => r.GoesOn), Has.Exactly(4).True);
    }

    [TestCase(100, 1)]
    [TestCase(950, 2, Description = "past the one between")]
    public void A_node_that_is_too_old_gets_the_newest_release_after_a_delay(long endsAt, int image)
    {
        Operated run = Begin(SomeUpgrade.Spec with
        {
            Releases = [new Release(SimTime.FromSeconds(10), 1), new Release(SimTime.FromSeconds(900), 2)],
        });
        run.Ending(SimTime.FromSeconds(endsAt), 8, StopCause.Outdated).Until(SimTime.FromSeconds(5_000));
        Assert.That(run.Starts.Skip(20), Is.EqualTo(new[] { (SimTime.FromSeconds(endsAt + 300), 8, image) }));
    }

    [Test]
    public void If_it_is_on_disk_already_or_nothing_came_out_the_node_starts_with_what_it_has()
    {
        UpgradeSpec spec = SomeUpgrade.Spec with
        {
            Releases = [new Release(SimTime.FromSeconds(10), 1)],
            Acts = [new OperatorAct.Stage(SomeUpgrade.Only(8), SimTime.FromSeconds(50), 1)],
        };
        Operated staged = Begin(spec).Ending(SimTime.FromSeconds(100), 8, StopCause.Outdated)
            .Until(SimTime.FromSeconds(5_000));
        Assert.That(staged.Starts.Skip(20), Is.EqualTo(new[] { (SimTime.FromSeconds(110), 8, 1) }));
        Operated none = Begin(SomeUpgrade.Spec).Ending(SimTime.FromSeconds(100), 8, StopCause.Outdated)
            .Until(SimTime.FromSeconds(5_000));
        Assert.That(none.Starts.Skip(20), Is.EqualTo(new[] { (SimTime.FromSeconds(110), 8, 0) }));
    }

    [Test]
    public void An_operator_who_sleeps_does_so_for_all_own_nodes()
    {
        NodeSpec[] nodes = [.. Enumerable.Range(0, 200).Select(i =>
            new NodeSpec($"execution-{i}", Role.Execution, 100, 0, $"operator-{i / 2}"))];
        var run = new Operated(SomeUpgrade.Spec with
        {
            Releases = [new Release(SimTime.Zero, 1)],
            Operators = SomeUpgrade.Spec.Operators with
            {
                AsleepPerMillion = 300_000, Asleep = Quantiles.Constant(3_600 * SimDuration.NanosecondsPerSecond),
            },
        }, nodes);
        for (int node = 0; node < 200; node++) run.Ending(SimTime.FromSeconds(100), node, StopCause.Outdated);
        run.Until(SimTime.FromSeconds(5_000));
        var late = run.Starts.Where(s => s.At == SimTime.FromSeconds(4_000)).Select(s => s.Node).ToHashSet();
        Assert.That(run.Starts.Count(s => s.At == SimTime.FromSeconds(400)), Is.EqualTo(200 - late.Count));
        Assert.That(late, Has.Count.InRange(30, 90).And.All.Matches<int>(node => late.Contains(node ^ 1)));
    }

    [TestCase(true, 21)]
    [TestCase(false, 20)]
    public void A_failed_node_starts_again_if_somebody_sees_to_it(bool restarts, int starts)
    {
        Operated run = Begin(SomeUpgrade.Spec with
        {
            Operators = SomeUpgrade.Spec.Operators with { RestartsAfterFailure = restarts },
        });
        run.Ending(SimTime.FromSeconds(100), 8, StopCause.Failure).Until(SimTime.FromSeconds(5_000));
        Assert.That(run.Starts, Has.Count.EqualTo(starts));
    }

    [Test]
    public void An_accident_before_the_restart_brings_a_staged_image_up_early()
    {
        Operated run = SomeUpgrade.Run(SomeUpgrade.Spec with
        {
            Rollouts = [SomeUpgrade.Rollout() with { Nodes = SomeUpgrade.Only(8, 9), Lead = Minute }],
            Acts = [new OperatorAct.Crash(SomeUpgrade.Only(9), SimTime.FromSeconds(60))],
        });
        Assert.That(run.Starts.Skip(20), Is.EqualTo(new[]
        {
            (SimTime.FromSeconds(70), 9, 1), (SimTime.FromSeconds(110), 8, 1), (SimTime.FromSeconds(110), 9, 1),
        }));
    }

    [Test]
    public void A_rollout_that_only_stages_stops_nobody()
    {
        Operated run = SomeUpgrade.Run(SomeUpgrade.Spec with
        {
            Rollouts = [SomeUpgrade.Rollout() with { Restarts = false }],
        });
        Assert.That(run.Stops, Is.Empty);
        Assert.That(Enumerable.Range(0, 20).Select(run.Installations.OnDisk), Is.All.EqualTo(1));
    }

    [Test]
    public void What_is_planned_takes_the_place_of_a_start_meant_before()
    {
        Operated run = SomeUpgrade.Run(SomeUpgrade.Spec with
        {
            Acts =
            [
                new OperatorAct.Crash(SomeUpgrade.Only(8), SimTime.FromSeconds(95)),
                new OperatorAct.Swap(SomeUpgrade.Only(8), SimTime.FromSeconds(100), 1),
            ],
        });
        Assert.That(run.Starts.Skip(20), Is.EqualTo(new[] { (SimTime.FromSeconds(110), 8, 1) }));
    }

    /// <summary>4 nodes for 100,000 seconds, one accident in a thousand each: 400 ± 80.</summary>
    [Test]
    public void Accidents_are_a_Poisson_process_of_each_node_whatever_else_happens()
    {
        UpgradeSpec spec = SomeUpgrade.Spec with
        {
            Operators = SomeUpgrade.Spec.Operators with
            {
                Crashes = [new CrashRate(Role.Execution, SimDuration.FromSeconds(1_000))],
            },
        };
        Operated run = SomeUpgrade.Run(spec);
        var crashes = run.Stops.Where(s => s.Cause == StopCause.Crash).ToList();
        Assert.That(crashes, Has.Count.EqualTo(400).Within(80));
        Assert.That(crashes.Select(s => SomeChain.Nodes[s.Node].Role), Is.All.EqualTo(Role.Execution));
        Operated busy = SomeUpgrade.Run(spec with { Rollouts = [SomeUpgrade.Rollout()] });
        Assert.That(crashes.Select(c => (c.At, c.Node)).Except(busy.Stops.Select(c => (c.At, c.Node))).Count(),
            Is.LessThanOrEqualTo(2), "but for those who are down when it happens");
    }

    private static Operated Begin(UpgradeSpec spec) => new(spec, SomeChain.Nodes);

    /// <summary>The canary among the consensus nodes.</summary>
    private static int FirstOf(Rollout rollout) => new RolloutPlan(rollout, "new", SomeChain.Nodes,
        SomeUpgrade.Spec.Operators, new Luck(1)).Wave(0).Select(s => s.Node).Min();
}
