using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Roles;
using NUnit.Framework;

namespace FlowSim.Tests.Tidy;

/// <summary>Whoever adds a case to a closed family is told where it is not handled yet.</summary>
public sealed class CasesTests
{
    private static readonly QuorumCertificate Qc = QuorumCertificate.Trusted(new View(8), new BlockId(80));
    private static readonly Block Block = new(new BlockId(90), new View(9), new Height(7), Qc, new NodeId(1));
    private static readonly Message.Vote Vote = new(Block.View, Block.Id, new NodeId(1), true);
    private static readonly Message.Timeout Timeout = new(Block.View, Qc, null, new NodeId(1), 0);

    private static readonly Transaction Transaction = new(new TransactionId(5), Block.Id, Block.Height, 1_000, 10);
    private static readonly Collection Collection = Collection.Of([Transaction], Block.Id, Block.Height);
    private static readonly Guarantee Guarantee =
        new(Collection.Id, Block.Id, Block.Height, new ClusterId(1), [new NodeId(1)]);
    private static readonly ExecutionResult Result = ExecutionResult.OfRoot(Block);
    private static readonly ResultApproval Approval = new(Block.Id, Result.Id, 0, new NodeId(1));
    private static readonly Seal Seal = Seal.OfRoot(Block);
    private static readonly ServiceEvent Event = new ServiceEvent.EjectNode(new NodeId(1));
    private static readonly CommittedState State = new SomeState();

    /// <summary>One message of every kind of the pipeline.</summary>
    private static Message[] Pipeline =>
    [
        new Message.Pipeline.Submission(Transaction, 1), new Message.Pipeline.Acceptance(Transaction.Id, 1),
        new Message.Pipeline.Offer(Transaction), new Message.Pipeline.Pledge(Guarantee),
        new Message.Pipeline.CollectionRequest([Collection.Id], 1),
        new Message.Pipeline.CollectionResponse([Collection], 1),
        new Message.Pipeline.Receipt(new ExecutionReceipt(new NodeId(1), Result)),
        new Message.Pipeline.ReceiptRequest([Block.Id], 1), new Message.Pipeline.Approval(Approval),
        new Message.Pipeline.ApprovalRequest(Result.Id, 0, 1), new Message.Pipeline.ChunkDataRequest(Result.Id, 0, 1),
        new Message.Pipeline.ChunkDataResponse(Result.Id, 0, 5_000, 1),
        new Message.Pipeline.ScriptRequest(Block.Id, 1), new Message.Pipeline.ScriptResponse(Block.Id, default, 1),
        new Message.Pipeline.NodeCall(Transaction.Id, new ContractCall.ClusterVote(1, new NodeId(1))),
        new Message.Pipeline.DkgShare(1, 1), new Message.Pipeline.ContractQuery(Block.Id, 1),
        new Message.Pipeline.ContractAnswer(Block.Id, null, 1), new Message.Pipeline.SnapshotRequest(1),
        new Message.Pipeline.SnapshotResponse(new Snapshot([Block], []), 1),
    ];

    /// <summary>One message of every kind, all of one view and by one node.</summary>
    private static readonly Message[] Messages =
    [
        new Message.Proposal(Block, null), Vote, Timeout, new Message.SyncRequest(Block.Height, 1),
        new Message.SyncResponse(Block.Height, 1), new Message.RangeRequest(Block.Height, Block.Height, 1),
        new Message.BatchRequest([Block.Id], 1), new Message.BlockResponse([new Message.Proposal(Block, null)], 1),
        new Message.OfCluster(new ClusterId(1), Vote),
        .. Pipeline,
    ];

    private static readonly Notice[] Notices =
    [
        new Notice.EnteredView(Block.View, Qc.View, true, SimDuration.Zero), new Notice.Built(Block, SimTime.Zero),
        new Notice.Published(new Message.Proposal(Block, null), SimTime.Zero),
        new Notice.NoLeaderKnown(Block.View), new Notice.PartialTcAssembled(Block.View, Qc),
        new Notice.Incorporated(Block), new Notice.Finalized(Block),
        new Notice.DoubleProposal(Block, Block), new Notice.Voted(Vote), new Notice.TimedOut(Timeout),
        new Notice.QcAssembled(Qc), new Notice.TcAssembled(TimeoutCertificate.Trusted(Block.View, Qc)),
        new Notice.ControllerUpdated(default), new Notice.Dropped(Vote),
        new Notice.Rejected(new NodeId(1), Block.View, default),
        new Notice.Started(true), new Notice.Stopped(),
        new Notice.OfCluster(new ClusterId(1), new Notice.Stopped()), new Notice.Submitted(Transaction),
        new Notice.StatusChanged(Transaction.Id, TransactionStatus.Sealed, SimTime.Zero), new Notice.Pledged(Guarantee),
        new Notice.Executed(Result), new Notice.Diverged(Seal, default), new Notice.Approved(Approval),
        new Notice.ChunkFault(Block.Id, Result.Id, Result.Chunks[0], default), new Notice.SealReady(Seal, Block.Id),
        new Notice.ExecutionFork(Seal, Seal), new Notice.ScriptAnswered(Block.Id, Block.Height, null),
        new Notice.StateChanged(Block, State, State), new Notice.StateMismatch(Block, 1),
        new Notice.ServiceEventJudged(Block, Event, 0, 0), new Notice.ServiceEventEmitted(Block, Event),
        new Notice.DkgEnded(1, 1, true), new Notice.BeaconKeyMissing(1), new Notice.Bootstrapped(Block),
        new Notice.Runs(1, Block.Height), new Notice.Installed(1), new Notice.Ending(StopCause.Crash),
        new Notice.Restored(Block.Height, Block.Height), new Notice.RefusedToStart(1),
        new Notice.Cloned(new NodeId(1)),
        new Notice.WaveReviewed(0, 0, true), new Notice.StoppedAtBoundary(Block.Height),
        new Notice.UnsupportedVersion(Block.View, 3), new Notice.Sporked(Block),
    ];

