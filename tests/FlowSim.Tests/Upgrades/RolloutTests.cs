using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Tests.Pipeline;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Who changes when, by each kind of rollout.</summary>
public sealed class RolloutTests
{
    private static readonly SimDuration Minute = SimDuration.FromSeconds(60);

    [Test]
    public void All_at_once_takes_everybody_down_at_one_instant()
    {
        Operated run = Run(SomeUpgrade.Rollout());
        Assert.That(run.Stops.Select(s => (s.At, s.Cause)),
            Has.Exactly(20).EqualTo((SimTime.FromSeconds(100), StopCause.Plan)));
        Assert.That(run.Starts.Skip(20).Select(s => (s.At, s.Image)),
            Has.Exactly(20).EqualTo((SimTime.FromSeconds(110), 1)));
    }

    [Test]
    public void Within_a_window_each_has_a_time_of_its_own()
    {
        Operated run = Run(SomeUpgrade.Rollout() with { Pace = new Pace.Window(Minute) });
        Assert.That(run.Stops.Select(s => s.At.TotalSeconds), Is.Ordered.And.Unique.And.All.InRange(100, 160));
        Assert.That(run.Stops.Average(s => s.At.TotalSeconds), Is.EqualTo(130).Within(15), "20 uniform draws");
    }

    [Test]
    public void Canaries_go_first_then_shares_of_each_role()
    {
        Operated run = Run(SomeUpgrade.Rollout(new Wave.Canaries(1, Minute), new Wave.Share(250_000, Minute),
            new Wave.Rest(Minute)));
        Assert.That(Times(run).Select(wave => (wave.Key, wave.Count())),
            Is.EqualTo(new[] { (100.0, 5), (170.0, 1), (240.0, 14) }),
            "a share counts the canaries in: of 6 verifiers 2 are due, of 2 access nodes half, of 4 one");
        Assert.That(Times(run).First().Select(s => SomeChain.Nodes[s.Node].Role), Is.Unique);
        Assert.That(run.Reviews.Select(r => (r.Wave, r.GoesOn)),
            Is.EqualTo(new[] { (0, true), (1, true), (2, true) }));
    }

    [Test]
    public void Shares_add_up_and_who_is_in_none_never_changes()
    {
        NodeSpec[] nodes = Population(100);
        var plan = Plan(nodes, SomeUpgrade.Rollout(new Wave.Share(250_000, Minute), new Wave.Share(300_000, Minute),
            new Wave.Share(100_000, Minute)) with { Nodes = All(nodes) });
        Assert.That(Enumerable.Range(0, plan.Waves).Select(wave => plan.Wave(wave).Count),
            Is.EqualTo(new[] { 25, 30, 10 }));
    }

    [Test]
    public void Roles_go_in_the_order_given_and_those_not_named_never()
    {
        Operated run = Run(SomeUpgrade.Rollout(new Wave.OfRole(Role.Access, Minute),
            new Wave.OfRole(Role.Verification, Minute)));
        Assert.That(Times(run).Select(wave => (wave.Key,
            string.Join(' ', wave.Select(s => SomeChain.Nodes[s.Node].Role).Distinct()), wave.Count())),
            Is.EqualTo(new[] { (100.0, "Access", 2), (170.0, "Verification", 6) }));
    }

    [Test]
    public void An_operator_takes_all_own_nodes_down_at_once()
    {
        NodeSpec[] nodes = [.. SomeChain.Nodes.Select((node, i) => node with { Operator = $"operator-{i % 3}" })];
        var run = new Operated(With(SomeUpgrade.Rollout() with
        {
            IsByOperator = true, Pace = new Pace.Window(Minute),
        }), nodes);
        run.Until(SimTime.FromSeconds(1_000));
        Assert.That(Times(run).Select(wave => wave.Select(s => s.Node % 3).Distinct().Single()).ToArray(),
            Is.Unique.And.Length.EqualTo(3));
    }

    [Test]
    public void Habits_say_how_fast_which_share_is_and_who_has_none_never_changes()
    {
        NodeSpec[] nodes = Population(2_000);
        var plan = Plan(nodes, SomeUpgrade.Rollout() with
        {
            Nodes = All(nodes),
            Pace = new Pace.Habits(
                [new Habit(500_000, Quantiles.Constant(1)), new Habit(300_000, Quantiles.Constant(2))]),
        });
        Assert.That(plan.Wave(0).Count(s => s.After.Nanoseconds == 1), Is.EqualTo(1_000).Within(100));
        Assert.That(plan.Wave(0).Count(s => s.After.Nanoseconds == 2), Is.EqualTo(600).Within(100));
        Assert.That(plan.Wave(0).Count, Is.EqualTo(1_600).Within(100));
    }

    [Test]
    public void Some_never_change_and_some_take_the_wrong_image()
    {
        NodeSpec[] nodes = Population(2_000);
        var plan = Plan(nodes, SomeUpgrade.Rollout() with
        {
            Nodes = All(nodes), NeverPerMillion = 200_000, WrongPerMillion = 500_000, WrongImage = 2,
        });
        Assert.That(plan.Wave(0).Count, Is.EqualTo(1_600).Within(100));
        Assert.That(plan.Wave(0).Count(s => s.Image == 2), Is.EqualTo(800).Within(100));
    }

