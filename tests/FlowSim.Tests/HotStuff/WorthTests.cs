using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Roles;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>What a core throws away unread, so that it costs no check.</summary>
public sealed class WorthTests
{
    private static readonly RunSpec Spec = Some.World(7);
    private static readonly KnownEpochs Members = KnownEpochs.Planned(Spec.Nodes, Spec.Epochs, new Luck(1));
    private static readonly Block Root = Block.Root(default);
    private static readonly QuorumCertificate RootQc = QuorumCertificate.Trusted(Root.View, Root.Id);

    private static readonly Message.Proposal First =
        new(Block.On(new View(1), Root, RootQc, Members.Leader(new View(1))!.Value), null);

    [Test]
    public void A_timeout_object_of_a_past_view_is_worth_nothing_ever() =>
        Assert.That(Replica().WorthOf(Timeout(0)), Is.EqualTo(Worth.NothingEver));

    /// <remarks>A restart forgets what was counted, so that a repetition may count then.</remarks>
    [Test]
    public void A_repeated_timeout_object_is_worth_nothing_and_another_one_of_its_signer_is()
    {
        Replica replica = Replica();
        Assert.That(replica.WorthOf(Timeout(1)), Is.EqualTo(Worth.Reading));
        Take(replica, Timeout(1));
        Assert.That(replica.WorthOf(Timeout(1, tick: 1)), Is.EqualTo(Worth.Nothing));
        var other = new Message.Timeout(
            new View(1), RootQc, TimeoutCertificate.Trusted(Root.View, RootQc), Signer, 0);
        Assert.That(replica.WorthOf(other), Is.EqualTo(Worth.Reading), "it is evidence against its signer");
    }

    [Test]
    public void A_block_is_worth_reading_until_the_tree_has_it()
    {
        Replica replica = Replica();
        Assert.That(replica.WorthOf(First), Is.EqualTo(Worth.Reading));
        Take(replica, First);
        Assert.That(replica.WorthOf(First), Is.EqualTo(Worth.NothingEver));
    }

    [Test]
    public void A_vote_for_a_final_view_is_worth_nothing_ever()
    {
        Assert.That(Replica().WorthOf(Vote(0)), Is.EqualTo(Worth.NothingEver));
        Assert.That(Replica().WorthOf(Vote(1)), Is.EqualTo(Worth.Reading));
    }

    [Test]
    public void A_follower_reads_each_block_once_and_neither_votes_nor_timeout_objects()
    {
        var follower = new Follower(Disk.Bootstrapped(Root), Members, null);
        Assert.That(follower.WorthOf(First), Is.EqualTo(Worth.Reading));
        Take(follower, First);
        Assert.That(follower.WorthOf(First), Is.EqualTo(Worth.Nothing));
        Assert.That(new[] { Vote(1), (Message)Timeout(1) }.Select(follower.WorthOf),
            Has.All.EqualTo(Worth.NothingEver));
    }

    private static NodeId Signer => new(1);

    private static Replica Replica() => new(new ReplicaStart(new NodeId(0), Disk.Bootstrapped(Root), Members,
        Spec.Pacemaker, Spec.CruiseControl, SafetyConstants.FlowGo));

    private static void Take(ICore core, Message message) =>
        core.Step(SimTime.Zero, new Input(InputKind.Received, Signer, message), new Effects());

    private static Message.Timeout Timeout(ulong view, ulong tick = 0) =>
        new(new View(view), RootQc, null, Signer, tick);

    private static Message.Vote Vote(ulong view) => new(new View(view), Root.Id, Signer, true);
}