    private static readonly NodeSpec[] Pair =
        [new("a", Role.Consensus, 1, 0, "operator"), new("b", Role.Consensus, 1, 0, "operator")];

    [Test]
    public void The_examples_are_one_of_every_case()
    {
        Assert.That(Messages.Select(m => m.GetType()), Is.EquivalentTo(LeavesOf(typeof(Message))));
        Assert.That(Notices.Select(n => n.GetType()), Is.EquivalentTo(LeavesOf(typeof(Notice))));
    }

    [Test]
    public void No_two_notices_look_alike_to_the_digest()
    {
        ulong[] tags = [.. Notices.Where(notice => notice is not Notice.OfCluster).SelectMany(DigestTags.Of),
            DigestTags.Of(new Notice.OfCluster(new ClusterId(1), new Notice.Stopped()))[0]];
        Assert.That(tags, Is.Unique);
        Assert.That(tags, Has.Length.GreaterThanOrEqualTo(Notices.Length));
    }

    [Test]
    public void No_two_kinds_of_message_share_a_draw_or_a_key()
    {
        Assert.That(Messages.Select(m => m.Occasion), Is.Unique);
        Assert.That(Messages.Select(m => m.Key), Is.Unique);
    }

    [Test]
    public void Every_kind_of_message_has_its_own_size()
    {
        NetworkSpec spec = Some.Network(SimDuration.Zero) with { UplinkBitsPerSecond = 8_000 };
        var arrivals = Messages.Select(message =>
            new Links(spec, Pair, [1, 2], new Luck(1)).Begin(0, message).Arrival(SimTime.Zero, 1, out _));
        Assert.That(arrivals.Select(at => at.TotalSeconds), Is.EqualTo(new[]
        {
            20, 0.2, 1, 0.2, 0.2, 0.2, 0.232, 20, 0.2,
            1.2, 0.232, 1.2, 0.296, 0.232, 1.2, 0.328, 0.232, 0.328, 0.232, 0.232, 5.2, 0.232, 0.232,
            1.2, 0.4, 0.4, 0.4, 0.4, 20.2,
        }));
    }

    [Test]
    public void Every_kind_of_message_has_its_own_cost()
    {
        var spec = new ProcessingSpec
        {
            BuildProposal = Quantiles.Constant(0), ValidateProposal = Quantiles.Constant(1),
            VerifyVote = Quantiles.Constant(2), VerifyTimeout = Quantiles.Constant(3),
            Persist = Quantiles.Constant(0),
        };
        var processing = new Processing(spec, [], Pair, [1, 2], new Luck(1));
        Assert.That(Messages.Select(message => processing.Checked(SimTime.Zero, 1, 0, message).Nanoseconds),
            Is.EqualTo(new[]
            {
                1, 2, 3, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            }));
    }

    [TestCase(typeof(Replica), typeof(Message))]
    [TestCase(typeof(Follower), typeof(Message))]
    [TestCase(typeof(Links), typeof(Message))]
    [TestCase(typeof(Processing), typeof(Message))]
    [TestCase(typeof(Processing), typeof(Job))]
    public void A_switch_names_every_case(Type user, Type family) =>
        Assert.That(CasesOf(family), Is.Not.Empty.And.SubsetOf(References.Of(user)));

    [TestCase(typeof(Message))]
    [TestCase(typeof(Notice))]
    [TestCase(typeof(Job))]
    [TestCase(typeof(Payload))]
    [TestCase(typeof(ServiceEvent))]
    public void A_family_is_closed(Type family)
    {
        IEnumerable<Type> heirs = family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family) && type.IsSealed);
        Assert.That(heirs, Is.EquivalentTo(LeavesOf(family)));
        Assert.That(family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family) && !type.IsAbstract),
            Is.EquivalentTo(LeavesOf(family)));
    }

    private sealed record SomeState : CommittedState
    {
        public override ulong Id => 5;

        public override ulong EpochCounter => 1;

        public override IReadOnlyList<NodeId> Active(Role role) => [];

        public override bool IsEjected(NodeId node) => false;
    }

    /// <summary>The cases, and those within a case that is a family itself.</summary>
    private static Type[] LeavesOf(Type family) =>
        [.. CasesOf(family).SelectMany(type => type.IsAbstract ? LeavesOf(type) : [type])];

    private static Type[] CasesOf(Type family) =>
        [.. family.GetNestedTypes().Where(type => type.IsSubclassOf(family))];
}
