using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Sealing;
using NUnit.Framework;

namespace FlowSim.Tests.Sealing;

/// <summary>Taking in receipts and asking for them; the cases of flow-go's engine/consensus/matching/core_test.go.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReceiptTests
{
    private readonly Bench bench = new();
    private readonly Block a;
    private readonly Block b;
    private readonly ExecutionResult ofA;
    private readonly ExecutionResult ofB;

    public ReceiptTests()
    {
        a = bench.Join(Bench.On(Bench.Root));
        b = bench.Join(Bench.On(a));
        ofA = Bench.Execute(a, Bench.RootResult);
        ofB = Bench.Execute(b, ofA);
    }

    [Test]
    public void Receipt_is_kept_once()
    {
        Assert.That(WorthOf(ofA), Is.EqualTo(Worth.Reading));
        bench.Tell(0, ofA);
        bench.Tell(0, ofA);
        Assert.That(WorthOf(ofA), Is.EqualTo(Worth.Nothing));
        Assert.That(bench.Build(b)!.Receipts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Receipt_waits_for_the_result_before()
    {
        bench.Tell(0, ofB);
        Assert.That(WorthOf(ofB), Is.EqualTo(Worth.Nothing));
        Assert.That(bench.Build(b)!.Receipts, Is.Empty);
        bench.Tell(1, ofA);
        Assert.That(bench.Build(b)!.Receipts.Select(r => r.Result), Is.EqualTo(new[] { ofA, ofB }));
    }

    [Test]
    public void A_long_row_of_receipts_waits_for_the_first()
    {
        Block tip = bench.Lengthen(b, 40);
        var row = new List<ExecutionResult> { ofA, ofB };
        foreach (Block block in bench.Chain.Skip(2)) row.Add(Bench.Execute(block, row[^1]));
        for (int i = row.Count - 1; i > 0; i--)
            for (int executor = 0; executor < 3; executor++) bench.Tell(executor, row[i]);
        Assert.That(bench.Build(tip)!.Receipts, Is.Empty);
        bench.Tell(0, ofA);
        Assert.That(bench.Build(tip)!.Receipts, Has.Count.EqualTo(1 + 3 * 41));
    }

    [Test]
    public void Waiting_receipts_are_limited()
    {
        var small = new Bench(SealingSpec.FlowGo with { PendingReceipts = 1 });
        small.Join(a);
        small.Join(b);
        small.Tell(0, ofB);
        small.Tell(1, ofB);
        small.Tell(2, ofA);
        Assert.That(small.Build(b)!.Receipts.Select(r => r.Executor),
            Is.EqualTo(new[] { small.Executors[2], small.Executors[1] }));
    }

    [Test]
    public void Receipt_for_an_unknown_block_or_by_somebody_else_or_malformed_is_thrown_away()
    {
        Block unknown = Bench.On(b);
        bench.Tell(0, Bench.Execute(unknown, ofB));
        bench.Tell(new Message.Pipeline.Receipt(new ExecutionReceipt(bench.Verifiers[0], ofA)));
        bench.Tell(0, ExecutionResult.Of(a, Bench.RootResult.Id,
            [ofA.Chunks[0] with { Start = new Commitment(1) }]));
        Assert.That(bench.Build(b)!.Receipts, Is.Empty);
    }

    [Test]
    public void Receipt_for_a_sealed_block_is_worth_nothing_for_ever()
    {
        Block c = bench.Join(Bench.On(b, receipts: [bench.Receipt(1, ofA)]));
        Block d = bench.Join(Bench.On(c));
        Block e = bench.Join(Bench.On(d, seals: [Bench.SealOf(ofA)]));
        Assert.That(WorthOf(ofA), Is.EqualTo(Worth.Reading));
        bench.Finalize(e);
        Assert.That(WorthOf(ofA), Is.EqualTo(Worth.NothingEver));
    }

    [Test]
    public void Missing_receipts_are_asked_for_once_ten_heights_are_unsealed()
    {
        Block tip = bench.Lengthen(b, 7);
        bench.Finalize(tip);
        Assert.That(tip.Height.Value, Is.EqualTo(9));
        Assert.That(Timers(), Is.Empty);
        tip = bench.Join(Bench.On(tip));
        bench.Finalize(tip);
        Assert.That(Timers(), Is.Not.Empty);
        bench.Said.Clear();
        bench.Now = SimTime.FromSeconds(1);
        bench.Engine.OnTimer(bench.Now, TimerKind.Engine, bench.Said);
        (NodeId to, Message.Pipeline.ReceiptRequest request) =
            bench.Sent<Message.Pipeline.ReceiptRequest>().Single();
        Assert.That(bench.Executors, Does.Contain(to));
        Assert.That(request.Blocks, Has.Count.EqualTo(10));
        Assert.That(request.Blocks.Take(2), Is.EqualTo(new[] { a.Id, b.Id }));
    }

    [Test]
    public void Twenty_blocks_are_asked_about_at_most()
    {
        Block tip = bench.Lengthen(b, 40);
        bench.Finalize(tip);
        bench.Engine.OnTimer(SimTime.FromSeconds(1), TimerKind.Engine, bench.Said);
        Assert.That(bench.Sent<Message.Pipeline.ReceiptRequest>().Single().Message.Blocks, Has.Count.EqualTo(20));
    }

    [Test]
    public void Two_executors_who_agree_are_not_asked()
    {
        bench.Tell(0, ofA);
        bench.Tell(1, ofA);
        bench.Tell(0, ofB);
        bench.Tell(1, Bench.Execute(b, ofA, salt: 1));
        bench.Finalize(bench.Lengthen(b, 8));
        bench.Engine.OnTimer(SimTime.FromSeconds(1), TimerKind.Engine, bench.Said);
        IReadOnlyList<BlockId> asked = bench.Sent<Message.Pipeline.ReceiptRequest>().Single().Message.Blocks;
        Assert.That(asked, Does.Contain(b.Id));
        Assert.That(asked, Does.Not.Contain(a.Id));
    }

    [Test]
    public void Retries_wait_two_seconds_and_then_twice_as_long_up_to_thirty()
    {
        bench.Finalize(bench.Lengthen(b, 8));
        var at = new List<long>();
        for (long second = 1; second <= 100; second++)
        {
            bench.Said.Clear();
            bench.Engine.OnTimer(SimTime.FromSeconds(second), TimerKind.Engine, bench.Said);
            if (bench.Sent<Message.Pipeline.ReceiptRequest>().Count > 0) at.Add(second);
        }

        Assert.That(at, Is.EqualTo(new long[] { 1, 3, 7, 15, 31, 61, 91 }));
    }

    [Test]
    public void An_answer_ends_the_asking_until_the_next_block()
    {
        Block tip = bench.Lengthen(b, 8);
        bench.Finalize(tip);
        bench.Tell(0, ofA);
        bench.Engine.OnTimer(SimTime.FromSeconds(1), TimerKind.Engine, bench.Said);
        Assert.That(bench.Sent<Message.Pipeline.ReceiptRequest>().Single().Message.Blocks, Does.Not.Contain(a.Id));
        bench.Said.Clear();
        bench.Now = SimTime.FromSeconds(1);
        bench.Finalize(bench.Join(Bench.On(tip)));
        bench.Engine.OnTimer(SimTime.FromSeconds(2), TimerKind.Engine, bench.Said);
        Assert.That(bench.Sent<Message.Pipeline.ReceiptRequest>().Single().Message.Blocks, Does.Contain(a.Id));
    }

    [Test]
    public void What_is_sealed_meanwhile_is_not_asked_for()
    {
        Block tip = bench.Lengthen(b, 7);
        bench.Finalize(tip);
        Block c = bench.Join(Bench.On(tip, receipts: [bench.Receipt(0, ofA)]));
        bench.Finalize(c);
        Block d = bench.Join(Bench.On(c));
        bench.Finalize(bench.Join(Bench.On(d, seals: [Bench.SealOf(ofA)])));
        bench.Engine.OnTimer(SimTime.FromSeconds(1), TimerKind.Engine, bench.Said);
        IReadOnlyList<BlockId> asked = bench.Sent<Message.Pipeline.ReceiptRequest>().Single().Message.Blocks;
        Assert.That(asked[0], Is.EqualTo(b.Id));
    }

    private IEnumerable<Effect> Timers() => Enumerable.Range(0, bench.Said.Count).Select(i => bench.Said[i])
        .Where(effect => effect.Kind == EffectKind.SetEngineTimer);

    private Worth WorthOf(ExecutionResult result) =>
        bench.Engine.WorthOf(new Message.Pipeline.Receipt(bench.Receipt(0, result)));
}
