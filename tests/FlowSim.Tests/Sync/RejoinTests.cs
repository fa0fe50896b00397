using System;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Sync;
using NUnit.Framework;

namespace FlowSim.Tests.Sync;

/// <summary>A node that was away catches up within what the limits of synchronisation imply.</summary>
public sealed class RejoinTests
{
    private static readonly SyncConfig Config = SyncConfig.FlowGo;

    private static readonly SimTime Away = SimTime.FromSeconds(20);

    private static readonly NodeSpec Access = new("access-001", Role.Access, 100, 0, "operator");

    [TestCase(60, true)]
    [TestCase(60, false)]
    [TestCase(3_600, true)]
    [TestCase(3_600, false)]
    [TestCase(86_400, true)]
    public void A_node_that_was_down_catches_up_as_fast_as_the_limits_allow(int seconds, bool isConsensus)
    {
        RunSpec spec = Small(seconds + seconds / 20 + 60);
        int node = isConsensus ? 3 : 7;
        SimTime back = Away + SimDuration.FromSeconds(seconds);
        spec = spec with { NodeFaults = [Rejoin.Down(spec, node, Away, back)] };
        var watch = new Rejoin(spec.Nodes.Count) { Watched = node };
        Simulation.Run(spec, [watch]);

        ulong behind = watch.Behind(back);
        SimDuration took = watch.CaughtUp(back, (ulong)Config.Tolerance);
        TestContext.Out.WriteLine($"away {seconds} s: {behind} heights behind, {took.TotalSeconds:F1} s to catch up, "
            + $"{behind / took.TotalSeconds:F0} heights/s");
        double fastest = (double)(Config.MaxRequests * Config.MaxSize) / Config.ScanInterval.TotalSeconds;
        Assert.That(behind, Is.GreaterThan((ulong)seconds * 4 / 5));
        Assert.That(took.TotalSeconds, Is.GreaterThan(behind / fastest - Config.ScanInterval.TotalSeconds));
        // A poll, the blocks at little less than the greatest speed, what the chain grew by, and a last poll.
        Assert.That(took.TotalSeconds, Is.LessThan(1.1 * behind / fastest + 3 * Config.PollInterval.TotalSeconds));
        Assert.That(watch.Head - watch.Heights[node], Is.LessThanOrEqualTo((ulong)Config.Tolerance));
    }

    [Test]
    public void Without_synchronisation_it_never_does()
    {
        RunSpec spec = Small(300) with { Sync = null };
        spec = spec with { NodeFaults = [Rejoin.Down(spec, 3, Away, SimTime.FromSeconds(80))] };
        var watch = new Rejoin(spec.Nodes.Count) { Watched = 3 };
        Simulation.Run(spec, [watch]);
        Assert.That(watch.Head - watch.Heights[3], Is.GreaterThan(200UL));
    }

    /// <summary>The lost view and the next two are led by others than the node that lacks it.</summary>
    [TestCase(3, 2, 3.0)]
    [TestCase(7, 12, 30.0)]
    public void A_lost_block_is_fetched_by_a_participant_at_once_and_by_a_follower_once_it_lags(
        int node, int atLeast, double withinSeconds)
    {
        const ulong LostView = 60;
        RunSpec spec = Small(120);
        SimTime lostAt = SimTime.Never;
        Seams lossy = Seams.Default with
        {
            Schedule = (in Delivery delivery) =>
            {
                if (delivery.To != node || delivery.Message is not Message.Proposal { Block.View.Value: LostView })
                    return delivery.Arrival;
                lostAt = delivery.Arrival;
                return SimTime.Never;
            },
        };
        var watch = new Rejoin(spec.Nodes.Count) { Watched = node };
        bool isTaken = false;
        double recovered = 0;
        ulong worst = 0;
        Simulation.Run(spec, [watch, new Listener(e =>
        {
            if (lostAt != SimTime.Never) worst = Math.Max(worst, watch.Head - watch.Heights[node]);
            if (isTaken || e.Node.Index != node) return;
            if (e.Notice is not Notice.Incorporated { Block.View.Value: LostView }) return;
            isTaken = true;
            recovered = (e.At - lostAt).TotalSeconds;
        })], lossy);
        TestContext.Out.WriteLine($"node {node}: back after {recovered:F1} s, {worst} heights behind at worst");
        Assert.That(isTaken, Is.True);
        Assert.That(recovered, Is.InRange(0, withinSeconds));
        Assert.That(worst, Is.GreaterThanOrEqualTo((ulong)atLeast));
        Assert.That(watch.Head - watch.Heights[node], Is.LessThanOrEqualTo(1UL));
    }

