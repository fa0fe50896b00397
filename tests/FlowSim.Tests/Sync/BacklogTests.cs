using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Roles;
using NUnit.Framework;

namespace FlowSim.Tests.Sync;

/// <summary>Blocks that come in any number and order, and queues that are full.</summary>
public sealed class BacklogTests
{
    private const int Blocks = 20_000;

    [TestCase(true)]
    [TestCase(false)]
    public void Many_thousand_blocks_that_waited_for_one_parent_are_taken_without_recursion(bool isConsensus)
    {
        ICore core = Core(isConsensus, out Message.Proposal[] chain);
        Effects[] effects = [.. chain.Reverse().Select(proposal => Received(core, proposal))];
        Assert.That(effects[..^1].SelectMany(Notices).OfType<Notice.Finalized>(), Is.Empty);
        Assert.That(Notices(effects[^1]).OfType<Notice.Incorporated>().Count(), Is.InRange(Blocks - 1, Blocks));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_block_far_above_finality_is_dropped(bool isConsensus)
    {
        ICore core = Core(isConsensus, out Message.Proposal[] chain, first: 99_999);
        Received(core, chain[2]);
        Assert.That(IsKept(core, chain[2].Block), Is.False);
        Received(core, chain[1]);
        Assert.That(IsKept(core, chain[1].Block), Is.True);
        Assert.That(chain[1].Block.View, Is.EqualTo(new View(100_000)));
    }

    [Test]
    public void A_parent_is_asked_for_once_however_many_descendants_wait()
    {
        ICore core = Core(true, out Message.Proposal[] chain);
        foreach (Message.Proposal proposal in chain[1..100]) Received(core, proposal);
        Message.BatchRequest[] asked = Asked(core);
        Assert.That(asked, Has.Length.EqualTo(3));
        Assert.That(asked.SelectMany(request => request.Blocks), Is.All.EqualTo(chain[0].Block.Id));
    }

    [TestCase(Role.Consensus, 'p', 10_000)]
    [TestCase(Role.Access, 'p', 10)]
    [TestCase(Role.Consensus, 'v', 1_000)]
    [TestCase(Role.Consensus, 't', 1_000)]
    public void A_full_queue_drops_the_newest_and_takes_more_once_it_moves(Role role, char kind, int capacity)
    {
        NodeSpec[] nodes = [new("a", role, 100, 0, "operator")];
        ProcessingSpec costs = Some.FreeProcessing with
        {
            ValidateProposal = Quantiles.Constant(8), VerifyVote = Quantiles.Constant(64),
            VerifyTimeout = Quantiles.Constant(32),
        };
        var processing = new Processing(costs, [], nodes, [1], new Luck(1));
        Message message = MessageOf(kind);
        int taken = 0;
        while (processing.Checked(SimTime.Zero, 0, 0, message) != SimTime.Never) taken++;
        int workers = kind switch { 'v' => 8, 't' => 4, _ => 1 };
        Assert.That(taken, Is.EqualTo(capacity + workers));
        Assert.That(processing.Checked(new SimTime(7), 0, 0, message), Is.EqualTo(SimTime.Never));
        Assert.That(processing.Checked(new SimTime(64), 0, 0, message), Is.Not.EqualTo(SimTime.Never));
        processing.Forget(0);
        Assert.That(processing.Checked(new SimTime(64), 0, 0, message).Nanoseconds, Is.LessThanOrEqualTo(128));
    }

    private static Message MessageOf(char kind)
    {
        Block block = Block.On(new View(1), Block.Root(default), Certificate(Block.Root(default)), new NodeId(0));
        return kind switch
        {
            'v' => new Message.Vote(block.View, block.Id, new NodeId(0), true),
            't' => new Message.Timeout(block.View, block.Qc, null, new NodeId(0), 0),
            _ => new Message.Proposal(block, null),
        };
    }

    private static QuorumCertificate Certificate(Block block) => QuorumCertificate.Trusted(block.View, block.Id);

    /// <summary>A core at the root, and a chain of blocks whose first one's parent it may lack.</summary>
    private static ICore Core(bool isConsensus, out Message.Proposal[] chain, ulong first = 1)
    {
        RunSpec spec = Some.World(7, views: 130_000);
        var epochs = KnownEpochs.Planned(spec.Nodes, spec.Epochs, new Luck(1));
        Block root = Block.Root(default);
        Block at = root with { View = new View(first - 1) };
        chain = new Message.Proposal[Blocks];
        for (int i = 0; i < Blocks; i++)
        {
            View view = at.View.Next;
            at = Block.On(view, at, Certificate(at), epochs.Leader(view)!.Value);
            chain[i] = new Message.Proposal(at, null);
        }

        var others = spec.Nodes.Select((_, i) => (new NodeId(i), (ulong)i)).Skip(1).ToArray();
        var table = new FlowSim.Sync.PeerTable(others);
        var peers = new FlowSim.Sync.Peers(new Luck(1).For("peers"), () => table,
            new NodeId(0));
        var sync = new SyncStart(spec.Sync!, new Ledger(new Archive(root, 1)), peers, SimDuration.Zero);
        var disk = Disk.Bootstrapped(root);
        return isConsensus
            ? new Replica(new ReplicaStart(new NodeId(0), disk, epochs, spec.Pacemaker, spec.CruiseControl,
                SafetyConstants.FlowGo, sync))
            : new Follower(disk, epochs, sync);
    }

    /// <summary>Whether a block waits: a participant asks for its parent, a follower would hand it out.</summary>
    private static bool IsKept(ICore core, Block block) =>
        Asked(core).Any(request => request.Blocks.Contains(block.ParentId))
        || All(Received(core, new Message.BatchRequest([block.Id], 1))).Any(e => e.Payload is Message.BlockResponse);

    private static Message.BatchRequest[] Asked(ICore core)
    {
        var effects = new Effects();
        core.Step(SimTime.FromSeconds(2), new Input(InputKind.SyncTimerFired, default, null), effects);
        return [.. All(effects).Select(effect => effect.Payload).OfType<Message.BatchRequest>()];
    }

    private static Effects Received(ICore core, Message message)
    {
        var effects = new Effects();
        core.Step(SimTime.FromSeconds(1), new Input(InputKind.Received, new NodeId(1), message), effects);
        return effects;
    }

    private static IEnumerable<Effect> All(Effects effects) =>
        Enumerable.Range(0, effects.Count).Select(i => effects[i]);

    private static IEnumerable<Notice> Notices(Effects effects) =>
        All(effects).Select(effect => effect.Payload).OfType<Notice>();
}
