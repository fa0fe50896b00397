using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Clusters;
using NUnit.Framework;

namespace FlowSim.Tests.Clusters;

/// <summary>Which transactions a collection node takes, where they wait, and for how long they are remembered.
/// </summary>
public sealed class IngestTests
{
    private static readonly ClusterPlan Plan = ClusterWorld.Plan(ClusterWorld.Of(4, 1, views: 2_000));

    private static readonly SomeMain Main = new(1_500);

    [TestCase(130UL, true)]
    [TestCase(129UL, false)]
    [TestCase(700UL, true)]
    public void A_transaction_is_taken_until_shortly_before_it_expires(ulong reference, bool isTaken) =>
        Assert.That(Admit(700, Main.Transaction(1, reference)), Is.EqualTo(isTaken ? Main[reference] : null));

    [Test]
    public void A_transaction_may_refer_to_a_block_that_is_not_final_if_the_node_knows_it()
    {
        MainChain main = Main.FinalUpTo(100, Plan);
        Transaction ahead = Main.Transaction(1, 101);
        Assert.That(new IngestRules(ClusterSpec.FlowGo, main).Admit(ahead), Is.Null);
        main.Incorporate(Main[101]);
        Assert.That(new IngestRules(ClusterSpec.FlowGo, main).Admit(ahead), Is.EqualTo(Main[101]));
    }

    [Test]
    public void A_transaction_with_an_unknown_reference_is_refused() =>
        Assert.That(Admit(700, Main.Transaction(1, 650) with { ReferenceId = new BlockId(5) }), Is.Null);

    [TestCase(1_500_000L, 9_999L, true)]
    [TestCase(1_500_001L, 9_999L, false)]
    [TestCase(1_500_000L, 10_000L, false)]
    public void A_transaction_has_limits(long bytes, long gas, bool isTaken) =>
        Assert.That(Admit(700, Main.Transaction(1, 650, bytes, gas)) is not null, Is.EqualTo(isTaken));

    [Test]
    public void A_full_mempool_drops_the_oldest()
    {
        var mempool = new Mempool(3);
        foreach (ulong id in new ulong[] { 1, 2, 3, 1, 4 }) mempool.Add(Main.Transaction(id, 1));
        Assert.That(Waiting(mempool), Is.EqualTo(new ulong[] { 2, 3, 4 }));
        Assert.That(mempool.Contains(new TransactionId(1)), Is.False);
        mempool.Remove(new TransactionId(3));
        Assert.That(Waiting(mempool), Is.EqualTo(new ulong[] { 2, 4 }));
    }

    [TestCase(0UL, 100)]
    [TestCase(300UL, 100)]
    [TestCase(599UL, 100)]
    [TestCase(600UL, 0)]
    [TestCase(5_000UL, 0)]
    public void As_shipped_collections_are_full_or_empty(ulong lag, int size) =>
        Assert.That(SealingThrottle.FlowGo.Limit(lag, 100), Is.EqualTo(size));

    [TestCase(109UL, 100)]
    [TestCase(110UL, 50)]
    [TestCase(120UL, 25)]
    [TestCase(149UL, 6)]
    [TestCase(199UL, 5)]
    [TestCase(200UL, 5)]
    public void Otherwise_their_size_halves_step_by_step_down_to_the_smallest(ulong lag, int size) =>
        Assert.That(new SealingThrottle { MinLag = 100, MaxLag = 200, HalvingInterval = 10, MinSize = 5 }
            .Limit(lag, 100), Is.EqualTo(size));

    [Test]
    public void History_knows_a_transaction_until_it_is_pruned_by_its_own_reference() =>
        Gen.ULong[1, 50].Array[1, 30].Sample(references =>
        {
            var history = new ClusterHistory();
            history.Add(Collection.Of([.. references.Select((reference, i) => Main.Transaction((ulong)i, reference))],
                Main[1].Id, new Height(1)));
            history.PruneBelow(new Height(25));
            for (int i = 0; i < references.Length; i++)
            {
                if (history.Contains(new TransactionId((ulong)i)) != references[i] >= 25) return false;
            }

            return history.Count == references.Count(reference => reference >= 25);
        }, iter: 200, seed: "0000KqFzH4Vb");

    [Test]
    public void The_main_chain_is_looked_up_as_far_back_as_it_matters()
    {
        MainChain main = Main.FinalUpTo(1_500, Plan, looksBack: 100);
        Assert.That(main.At(new Height(1_401)), Is.EqualTo(Main[1_401]));
        Assert.That(main.At(new Height(1_400)), Is.Null);
        Assert.That(main.At(new Height(1_501)), Is.Null);
        Assert.That(main.IsFinal(Main[1_450].Id, new Height(1_450)), Is.True);
        Assert.That(main.IsFinal(new BlockId(5), new Height(1_450)), Is.False);
        Assert.That(main.IsFinal(new BlockId(5), new Height(5)), Is.True, "too old to look up");
        Assert.That(main.IsFinal(new BlockId(5), new Height(1_501)), Is.False);
    }

    private static Block? Admit(ulong final, Transaction transaction) =>
        new IngestRules(ClusterSpec.FlowGo, Main.FinalUpTo(final, Plan)).Admit(transaction);

    private static IEnumerable<ulong> Waiting(Mempool mempool)
    {
        for (LinkedListNode<Transaction>? at = mempool.First; at is not null; at = at.Next)
            yield return at.Value.Id.Value;
    }
}
