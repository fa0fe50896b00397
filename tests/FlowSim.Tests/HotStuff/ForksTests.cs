using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>Which blocks become final, and what is forgotten and noticed on the way.</summary>
public sealed class ForksTests
{
    // Pairs of QC view and view; a negative view is a second version, a negative QC view certifies one.
    [TestCase(1UL, 1, 2, 2, 3)]
    [TestCase(2UL, 1, 2, 2, 3, 3, 4)]
    [TestCase(2UL, 1, 2, 2, 3, 3, 5)]
    [TestCase(1UL, 1, 3, 3, 5, 5, 7)]
    [TestCase(6UL, 1, 3, 3, 5, 5, 6, 6, 7, 7, 8)]
    [TestCase(4UL, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6)]
    [TestCase(2UL, 1, 2, 2, 3, 3, 5, 3, 6, 3, 7)]
    [TestCase(4UL, 1, 2, 2, 3, 2, 4, 4, 5, 5, 6)]
    [TestCase(3UL, 1, 2, 2, 3, 2, 3, 3, 4, 3, 4, 4, 5, 4, 5)]
    [TestCase(2UL, 1, 2, 2, 3, 3, 4, 1, 5)]
    public void A_block_is_final_once_its_direct_child_is_certified(ulong finalized, params int[] pairs)
    {
        Forks forks = Grown();
        List<ForksEvent> events = [];
        foreach (int[] pair in pairs.Chunk(2)) forks.AddValidated(Block(pair[0], pair[1]), events);
        Assert.That(forks.FinalizedView, Is.EqualTo(new View(finalized)));
    }

    [Test]
    public void Ancestors_become_final_first_and_the_proof_is_there_before()
    {
        Forks forks = Grown();
        List<ForksEvent> events = [];
        int[][] chain = [[1, 3], [3, 5], [5, 7], [7, 11], [11, 12]];
        foreach (int[] pair in chain) forks.AddValidated(Block(pair[0], pair[1]), events);
        Assert.That(events.Select(e => e.Change), Has.None.EqualTo(ForksChange.Finalized));

        forks.AddValidated(Block(12, 22), events);
        Assert.That(events.Where(e => e.Change == ForksChange.Finalized).Select(e => e.Block.View.Value),
            Is.EqualTo(new ulong[] { 3, 5, 7, 11 }));
        Assert.That(forks.Proof, Is.EqualTo(new FinalityProof(Block(7, 11), Block(11, 12), Qc(12))));
    }

    [Test]
    public void What_lies_below_the_final_block_is_forgotten_however_far_the_views_jump()
    {
        Forks forks = Grown();
        List<ForksEvent> events = [];
        forks.AddValidated(Block(1, 2), events);
        forks.AddValidated(Block(1, 2_000_000_000), events);
        forks.AddValidated(Block(2_000_000_000, 2_000_000_001), events);
        forks.AddValidated(Block(2_000_000_001, 2_000_000_002), events);

        Assert.That(forks.FinalizedView, Is.EqualTo(new View(2_000_000_000)));
        Assert.That(forks.Find(Block(1, 2).Id), Is.Null);
        Assert.That(forks.BlocksAt(new View(2)), Is.Empty);
        Assert.That(forks.Find(forks.FinalizedBlock.Id), Is.Not.Null);
    }

    [Test]
    public void A_second_block_of_a_view_is_evidence_and_kept()
    {
        Forks forks = Grown();
        List<ForksEvent> events = [];
        forks.AddValidated(Block(1, 2), events);
        forks.AddValidated(Block(1, -2), events);
        Assert.That(events, Is.EqualTo(new ForksEvent[]
        {
            new ForksEvent(ForksChange.Incorporated, Block(1, 2)),
            new ForksEvent(ForksChange.DoubleProposal, Block(1, -2), Block(1, 2)),
            new ForksEvent(ForksChange.Incorporated, Block(1, -2)),
        }));
        Assert.That(forks.BlocksAt(new View(2)), Is.EqualTo(new[] { Block(1, 2), Block(1, -2) }));
    }

    [Test]
    public void A_block_without_its_parent_changes_nothing()
    {
        Forks forks = Grown();
        List<ForksEvent> events = [];
        Assert.That(() => forks.AddValidated(Block(2, 3), events),
            Throws.InstanceOf<MissingBlockException>().With.Property("View").EqualTo(new View(2)));
        Assert.That(events, Is.Empty);
        Assert.That(forks.Find(Block(2, 3).Id), Is.Null);
    }

    [Test]
    public void Two_QCs_of_one_view_stop_the_node()
    {
        Forks forks = Grown();
        List<ForksEvent> events = [];
        int[][] blocks = [[1, 2], [2, 3], [2, -3], [3, 4], [4, 6]];
        foreach (int[] pair in blocks) forks.AddValidated(Block(pair[0], pair[1]), events);
        Assert.That(() => forks.AddValidated(Block(-3, 5), events),
            Throws.InstanceOf<ByzantineThresholdExceededException>());
    }

    [Test]
    public void A_final_block_off_the_final_chain_stops_the_node_after_it_reported_the_last_block()
    {
        Forks forks = Grown();
        List<ForksEvent> events = [];
        int[][] blocks = [[1, 2], [2, 3], [3, 4], [4, 5], [2, 6], [6, 7]];
        foreach (int[] pair in blocks) forks.AddValidated(Block(pair[0], pair[1]), events);
        events.Clear();
        Assert.That(() => forks.AddValidated(Block(7, 8), events),
            Throws.InstanceOf<ByzantineThresholdExceededException>());
        Assert.That(events, Is.EqualTo(new[] { new ForksEvent(ForksChange.Incorporated, Block(7, 8)) }));
    }

    [Test]
    public void A_rival_of_the_root_cannot_become_final()
    {
        Forks forks = Grown();
        List<ForksEvent> events = [];
        forks.AddValidated(Block(0, -1), events);
        forks.AddValidated(Block(-1, 2), events);
        Assert.That(() => forks.AddValidated(Block(2, 3), events),
            Throws.InstanceOf<ByzantineThresholdExceededException>());
        Assert.That(forks.FinalizedBlock, Is.EqualTo(Block(0, 1)));
    }

    [Test]
    public void With_its_own_certificate_a_block_makes_its_parent_final_at_once()
    {
        Forks forks = Grown();
        List<ForksEvent> events = [];
        forks.AddCertified(Block(1, 2), Qc(2), events);
        forks.AddCertified(Block(2, 3), Qc(3), events);
        Assert.That(forks.FinalizedView, Is.EqualTo(new View(2)));
    }

    private static Forks Grown() => new(Block(0, 1));

    private static Block Block(int qcView, int view) =>
        new(IdOf(view), new View((ulong)System.Math.Abs(view)), default, Qc(qcView), new NodeId(0));

    private static QuorumCertificate Qc(int view) => Certificates.TryGetValue(view,
        out QuorumCertificate? known)
        ? known
        : Certificates[view] = QuorumCertificate.Trusted(new View((ulong)System.Math.Abs(view)), IdOf(view));

    private static BlockId IdOf(int view) => new(unchecked((ulong)view));

    private static readonly Dictionary<int, QuorumCertificate> Certificates = [];
}
