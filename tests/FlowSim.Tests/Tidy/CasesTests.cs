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

    /// <summary>One message of every kind, all of one view and by one node.</summary>
    private static readonly Message[] Messages =
    [
        new Message.Proposal(Block, null), Vote, Timeout, new Message.SyncRequest(Block.Height, 1),
        new Message.SyncResponse(Block.Height, 1), new Message.RangeRequest(Block.Height, Block.Height, 1),
        new Message.BatchRequest([Block.Id], 1), new Message.BlockResponse([new Message.Proposal(Block, null)], 1),
    ];

    private static readonly Notice[] Notices =
    [
        new Notice.EnteredView(Block.View, Qc.View, true, SimDuration.Zero), new Notice.Built(Block, SimTime.Zero),
        new Notice.Published(new Message.Proposal(Block, null), SimTime.Zero),
        new Notice.PartialTcAssembled(Block.View, Qc), new Notice.Incorporated(Block), new Notice.Finalized(Block),
        new Notice.DoubleProposal(Block, Block), new Notice.Voted(Vote), new Notice.TimedOut(Timeout),
        new Notice.QcAssembled(Qc), new Notice.TcAssembled(TimeoutCertificate.Trusted(Block.View, Qc)),
        new Notice.ControllerUpdated(default), new Notice.Dropped(Vote),
        new Notice.Rejected(new NodeId(1), Block.View, default),
        new Notice.Started(true), new Notice.Stopped(),
    ];

    private static readonly NodeSpec[] Pair =
        [new("a", Role.Consensus, 1, 0, "operator"), new("b", Role.Consensus, 1, 0, "operator")];

    [Test]
    public void The_examples_are_one_of_every_case()
    {
        Assert.That(Messages.Select(m => m.GetType()), Is.EquivalentTo(CasesOf(typeof(Message))));
        Assert.That(Notices.Select(n => n.GetType()), Is.EquivalentTo(CasesOf(typeof(Notice))));
    }

    [Test]
    public void No_two_notices_look_alike_to_the_digest()
    {
        ulong[] tags = [.. Notices.SelectMany(DigestTags.Of)];
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
        Assert.That(arrivals.Select(at => at.TotalSeconds), Is.EqualTo(new[] { 20, 0.2, 1, 0.2, 0.2, 0.2, 0.232, 20 }));
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
            Is.EqualTo(new[] { 1, 2, 3, 0, 0, 0, 0, 0 }));
    }

    [TestCase(typeof(Replica), typeof(Message))]
    [TestCase(typeof(Follower), typeof(Message))]
    [TestCase(typeof(Links), typeof(Message))]
    [TestCase(typeof(Processing), typeof(Message))]
    public void A_switch_names_every_case(Type user, Type family) =>
        Assert.That(CasesOf(family), Is.Not.Empty.And.SubsetOf(References.Of(user)));

    [TestCase(typeof(Message))]
    [TestCase(typeof(Notice))]
    public void A_family_is_closed(Type family)
    {
        IEnumerable<Type> heirs = family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family));
        Assert.That(heirs, Is.EquivalentTo(CasesOf(family)));
        Assert.That(CasesOf(family).Where(type => !type.IsSealed), Is.Empty);
    }

    private static Type[] CasesOf(Type family) =>
        [.. family.GetNestedTypes().Where(type => type.IsSubclassOf(family))];
}
