using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Sealing;
using NUnit.Framework;

namespace FlowSim.Tests.Sealing;

/// <summary>What is kept of guarantees, and for how long.</summary>
public sealed class PoolTests
{
    [Test]
    public void A_full_pool_drops_the_oldest_guarantee()
    {
        var bench = new Bench(SealingSpec.FlowGo with { GuaranteePool = 2 });
        for (ulong id = 1; id <= 3; id++) bench.Tell(Bench.Guarantee(id, Bench.Root));
        Assert.That(bench.Build(Bench.Root)!.Guarantees.Select(g => g.CollectionId.Value), Is.EqualTo(new[] { 2, 3 }));
    }

    [Test]
    public void A_pledge_is_read_once_and_never_again_once_its_collection_is_final()
    {
        var bench = new Bench();
        Guarantee guarantee = Bench.Guarantee(1, Bench.Root);
        var pledge = new Message.Pipeline.Pledge(guarantee);
        Assert.That(bench.Engine.WorthOf(pledge), Is.EqualTo(Worth.Reading));
        bench.Tell(pledge);
        Assert.That(bench.Engine.WorthOf(pledge), Is.EqualTo(Worth.Nothing));
        Block a = bench.Join(Bench.On(Bench.Root, guarantees: [guarantee]));
        Assert.That(bench.Engine.WorthOf(pledge), Is.EqualTo(Worth.Nothing), "a may be orphaned yet");
        bench.Finalize(a);
        Assert.That(bench.Engine.WorthOf(pledge), Is.EqualTo(Worth.NothingEver));
    }

    [Test]
    public void A_pledge_expires_with_its_reference_block()
    {
        var bench = new Bench();
        var pledge = new Message.Pipeline.Pledge(Bench.Guarantee(1, Bench.Root));
        Block tip = bench.Lengthen(Bench.Root, 599);
        bench.Finalize(tip);
        Assert.That(bench.Engine.WorthOf(pledge), Is.EqualTo(Worth.Reading), "block 600 may have it");
        bench.Finalize(bench.Join(Bench.On(tip)));
        Assert.That(bench.Engine.WorthOf(pledge), Is.EqualTo(Worth.NothingEver));
    }

    [Test]
    public void A_ledger_shows_nothing_above_its_own_finalized_height()
    {
        var shared = new FinalizedCollections(Bench.Root);
        var fast = new CollectionLedger(shared);
        var slow = new CollectionLedger(shared);
        Block a = Bench.On(Bench.Root, guarantees: [Bench.Guarantee(1, Bench.Root)]);
        fast.Append(a);
        Assert.That((fast.Contains(new CollectionId(1)), slow.Contains(new CollectionId(1))),
            Is.EqualTo((true, false)));
        Assert.That((fast.HeightOf(a.Id), slow.HeightOf(a.Id)), Is.EqualTo(((Height?)a.Height, (Height?)null)));
        slow.Append(a);
        Assert.That(slow.Contains(new CollectionId(1)));
    }

    [Test]
    public void A_ledger_goes_on_alone_where_agreement_breaks()
    {
        var shared = new FinalizedCollections(Bench.Root);
        var first = new CollectionLedger(shared);
        var second = new CollectionLedger(shared);
        Block a = Bench.On(Bench.Root, guarantees: [Bench.Guarantee(1, Bench.Root)]);
        Block other = Bench.On(Bench.Root, guarantees: [Bench.Guarantee(2, Bench.Root)]);
        first.Append(a);
        second.Append(other);
        Assert.That((second.Contains(new CollectionId(1)), second.Contains(new CollectionId(2))),
            Is.EqualTo((false, true)));
        Assert.That(first.Contains(new CollectionId(2)), Is.False);
        Assert.That(second.HeightOf(other.Id), Is.EqualTo(other.Height));
    }

    [Test]
    public void What_is_sealed_is_forgotten()
    {
        var bench = new Bench();
        Block a = bench.Join(Bench.On(Bench.Root));
        Block b = bench.Join(Bench.On(a));
        ExecutionResult ofA = Bench.Execute(a, Bench.RootResult);
        ExecutionResult ofB = Bench.Execute(b, ofA);
        Block c = bench.Join(Bench.On(b, receipts: [bench.Receipt(0, ofA), bench.Receipt(0, ofB)]));
        Block d = bench.Join(Bench.On(c));
        Block e = bench.Join(Bench.On(d, seals: [Bench.SealOf(ofA), Bench.SealOf(ofB)]));
        bench.Finalize(d);
        Assert.That(Kept(bench), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
        bench.Finalize(e);
        Assert.That(Kept(bench), Is.EqualTo(new[] { 2, 3, 4, 5 }));
    }

    private static IEnumerable<ulong> Kept(Bench bench) =>
        ((SealingDisk)bench.Engine.Saved!).Unsealed.Select(block => block.Height.Value);
}