    [Test]
    public void A_minority_behind_a_partition_rejoins_without_signing_twice()
    {
        RunSpec spec = Small(400);
        var minority = new NodeSet(spec.Nodes.Count, [0, 1]);
        var rest = new NodeSet(spec.Nodes.Count, Enumerable.Range(2, spec.Nodes.Count - 2));
        var during = new Window(Away, SimTime.FromSeconds(200));
        spec = spec with
        {
            LinkFaults = [new LinkFault.Cut(during, minority, rest), new LinkFault.Cut(during, rest, minority)],
        };
        var watch = new Rejoin(spec.Nodes.Count);
        Simulation.Run(spec, [watch]);
        Assert.That(watch.Behind(SimTime.FromSeconds(200)), Is.GreaterThan(10UL));
        Assert.That(watch.Head - watch.Heights[0], Is.LessThanOrEqualTo(2UL));
        Assert.That(watch.CaughtUp(SimTime.FromSeconds(200), 2).TotalSeconds, Is.LessThan(60));
    }

    [TestCase(1UL)]
    [TestCase(2UL)]
    [TestCase(3UL)]
    public void Nodes_that_restart_again_and_again_sign_no_view_twice_and_equal_specs_are_equal_runs(ulong seed)
    {
        RunSpec spec = Small(300, seed);
        spec = spec with
        {
            NodeFaults =
            [
                .. Enumerable.Range(0, 40).Select(i => Rejoin.Down(spec, i * 3 % 8,
                    new SimTime(Away.Nanoseconds + i * 6_300_000_000L),
                    new SimTime(Away.Nanoseconds + i * 6_300_000_000L + 1_700_000_000L * (1 + i % 4)))),
            ],
        };
        var watch = new Rejoin(spec.Nodes.Count);
        string once = Simulation.Run(spec, [watch]).Digest;
        Assert.That(Simulation.Run(spec, []).Digest, Is.EqualTo(once));
        Assert.That(watch.Heights, Has.All.GreaterThan(watch.Head - 12));
        Assert.That(watch.Head, Is.GreaterThan(100UL));
    }

    [Test]
    public void An_hour_behind_with_ten_milliseconds_a_block_still_catches_up()
    {
        RunSpec spec = Small(4_000);
        spec = spec with
        {
            Processing = Some.Mainnet().Processing,
            NodeFaults = [Rejoin.Down(spec, 3, Away, SimTime.FromSeconds(3_620))],
        };
        var watch = new Rejoin(spec.Nodes.Count) { Watched = 3 };
        Simulation.Run(spec, [watch]);
        double took = watch.CaughtUp(SimTime.FromSeconds(3_620), 10).TotalSeconds;
        TestContext.Out.WriteLine($"{took:F1} s");
        Assert.That(took, Is.InRange(watch.Behind(SimTime.FromSeconds(3_620)) / 100.0, 120));
    }

    [Test]
    public void A_follower_too_slow_for_the_chain_drops_what_its_queue_does_not_hold()
    {
        RunSpec spec = Small(120);
        var always = new Window(SimTime.Zero, SimTime.Never);
        spec = spec with
        {
            Processing = Some.Mainnet().Processing,
            NodeFaults = [new NodeFault.Slow(always, new NodeSet(spec.Nodes.Count, [7]), 200_000_000)],
        };
        int dropped = 0;
        Simulation.Run(spec, [new Listener(e =>
        {
            if (e.Notice is not Notice.Dropped(var message)) return;
            Assert.That(e.Node, Is.EqualTo(new NodeId(7)));
            Assert.That(message, Is.TypeOf<Message.Proposal>());
            dropped++;
        })]);
        Assert.That(dropped, Is.InRange(20, 150));
    }

    /// <summary>Seven consensus nodes and one that follows, without processing times.</summary>
    private static RunSpec Small(int seconds, ulong seed = 1)
    {
        RunSpec spec = Some.World(7, seed, views: (ulong)(seconds * 1.25));
        return spec with
        {
            Nodes = [.. spec.Nodes, Access],
            Stop = new StopCondition(new View(ulong.MaxValue), SimTime.FromSeconds(seconds)),
        };
    }
}
