using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.HotStuff;
using NUnit.Framework;

namespace FlowSim.Tests.Clusters;

/// <summary>What goes into a collection, and what a member accepts from another.</summary>
public sealed class CollectionPayloadsTests
{
    /// <summary>Epochs of a thousand views.</summary>
    private static readonly ClusterPlan Plan = ClusterWorld.Plan(ClusterWorld.Of(4, 1, views: 1_000));

    private static readonly SomeMain Main = new(1_800);

    private static readonly Block Root = Block.RootOf(new ClusterId(0));

    private Mempool mempool = null!;
    private ClusterTree tree = null!;
    private ClusterHistory history = null!;
    private ulong view;

    [SetUp]
    public void Begin() => (mempool, tree, history, view) = (new Mempool(1_000), new ClusterTree(), new(), 0);

    [Test]
    public void A_collection_holds_what_waits_in_order_and_refers_to_the_lowest_block_among_it()
    {
        Wait(Main.Transaction(1, 90), Main.Transaction(2, 80), Main.Transaction(3, 85));
        Collection built = Build(100);
        Assert.That(Ids(built), Is.EqualTo(new ulong[] { 1, 2, 3 }));
        Assert.That((built.ReferenceId, built.ReferenceHeight), Is.EqualTo((Main[80].Id, new Height(80))));
    }

    [Test]
    public void An_empty_collection_refers_to_the_last_final_block() =>
        Assert.That(Build(100).ReferenceId, Is.EqualTo(Main[100].Id));

    [TestCase(99, 99)]
    [TestCase(100, 100)]
    [TestCase(120, 100)]
    public void A_collection_has_so_many_transactions_at_most(int waiting, int taken)
    {
        for (ulong id = 1; id <= (ulong)waiting; id++) Wait(Main.Transaction(id, 90));
        Assert.That(Build(100).Transactions, Has.Count.EqualTo(taken));
    }

    [Test]
    public void A_transaction_that_does_not_fit_by_its_bytes_lets_smaller_ones_pass()
    {
        Wait(Main.Transaction(1, 90, 1_400_000), Main.Transaction(2, 90, 1_400_000), Main.Transaction(3, 90, 200_001),
            Main.Transaction(4, 90, 200_000));
        Assert.That(Ids(Build(100)), Is.EqualTo(new ulong[] { 1, 2, 4 }));
    }

    [Test]
    public void A_transaction_that_does_not_fit_by_its_gas_waits()
    {
        ClusterSpec spec = ClusterSpec.FlowGo with { MaxCollectionGas = 250 };
        Wait(Main.Transaction(1, 90), Main.Transaction(2, 90), Main.Transaction(3, 90),
            Main.Transaction(4, 90, gas: 50));
        Assert.That(Ids(Build(100, spec)), Is.EqualTo(new ulong[] { 1, 2, 4 }));
        Assert.That(mempool.Count, Is.EqualTo(4));
    }

    [TestCase(115UL, true)]
    [TestCase(114UL, false)]
    public void What_might_expire_before_it_is_ordered_is_thrown_out(ulong reference, bool isTaken)
    {
        Wait(Main.Transaction(1, reference));
        Assert.That(Build(700).Transactions, Has.Count.EqualTo(isTaken ? 1 : 0));
        Assert.That(mempool.Count, Is.EqualTo(isTaken ? 1 : 0));
    }

