using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Blocks that commit to another protocol state than their chain comes to.</summary>
/// <remarks>state/protocol/badger/mutator.go: a participant refuses such a block, a follower that hears of a certified
/// one cannot go on.</remarks>
public sealed class CommitmentTests
{
    private const ulong From = 30;

    [Test]
    public void Replicas_refuse_a_leaders_block_and_its_view_is_lost()
    {
        EpochLife life = EpochLife.Of(EpochWorld.Of(4, epochs: 1).Until(90), Wrong(liars: 1));
        ulong[] wrong = Refused(life, replica: 1);
        Assert.Multiple(() =>
        {
            Assert.That(wrong, Has.Length.GreaterThan(5));
            Assert.That(Refused(life, replica: 2), Is.EqualTo(wrong));
            Assert.That(life.Chain.Select(block => block.View.Value), Has.None.AnyOf(wrong.Cast<object>().ToArray()));
            Assert.That(life.Chain.Where(block => block.View.Value >= From).Select(b => b.Proposer.Index),
                Has.None.Zero);
            Assert.That(life.Heard<Notice.Rejected>().Where(e => e.Node == 1)
                .Select(e => (e.Notice.View.Value, e.Notice.Reason)),
                Is.EqualTo(wrong.Select(view => (view, RejectReason.InvalidPayload))));
            Assert.That(life.Heard<Notice.Stopped>(), Is.Empty);
            Assert.That(life.Head.View.Value, Is.GreaterThan(80));
        });
    }

    /// <summary>With three of four consensus nodes in agreement on a wrong state it is certified.</summary>
    [Test]
    public void Followers_that_hear_of_a_certified_one_end_and_a_right_replica_stays_behind()
    {
        EpochLife life = EpochLife.Of(EpochWorld.Of(4, epochs: 1).Until(90), Wrong(liars: 3));
        int[] followers = [.. Enumerable.Range(4, 11)];
        (int Node, ulong View)[] refused =
            [.. life.Heard<Notice.StateMismatch>().Select(e => (e.Node, e.Notice.Block.View.Value))];
        Assert.Multiple(() =>
        {
            Assert.That(refused.Where(r => r.Node >= 4).Select(r => r.Node), Is.EquivalentTo(followers),
                "each once, and then it is gone");
            Assert.That(refused.Where(r => r.Node >= 4),
                Is.All.Matches<(int Node, ulong View)>(r => life.FinalViewOf(r.Node) < r.View));
            Assert.That(life.FinalViewOf(3), Is.LessThan(80));
            Assert.That(life.FinalViewOf(0), Is.GreaterThan(80));
        });
    }

    private static ulong[] Refused(EpochLife life, int replica) => [.. life.Heard<Notice.StateMismatch>()
        .Where(e => e.Node == replica).Select(e => e.Notice.Block.View.Value)];

    /// <summary>The first consensus nodes commit to a wrong state from some view on, and accept any.</summary>
    private static Seams Wrong(int liars) => Seams.Default with
    {
        Participant = start => new Replica(start.Self.Index < liars
            ? start with { Payloads = new Altered(start.Payloads!) }
            : start),
    };

    private sealed class Altered(IPayloads honest) : IPayloads
    {
        public Payload? Build(View view, Block parent, Effects into) =>
            honest.Build(view, parent, into) is Payload.Main { State: KeyValueSnapshot state } main
                && view.Value >= From && state.EpochExtensionViewCount == EpochWorld.Extension
                ? new Payload.Main(main.Guarantees, main.Receipts, main.Seals, main.LastSeal,
                    state with { EpochExtensionViewCount = EpochWorld.Extension + 1 })
                : honest.Build(view, parent, into);

        public bool IsValid(Block block) => honest.IsValid(block);

        public bool IsAccepted(Block block, Effects into) => honest.IsAccepted(block, into) || honest.IsValid(block);
    }
}
