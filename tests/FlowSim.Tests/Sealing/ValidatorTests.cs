using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using NUnit.Framework;

namespace FlowSim.Tests.Sealing;

/// <summary>
/// What a replica accepts; the cases of flow-go's seal_validator_test.go, receipt_validator_test.go and the Extend
/// cases of state/protocol/badger/mutator_test.go.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ValidatorTests
{
    private readonly Bench bench = new();
    private readonly Block a;
    private readonly Block b;
    private readonly Block c;
    private readonly Block d;
    private readonly ExecutionResult ofA;
    private readonly ExecutionResult ofB;

    public ValidatorTests()
    {
        a = bench.Join(Bench.On(Bench.Root));
        ofA = Bench.Execute(a, Bench.RootResult);
        b = bench.Join(Bench.On(a, receipts: [bench.Receipt(0, ofA)]));
        ofB = Bench.Execute(b, ofA);
        c = bench.Join(Bench.On(b, receipts: [bench.Receipt(0, ofB)]));
        d = bench.Join(Bench.On(c));
    }

    [Test]
    public void Seal_without_approvals_and_with_one_executor_is_accepted() =>
        Assert.That(Accepts(Bench.On(c, seals: [Bench.SealOf(ofA)])));

    [Test]
    public void Seals_in_a_row_are_accepted() =>
        Assert.That(Accepts(Bench.On(d, seals: [Bench.SealOf(ofA), Bench.SealOf(ofB)])));

    [Test]
    public void Seal_enforces_a_gap_to_the_incorporating_block()
    {
        Assert.That(Refuses(Bench.On(b, seals: [Bench.SealOf(ofA)])), "b incorporates it");
        Assert.That(Refuses(Bench.On(c, seals: [Bench.SealOf(ofA), Bench.SealOf(ofB)])), "c incorporates ofB");
    }

    [Test]
    public void Seal_skips_a_block() => Assert.That(Refuses(Bench.On(d, seals: [Bench.SealOf(ofB)])));

    [Test]
    public void Seal_comes_twice()
    {
        Assert.That(Refuses(Bench.On(d, seals: [Bench.SealOf(ofA), Bench.SealOf(ofA)])));
        Block sealing = bench.Join(Bench.On(d, seals: [Bench.SealOf(ofA)], skip: 3));
        Assert.That(Refuses(Bench.On(sealing, seals: [Bench.SealOf(ofA)])));
    }

    [Test]
    public void Seals_are_in_the_wrong_order() =>
        Assert.That(Refuses(Bench.On(d, seals: [Bench.SealOf(ofB), Bench.SealOf(ofA)])));

    [Test]
    public void Seal_is_for_a_result_that_is_not_incorporated() =>
        Assert.That(Refuses(Bench.On(d, seals: [Bench.SealOf(Bench.Execute(a, Bench.RootResult, salt: 9))])));

    [Test]
    public void Seal_is_for_a_result_incorporated_on_another_fork()
    {
        ExecutionResult other = Bench.Execute(a, Bench.RootResult, salt: 4);
        bench.Join(Bench.On(b, receipts: [bench.Receipt(1, other)], skip: 4));
        Assert.That(Refuses(Bench.On(d, seals: [Bench.SealOf(other)])));
    }

    [Test]
    public void Seals_disconnect_the_results()
    {
        ExecutionResult other = Bench.Execute(a, Bench.RootResult, salt: 1);
        ExecutionResult onOther = Bench.Execute(b, other);
        Block e = bench.Join(Bench.On(d, receipts: [bench.Receipt(1, other), bench.Receipt(1, onOther)], skip: 6));
        Block f = bench.Join(Bench.On(e));
        Assert.That(Refuses(Bench.On(f, seals: [Bench.SealOf(ofA), Bench.SealOf(onOther)])));
        Assert.That(Accepts(Bench.On(f, seals: [Bench.SealOf(other), Bench.SealOf(onOther)])));
    }

    [Test]
    public void Seal_names_another_block_than_its_result() => Assert.That(Refuses(
        Bench.On(d, seals: [new Seal(b.Id, a.Height, ofA)])));

    [Test]
    public void Last_seal_is_not_the_last_one()
    {
        var payload = new Payload.Main([], [], [], Bench.SealOf(ofA));
        Assert.That(Refuses(Block.On(d.View.Next, d, QuorumCertificate.Trusted(d.View, d.Id), d.Proposer, 0, payload)));
    }

    [Test]
    public void Block_without_a_payload_is_refused() => Assert.That(Refuses(
        Block.On(d.View.Next, d, QuorumCertificate.Trusted(d.View, d.Id), d.Proposer)));

    [Test]
    public void Receipt_comes_twice()
    {
        ExecutionResult ofC = Bench.Execute(c, ofB);
        Assert.That(Accepts(Bench.On(d, receipts: [bench.Receipt(1, ofC), bench.Receipt(2, ofC)])));
        Assert.That(Refuses(Bench.On(d, receipts: [bench.Receipt(1, ofC), bench.Receipt(1, ofC)])));
        Assert.That(Refuses(Bench.On(d, receipts: [bench.Receipt(0, ofB)])), "c has it");
    }

    [Test]
    public void Receipt_has_no_known_previous_result()
    {
        ExecutionResult ofC = Bench.Execute(c, ofB);
        ExecutionResult ofD = Bench.Execute(d, ofC);
        Assert.That(Refuses(Bench.On(d, receipts: [bench.Receipt(1, ofD)])));
        Assert.That(Refuses(Bench.On(d, receipts: [bench.Receipt(1, ofD), bench.Receipt(1, ofC)])));
        Assert.That(Accepts(Bench.On(d, receipts: [bench.Receipt(1, ofC), bench.Receipt(1, ofD)])));
    }

    [Test]
    public void Receipt_is_for_a_sealed_block()
    {
        Block sealing = bench.Join(Bench.On(d, seals: [Bench.SealOf(ofA)], skip: 2));
        Assert.That(Refuses(Bench.On(sealing, receipts: [bench.Receipt(1, ofA)])));
        Assert.That(Accepts(Bench.On(sealing, receipts: [bench.Receipt(1, ofB)])));
    }

    [Test]
    public void Receipt_is_for_a_block_of_another_fork()
    {
        Block sibling = bench.Join(Bench.On(b, skip: 7));
        ExecutionResult result = Bench.Execute(sibling, ofB);
        Assert.That(Refuses(Bench.On(d, receipts: [bench.Receipt(1, result)])));
        Assert.That(Accepts(Bench.On(sibling, receipts: [bench.Receipt(0, ofB), bench.Receipt(1, result)])));
    }

    [Test]
    public void Receipt_has_the_wrong_chunks()
    {
        Chunk system = Bench.Execute(c, ofB).Chunks[0];
        Assert.That(Refuses(Bench.On(d, receipts: [bench.Receipt(0, ExecutionResult.Of(c, ofB.Id,
            [system, new Chunk(1, 0, system.End, system.End)]))])), "two chunks for no collection");
        Assert.That(Refuses(Bench.On(d, receipts: [bench.Receipt(0, ExecutionResult.Of(c, ofB.Id,
            [system with { Start = new Commitment(1) }]))])), "it starts elsewhere");
        Assert.That(Refuses(Bench.On(d, receipts: [bench.Receipt(0, Bench.Execute(c, ofA))])), "it skips b");
    }

    [Test]
    public void Guarantee_comes_twice()
    {
        Guarantee guarantee = Bench.Guarantee(1, a);
        Assert.That(Accepts(Bench.On(d, guarantees: [guarantee])));
        Assert.That(Refuses(Bench.On(d, guarantees: [guarantee, guarantee])));
        Block with = bench.Join(Bench.On(d, guarantees: [guarantee], skip: 8));
        Assert.That(Refuses(Bench.On(with, guarantees: [guarantee])));
    }

    [Test]
    public void Guarantee_is_in_a_finalized_block()
    {
        var other = new Bench();
        Guarantee guarantee = Bench.Guarantee(1, Bench.Root);
        Block first = other.Join(Bench.On(Bench.Root, guarantees: [guarantee]));
        other.Finalize(first);
        Assert.That(other.Engine.IsValid(Bench.On(first, guarantees: [guarantee])), Is.False);
        Assert.That(other.Engine.IsValid(Bench.On(first, guarantees: [Bench.Guarantee(2, Bench.Root)])));
    }

    [Test]
    public void Guarantee_refers_to_an_unknown_block_or_the_wrong_height()
    {
        Assert.That(Refuses(Bench.On(d, guarantees: [Bench.Guarantee(1, Bench.On(d, skip: 99))])));
        Assert.That(Refuses(Bench.On(d, guarantees: [Bench.Guarantee(1, a) with { ReferenceHeight = c.Height }])));
    }

    [Test]
    public void Guarantee_is_expired()
    {
        var other = new Bench();
        Block tip = other.Lengthen(Bench.Root, 600);
        Assert.That(other.Engine.IsValid(Bench.On(tip, guarantees: [Bench.Guarantee(1, Bench.Root)])), Is.False);
        Assert.That(other.Engine.IsValid(
            Bench.On(tip, guarantees: [Bench.Guarantee(1, Bench.On(Bench.Root))])), "601 - 1 is 600");
    }

    [Test]
    public void Block_has_more_than_the_limits()
    {
        IEnumerable<Guarantee> many = Enumerable.Range(1, 101).Select(i => Bench.Guarantee((ulong)i, a));
        Assert.That(Refuses(Bench.On(d, guarantees: [.. many])));
        Assert.That(Accepts(Bench.On(d, guarantees: [.. many.Take(100)])));
    }

    [Test]
    public void Block_extends_one_that_finality_has_passed()
    {
        var other = new Bench();
        Block first = other.Join(Bench.On(Bench.Root));
        Block rival = other.Join(Bench.On(Bench.Root, skip: 1));
        Block onRival = other.Join(Bench.On(rival));
        other.Finalize(first);
        Assert.That(other.Engine.IsValid(Bench.On(rival)), Is.False);
        Assert.That(other.Engine.IsValid(Bench.On(onRival)), Is.False);
        Assert.That(other.Engine.IsValid(Bench.On(Bench.Root, skip: 9)), Is.False);
        Assert.That(other.Engine.IsValid(Bench.On(first)));
    }

    private bool Accepts(Block block) => bench.Engine.IsValid(block);

    private bool Refuses(Block block) => !bench.Engine.IsValid(block);
}