    [Test]
    public void What_refers_to_a_block_that_is_not_final_yet_waits()
    {
        Wait(Main.Transaction(1, 101));
        Assert.That(Build(100).Transactions, Is.Empty);
        Assert.That(mempool.Count, Is.EqualTo(1));
        Assert.That(Build(101).Transactions, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_refers_to_a_block_that_lost_is_thrown_out()
    {
        Wait(Main.Transaction(1, 90) with { ReferenceId = new BlockId(5) });
        Assert.That(Build(100).Transactions, Is.Empty);
        Assert.That(mempool.Count, Is.Zero);
    }

    [Test]
    public void What_an_ancestor_contains_is_left_out_but_not_what_a_rival_contains()
    {
        Wait(Main.Transaction(1, 90), Main.Transaction(2, 90));
        Block ancestor = On(Root, Of(Main.Transaction(1, 90)));
        Block parent = On(ancestor, Of());
        Block rival = On(Root, Of(Main.Transaction(2, 90)));
        foreach (Block block in new[] { ancestor, parent, rival }) tree.Add(block);
        Assert.That(Ids(Build(100, parent: parent)), Is.EqualTo(new ulong[] { 2 }));
        Assert.That(Ids(Build(100, parent: rival)), Is.EqualTo(new ulong[] { 1 }));
    }

    [Test]
    public void What_is_final_in_the_cluster_is_thrown_out()
    {
        history.Add(Of(Main.Transaction(1, 90)));
        Wait(Main.Transaction(1, 90), Main.Transaction(2, 90));
        Assert.That(Ids(Build(100)), Is.EqualTo(new ulong[] { 2 }));
        Assert.That(mempool.Count, Is.EqualTo(1));
    }

    [TestCase(599UL, 1)]
    [TestCase(600UL, 0)]
    public void Collections_are_empty_when_sealing_is_too_far_behind(ulong lag, int taken)
    {
        MainChain main = Main.FinalUpTo(1_000, Plan);
        main.Finalize(Main.Next(Main[1_000], 1_001 - lag));
        Wait(Main.Transaction(1, 900));
        Assert.That(Payloads(main).Build(new View(1), Root, new Effects())!, Is.InstanceOf<Payload.OfCluster>()
            .With.Property(nameof(Payload.OfCluster.Collection)).Property(nameof(Collection.Transactions))
            .Count.EqualTo(taken));
    }

    [Test]
    public void After_its_epoch_a_cluster_refers_to_blocks_of_its_epoch_only()
    {
        MainChain main = Main.FinalUpTo(1_020, Plan);
        Wait(Main.Transaction(1, 1_005), Main.Transaction(2, 995));
        var built = (Payload.OfCluster)Payloads(main).Build(new View(1), Root, new Effects())!;
        Assert.That(Ids(built.Collection), Is.EqualTo(new ulong[] { 2 }));
        mempool.Remove(new TransactionId(2));
        built = (Payload.OfCluster)Payloads(main).Build(new View(1), Root, new Effects())!;
        Assert.That(built.Collection.ReferenceId, Is.EqualTo(Main[999].Id));
        Assert.That(Judge(main, Referring(1_000)), Is.False);
        Assert.That(Judge(main, Referring(999)), Is.True);
        Assert.That(new CollectionPayloads(ClusterSpec.FlowGo, 1, main, mempool, tree, history)
            .IsValid(On(Root, Referring(999))), Is.False);
    }

    [Test]
    public void What_one_member_builds_another_accepts()
    {
        Wait(Main.Transaction(1, 90), Main.Transaction(2, 80));
        Assert.That(Judge(Build(100)), Is.True);
        Assert.That(Judge(Of()), Is.True);
        Assert.That(Judge(Of([.. Enumerable.Range(1, 101).Select(id => Main.Transaction((ulong)id, 90))])), Is.True,
            "limits bind builders only");
    }

    [Test]
    public void A_collection_is_refused_that_refers_beyond_what_is_final() =>
        Assert.That(new[] { Judge(Referring(100)), Judge(Referring(101)) }, Is.EqualTo(new[] { true, false }));

    [Test]
    public void A_collection_is_refused_that_refers_to_another_than_its_lowest_block() =>
        Assert.That(Judge(Of(Main.Transaction(1, 80), Main.Transaction(2, 90)) with
        {
            ReferenceId = Main[90].Id,
            ReferenceHeight = new Height(90),
        }), Is.False);

    [Test]
    public void A_collection_is_refused_whose_transaction_refers_to_a_block_that_lost() =>
        Assert.That(Judge(Of(Main.Transaction(1, 90), Main.Transaction(2, 95) with { ReferenceId = new BlockId(5) })),
            Is.False);

    [Test]
    public void A_collection_is_refused_that_repeats_a_transaction()
    {
        Collection again = Of(Main.Transaction(1, 90));
        Assert.That(Judge(again), Is.True);
        Assert.That(Judge(Of(Main.Transaction(1, 90), Main.Transaction(1, 90))), Is.False, "of its own");
        Block ancestor = On(Root, again);
        tree.Add(ancestor);
        Assert.That(Payloads(Main.FinalUpTo(100, Plan)).IsValid(On(ancestor, again)), Is.False, "of an ancestor");
        history.Add(again);
        Assert.That(Judge(again), Is.False, "of what is final");
    }

    [Test]
    public void A_block_without_a_collection_is_refused() =>
        Assert.That(Payloads(Main.FinalUpTo(100, Plan)).IsValid(Main.Next(Root)), Is.False);

    private void Wait(params Transaction[] transactions)
    {
        foreach (Transaction transaction in transactions) mempool.Add(transaction);
    }

    private Collection Build(ulong final, ClusterSpec? spec = null, Block? parent = null) =>
        ((Payload.OfCluster)Payloads(Main.FinalUpTo(final, Plan), spec)
            .Build(new View(9), parent ?? Root, new Effects())!).Collection;

    /// <summary>Sealing is not this test's matter unless it says so.</summary>
    private CollectionPayloads Payloads(MainChain main, ClusterSpec? spec = null) => new(
        main.Sealed.Value > 0 || main.SealingLag < 600 ? spec ?? ClusterSpec.FlowGo
            : (spec ?? ClusterSpec.FlowGo) with { Throttle = new SealingThrottle { MinLag = ulong.MaxValue } },
        0, main, mempool, tree, history);

    private bool Judge(Collection collection) => Judge(Main.FinalUpTo(100, Plan), collection);

    private bool Judge(MainChain main, Collection collection) => Payloads(main).IsValid(On(Root, collection));

    private static Collection Referring(ulong height) => Collection.Of([], Main[height].Id, new Height(height));

    private static Collection Of(params Transaction[] transactions)
    {
        Transaction? lowest = transactions.MinBy(transaction => transaction.ReferenceHeight);
        return Collection.Of(transactions, lowest?.ReferenceId ?? Main[100].Id,
            lowest?.ReferenceHeight ?? new Height(100));
    }

    private Block On(Block parent, Collection collection) => Block.On(new View(++view), parent,
        QuorumCertificate.Trusted(parent.View, parent.Id), new NodeId(4), 0, new Payload.OfCluster(collection));

    private static IEnumerable<ulong> Ids(Collection collection) =>
        collection.Transactions.Select(transaction => transaction.Id.Value);
}