    [Test]
    public void Another_node_changes_nobodys_time_downtime_or_mistake() => Gen.Select(Gen.ULong, Gen.Int[2, 40])
        .Sample((seed, count) =>
        {
            Rollout rollout = SomeUpgrade.Rollout() with
            {
                Pace = new Pace.Window(Minute), NeverPerMillion = 300_000, WrongPerMillion = 300_000,
            };
            NodeSpec[] more = Population(count + 1);
            NodeSpec[] fewer = more[..^1];
            var before = Plan(fewer, rollout with { Nodes = All(fewer) }, seed).Wave(0);
            var after = Plan(more, rollout with { Nodes = All(more) }, seed).Wave(0);
            return after.Where(s => s.Node < count).SequenceEqual(before);
        }, iter: 100);

    [Test]
    public void Another_node_moves_one_other_at_most_over_a_waves_edge() => Gen.Select(Gen.ULong, Gen.Int[2, 40])
        .Sample((seed, count) =>
        {
            Rollout rollout = SomeUpgrade.Rollout(new Wave.Share(300_000, Minute), new Wave.Rest(Minute));
            NodeSpec[] more = Population(count + 1);
            NodeSpec[] fewer = more[..^1];
            var before = Plan(fewer, rollout with { Nodes = All(fewer) }, seed).Wave(0).Select(s => s.Node).ToHashSet();
            var after = Plan(more, rollout with { Nodes = All(more) }, seed).Wave(0).Select(s => s.Node);
            before.SymmetricExceptWith(after.Where(node => node < count));
            return before.Count <= 1;
        }, iter: 100);

    [Test]
    public void No_more_weight_of_a_role_is_down_than_allowed_and_no_restart_comes_before_its_time() =>
        (from seed in Gen.ULong
         from weights in Gen.ULong[1, 10].Array[1, 30]
         from limit in Gen.Long[100_000, 1_000_000]
         let nodes = Population(weights)
         let total = weights.Aggregate(0UL, (sum, weight) => sum + weight)
         where weights.All(weight => weight * 1_000_000 <= total * (ulong)limit)
         select (seed, nodes, total, limit)).Sample(world =>
        {
            Rollout rollout = SomeUpgrade.Rollout() with { Pace = new Pace.Window(Minute), Nodes = All(world.nodes) };
            var free = Plan(world.nodes, rollout, world.seed).Wave(0).ToDictionary(s => s.Node);
            var kept = Plan(world.nodes, rollout with { MaxOfflinePerMillion = world.limit }, world.seed).Wave(0);
            bool isKept = kept.All(s => (UInt128)1_000_000 * Down(kept, world.nodes, s.After)
                <= (UInt128)world.total * (UInt128)world.limit);
            return isKept && kept.Count == free.Count && kept.All(s => s.After >= free[s.Node].After)
                && (world.limit < 1_000_000 || kept.All(s => s.After == free[s.Node].After));
        }, iter: 200);

    [Test]
    public void A_limit_below_one_nodes_weight_is_refused()
    {
        NodeSpec[] nodes = Population(4);
        Assert.That(() => Plan(nodes, SomeUpgrade.Rollout() with
        {
            Nodes = All(nodes), MaxOfflinePerMillion = 249_999,
        }), Throws.ArgumentException);
    }

    [Test]
    public void A_seed_decides_everything_and_another_one_otherwise()
    {
        Rollout rollout = SomeUpgrade.Rollout() with { Pace = new Pace.Window(Minute) };
        var first = Run(rollout).Stops;
        Assert.That(Run(rollout).Stops, Is.EqualTo(first));
        Assert.That(SomeUpgrade.Run(With(rollout), seed: 2).Stops, Is.Not.EqualTo(first));
    }

    private static ulong Down(IReadOnlyList<PlannedSwap> swaps, NodeSpec[] nodes, SimDuration at) => swaps
        .Where(s => s.After <= at && at < s.Back).Aggregate(0UL, (sum, s) => sum + nodes[s.Node].Weight);

    private static UpgradeSpec With(Rollout rollout) => SomeUpgrade.Spec with { Rollouts = [rollout] };

    private static Operated Run(Rollout rollout) => SomeUpgrade.Run(With(rollout));

    private static RolloutPlan Plan(NodeSpec[] nodes, Rollout rollout, ulong seed = 1) =>
        new(rollout, "new", nodes, OperatorSpec.Assumed, new Luck(seed));

    private static NodeSpec[] Population(int count) => Population([.. Enumerable.Repeat(100UL, count)]);

    private static NodeSpec[] Population(ulong[] weights) => [.. weights.Select((weight, i) =>
        new NodeSpec($"consensus-{i}", Role.Consensus, weight, 0, $"operator-{i}"))];

    private static NodeSet All(NodeSpec[] nodes) => new(nodes.Length, Enumerable.Range(0, nodes.Length));

    private static IEnumerable<IGrouping<double, (SimTime At, int Node, StopCause Cause)>> Times(Operated run) =>
        run.Stops.GroupBy(s => s.At.TotalSeconds);
}
