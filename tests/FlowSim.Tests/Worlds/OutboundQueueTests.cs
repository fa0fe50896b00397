using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Network;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>What a node sends waits in queues of flow-go's sizes for its uplink, or is dropped.</summary>
public sealed class OutboundQueueTests
{
    private static readonly SimTime Now = SimTime.FromSeconds(10);
    private static readonly SimTime Later = SimTime.FromSeconds(20);
    private static readonly QuorumCertificate RootQc = Block.Root(new View(0)).Qc;

    [TestCase("proposal", 3)]
    [TestCase("vote", 20)]
    [TestCase("timeout object", 3)]
    public void So_many_wait_and_the_next_is_dropped_until_the_first_begins_to_leave(string kind, int capacity)
    {
        var queues = new OutboundQueues(2);
        for (ulong view = 1; view <= (ulong)capacity; view++)
        {
            SimTime begin = view == 1 ? Later : SimTime.FromSeconds(30);
            Assert.That(queues.TryPush(1, Spoken(kind, view), Now, begin), Is.True);
        }

        Assert.That(queues.TryPush(1, Spoken(kind, 98), Now, SimTime.FromSeconds(40)), Is.False);
        Assert.That(queues.TryPush(0, Spoken(kind, 98), Now, SimTime.FromSeconds(40)), Is.True, "another node");
        Assert.That(queues.TryPush(1, Spoken(kind, 99), Later, SimTime.FromSeconds(40)), Is.True, "one has left");
        Assert.That(queues.TryPush(1, Spoken(kind, 100), Later, SimTime.FromSeconds(50)), Is.False);
    }

    [Test]
    public void Kinds_do_not_crowd_each_other_out_and_answers_are_not_bounded()
    {
        var queues = new OutboundQueues(1);
        for (ulong view = 1; view <= 4; view++) queues.TryPush(0, Spoken("timeout object", view), Now, Later);
        Assert.That(queues.TryPush(0, Spoken("vote", 9), Now, Later), Is.True);
        for (ulong nonce = 0; nonce < 99; nonce++)
            Assert.That(queues.TryPush(0, new Message.SyncResponse(new Height(9), nonce), Now, Later), Is.True);
    }

    [Test]
    public void Copies_sent_one_by_one_are_one_message()
    {
        var queues = new OutboundQueues(1);
        Message[] spoken = [.. Enumerable.Range(1, 4).Select(view => Spoken("timeout object", (ulong)view))];
        foreach (Message message in spoken)
        {
            for (int copy = 0; copy < 5; copy++)
                Assert.That(queues.TryPush(0, message, Now, Later), Is.EqualTo(message != spoken[3]));
        }
    }

    /// <summary>
    /// Three of seven are down, so that the others stall in one view and say so again and again. Six copies of 1,000
    /// bytes take 24 s at 2,000 bit/s: what begins to leave in 200 s is bounded by that and the queue, the rest is
    /// dropped.
    /// </summary>
    [Test]
    public void A_slow_uplink_drops_timeout_objects_that_a_fast_one_sends()
    {
        Watcher slow = Stalled(uplinkBitsPerSecond: 2_000);
        Watcher fast = Stalled(uplinkBitsPerSecond: 200_000);
        foreach (int node in Enumerable.Range(3, 4))
        {
            Assert.That(slow.Begun(node), Is.InRange(7, 4 + 200 / 24 + 1));
            Assert.That(slow.Dropped(node), Is.EqualTo(slow.Said(node) - slow.Begun(node)).And.GreaterThan(20));
            Assert.That(fast.Begun(node), Is.EqualTo(fast.Said(node)).And.GreaterThan(30));
            Assert.That(fast.Dropped(node), Is.Zero);
        }
    }

    private static Watcher Stalled(long uplinkBitsPerSecond)
    {
        RunSpec spec = Some.World(7);
        spec = spec with
        {
            Network = spec.Network with
            {
                UplinkBitsPerSecond = uplinkBitsPerSecond, Sizes = new MessageSizes(1_000, 200, 1_000),
            },
            NodeFaults = [new NodeFault.Crash(new Window(SimTime.Zero, SimTime.Never), new NodeSet(7, [0, 1, 2]))],
            Stop = new StopCondition(new View(100), SimTime.FromSeconds(200)),
            Sync = null,
        };
        var watcher = new Watcher();
        Simulation.Run(spec, [watcher]);
        return watcher;
    }

    private static Message Spoken(string kind, ulong view) => kind switch
    {
        "proposal" => new Message.Proposal(
            Block.On(new View(view), Block.Root(new View(0)), RootQc, new NodeId(0)), null),
        "vote" => new Message.Vote(new View(view), default, new NodeId(0), true),
        _ => new Message.Timeout(new View(view), RootQc, null, new NodeId(0), 0),
    };

    /// <summary>Counts a node's timeout objects: said, put on the uplink, dropped.</summary>
    private sealed class Watcher : INetworkProbe
    {
        private readonly List<int> said = [];
        private readonly List<int> dropped = [];
        private readonly HashSet<(int Node, Message Message)> begun = [];

        public int Said(int node) => said.Count(n => n == node);

        public int Begun(int node) => begun.Count(b => b.Node == node);

        public int Dropped(int node) => dropped.Count(n => n == node);

        public void On(in TraceEvent entry)
        {
            if (entry.Notice is Notice.TimedOut) said.Add(entry.Node.Index);
            if (entry.Notice is Notice.Dropped { Message: Message.Timeout }) dropped.Add(entry.Node.Index);
        }

        public void On(in Passage passage)
        {
            if (passage is { Message: Message.Timeout, Stage: PassageStage.Sent })
                begun.Add((passage.From, passage.Message));
        }
    }
}
