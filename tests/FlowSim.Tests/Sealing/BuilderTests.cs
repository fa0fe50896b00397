using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Sealing;
using NUnit.Framework;

namespace FlowSim.Tests.Sealing;

/// <summary>What a leader puts into its block; the cases of flow-go's module/builder/consensus/builder_test.go.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuilderTests
{
    private readonly Bench bench = new();
    private Block a = null!;
    private Block b = null!;
    private Block c = null!;
    private ExecutionResult ofA = null!;
    private ExecutionResult ofB = null!;

    [SetUp]
    public void Chain()
    {
        a = bench.Join(Bench.On(Bench.Root));
        ofA = Bench.Execute(a, Bench.RootResult);
        b = bench.Join(Bench.On(a, receipts: [bench.Receipt(0, ofA), bench.Receipt(1, ofA)]));
        ofB = Bench.Execute(b, ofA);
        c = bench.Join(Bench.On(b, receipts: [bench.Receipt(0, ofB), bench.Receipt(1, ofB)]));
    }

    [Test]
    public void Payload_empty()
    {
        Payload.Main built = bench.Build(c)!;
        Assert.Multiple(() =>
        {
            Assert.That(built.Guarantees, Is.Empty);
            Assert.That(built.Receipts, Is.Empty);
            Assert.That(built.Seals, Is.Empty);
            Assert.That(built.LastSeal.Result.Id, Is.EqualTo(Bench.RootResult.Id));
            Assert.That(bench.Engine.IsValid(Bench.On(c)));
        });
    }

    [Test]
    public void Guarantees_come_in_the_order_of_their_arrival()
    {
        for (ulong id = 3; id > 0; id--) bench.Tell(Bench.Guarantee(id, a));
        Assert.That(bench.Build(c)!.Guarantees.Select(g => g.CollectionId.Value), Is.EqualTo(new[] { 3, 2, 1 }));
    }

    [Test]
    public void Guarantees_beyond_the_limit_wait()
    {
        for (ulong id = 0; id < 101; id++) bench.Tell(Bench.Guarantee(id, a));
        Assert.That(bench.Build(c)!.Guarantees, Has.Count.EqualTo(100));
    }

    [Test]
    public void Guarantee_is_on_the_fork_already()
    {
        Guarantee guarantee = Bench.Guarantee(7, a);
        bench.Tell(guarantee);
        Block d = bench.Join(Bench.On(c, guarantees: [guarantee]));
        Assert.That(bench.Build(d)!.Guarantees, Is.Empty);
        Assert.That(bench.Build(c)!.Guarantees, Has.Count.EqualTo(1), "another fork may have it");
        bench.Finalize(d);
        bench.Tell(guarantee);
        Assert.That(bench.Build(d)!.Guarantees, Is.Empty);
    }

    [Test]
    public void Guarantee_reference_is_unknown_or_on_another_fork()
    {
        bench.Tell(Bench.Guarantee(7, Bench.On(Bench.Root, skip: 50)));
        Assert.That(bench.Build(c)!.Guarantees, Is.Empty);
        Block sibling = bench.Join(Bench.On(b, skip: 5));
        bench.Tell(Bench.Guarantee(8, sibling));
        Assert.That(bench.Build(c)!.Guarantees, Is.Empty);
        Assert.That(bench.Build(sibling)!.Guarantees, Has.Count.EqualTo(1));
    }

    [Test]
    public void Guarantee_reference_is_expired()
    {
        bench.Tell(Bench.Guarantee(7, a));
        Block tip = bench.Lengthen(c, (int)SealingSpec.FlowGo.Expiry - 3);
        Assert.That(tip.Height.Value, Is.EqualTo(600));
        Assert.That(bench.Build(tip)!.Guarantees, Has.Count.EqualTo(1), "block 601 refers to block 1");
        tip = bench.Join(Bench.On(tip));
        Assert.That(bench.Build(tip)!.Guarantees, Is.Empty);
    }

    [Test]
    public void Receipts_follow_the_results_from_the_last_sealed_one()
    {
        ExecutionResult ofC = Bench.Execute(c, ofB);
        Block d = bench.Join(Bench.On(c));
        ExecutionResult ofD = Bench.Execute(d, ofC);
        bench.Tell(0, ofD);
        Assert.That(bench.Build(d)!.Receipts, Is.Empty, "the result of c is unknown");
        bench.Tell(2, ofC);
        bench.Tell(1, ofC);
        Assert.That(bench.Build(d)!.Receipts.Select(r => (r.Executor, r.Result)), Is.EqualTo(new[]
        {
            (bench.Executors[2], ofC), (bench.Executors[1], ofC), (bench.Executors[0], ofD),
        }));
    }

    [Test]
    public void Receipts_are_for_blocks_of_the_fork_only()
    {
        Block sibling = bench.Join(Bench.On(b, skip: 5));
        bench.Tell(0, Bench.Execute(sibling, ofB));
        Assert.That(bench.Build(c)!.Receipts, Is.Empty);
        Assert.That(bench.Build(sibling)!.Receipts, Has.Count.EqualTo(3), "those of c are not on this fork");
    }

    [Test]
    public void Receipts_on_the_fork_are_skipped()
    {
        bench.Tell(0, ofB);
        Assert.That(bench.Build(c)!.Receipts, Is.Empty);
        bench.Tell(2, ofB);
        Assert.That(bench.Build(c)!.Receipts.Select(r => r.Executor), Is.EqualTo(new[] { bench.Executors[2] }));
    }

    [Test]
    public void Receipts_for_sealed_blocks_are_skipped()
    {
        Block d = bench.Join(Bench.On(c, seals: [Bench.SealOf(ofA)]));
        bench.Tell(2, ofA);
        Assert.That(bench.Build(d)!.Receipts, Is.Empty);
        Assert.That(bench.Build(c)!.Receipts, Has.Count.EqualTo(1), "it is not sealed below d");
    }

    [Test]
    public void Receipts_are_limited()
    {
        var few = new Bench(SealingSpec.FlowGo with { MaxReceipts = 2 });
        Block only = few.Join(Bench.On(Bench.Root));
        for (int i = 0; i < 3; i++) few.Tell(i, Bench.Execute(only, Bench.RootResult));
        Assert.That(few.Build(only)!.Receipts, Has.Count.EqualTo(2));
    }

    [Test]
    public void Receipts_of_several_results_of_one_block()
    {
        ExecutionResult other = Bench.Execute(b, ofA, salt: 1);
        bench.Tell(2, other);
        Assert.That(bench.Build(c)!.Receipts.Select(r => r.Result), Is.EqualTo(new[] { other }));
    }

    [Test]
    public void Seals_are_made_in_a_row_once_approved()
    {
        Block d = bench.Join(Bench.On(c));
        Block e = bench.Join(Bench.On(d));
        bench.Approve(b, ofA);
        bench.Approve(c, ofB);
        Payload.Main built = bench.Build(e)!;
        Assert.That(built.Seals.Select(seal => seal.Result), Is.EqualTo(new[] { ofA, ofB }));
        Assert.That(built.LastSeal, Is.EqualTo(built.Seals[^1]));
        Assert.That(bench.Engine.IsValid(Bench.On(e, seals: built.Seals)));
    }

    [Test]
    public void Seals_are_limited()
    {
        var few = new Bench(SealingSpec.FlowGo with { MaxSeals = 1 });
        foreach (Block block in new[] { a, b, c }) few.Join(block);
        Block d = few.Join(Bench.On(c));
        Block e = few.Join(Bench.On(d));
        few.Approve(b, ofA);
        few.Approve(c, ofB);
        Assert.That(few.Build(e)!.Seals, Has.Count.EqualTo(1));
    }

    [Test]
    public void Seals_are_not_for_a_result_that_the_parent_incorporates()
    {
        Block d = bench.Join(Bench.On(c));
        bench.Approve(b, ofA);
        bench.Approve(c, ofB);
        Assert.That(bench.Build(c)!.Seals.Select(s => s.Result), Is.EqualTo(new[] { ofA }), "c incorporates ofB");
        Assert.That(bench.Build(d)!.Seals.Select(s => s.Result), Is.EqualTo(new[] { ofA, ofB }));
    }

    [Test]
    public void Seals_of_the_fork_are_not_repeated()
    {
        Block d = bench.Join(Bench.On(c, seals: [Bench.SealOf(ofA)]));
        Block e = bench.Join(Bench.On(d));
        bench.Approve(b, ofA);
        bench.Approve(c, ofB);
        Assert.That(bench.Build(e)!.Seals.Select(s => s.Result), Is.EqualTo(new[] { ofB }));
    }

    [Test]
    public void Seals_wait_for_the_one_before()
    {
        Block d = bench.Join(Bench.On(c));
        bench.Approve(c, ofB);
        Assert.That(bench.Build(d)!.Seals, Is.Empty);
    }

    [Test]
    public void Seals_need_every_chunk_approved()
    {
        var rich = new Bench();
        Block first = rich.Join(Bench.On(Bench.Root, guarantees: [Bench.Guarantee(1, Bench.Root)]));
        ExecutionResult result = Bench.Execute(first, Bench.RootResult);
        Block second = rich.Join(Bench.On(first, receipts: [rich.Receipt(0, result), rich.Receipt(1, result)]));
        Block third = rich.Join(Bench.On(second));
        rich.Approve(result, 1, rich.Assigned(second, result, 1)[2]);
        Assert.That(rich.Build(third)!.Seals, Is.Empty);
        rich.Approve(result, 0, rich.Assigned(second, result, 0)[1]);
        Assert.That(rich.Build(third)!.Seals, Has.Count.EqualTo(1));
    }

    [Test]
    public void Seals_need_two_executors_who_agree()
    {
        var lone = new Bench();
        lone.Join(a);
        ExecutionResult other = Bench.Execute(a, Bench.RootResult, salt: 1);
        Block second = lone.Join(Bench.On(a, receipts: [lone.Receipt(0, ofA), lone.Receipt(1, other)]));
        Block third = lone.Join(Bench.On(second));
        lone.Approve(second, ofA);
        Assert.That(lone.Build(third)!.Seals, Is.Empty);
        lone.Tell(2, ofA);
        Assert.That(lone.Build(third)!.Seals.Select(s => s.Result), Is.EqualTo(new[] { ofA }));
    }

    [Test]
    public void Results_of_the_fork_are_known_after_a_restart()
    {
        bench.Finalize(a);
        bench.Restart();
        bench.Tell(2, Bench.Execute(c, ofB));
        Assert.That(bench.Build(c)!.Receipts, Has.Count.EqualTo(1));
        Assert.That(bench.Engine.WorthOf(new Message.Pipeline.Receipt(bench.Receipt(0, ofB))),
            Is.EqualTo(Worth.Nothing));
    }
}
