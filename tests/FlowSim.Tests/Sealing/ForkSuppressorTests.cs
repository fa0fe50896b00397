using System.Linq;
using FlowSim.Chain;
using FlowSim.Sealing;
using NUnit.Framework;

namespace FlowSim.Tests.Sealing;

/// <summary>Conflicting results; the cases of flow-go's module/mempool/consensus/exec_fork_suppressor_test.go.
/// </summary>
public sealed class ForkSuppressorTests
{
    private static readonly SealingSpec PreFix = SealingSpec.FlowGo with { ForkRule = ForkRule.PreFix };

    [Test]
    public void Conflicting_seals_with_two_receipts_each_end_the_process_of_the_leader()
    {
        var fork = new Fork(SealingSpec.FlowGo, others: 2);
        Assert.That(fork.Bench.Build(fork.Tip), Is.Null);
        Assert.That(fork.Bench.Exits);
        Notice.ExecutionFork found = fork.Bench.Heard<Notice.ExecutionFork>().Single();
        Assert.That(new[] { found.Seal.Result, found.Other.Result }, Is.EquivalentTo(new[] { fork.One, fork.Other }));
    }

    [Test]
    public void A_single_receipt_counts_before_the_fix_and_not_after()
    {
        var before = new Fork(PreFix, others: 1);
        Assert.That(before.Bench.Build(before.Tip), Is.Null);
        Assert.That(before.Bench.Exits);

        var after = new Fork(SealingSpec.FlowGo, others: 1);
        Assert.That(after.Bench.Build(after.Tip)!.Seals.Select(seal => seal.Result), Is.EqualTo(new[] { after.One }));
        Assert.That(after.Bench.Exits, Is.False);
    }

    [Test]
    public void Nobody_asks_for_a_seal_that_is_not_offered_even_before_the_fix()
    {
        var fork = new Fork(PreFix, others: 1, ones: 1);
        Assert.That(fork.Bench.Build(fork.Tip)!.Seals, Is.Empty);
        Assert.That(fork.Bench.Exits, Is.False);
    }

    [Test]
    public void A_result_without_approvals_is_no_fork()
    {
        var fork = new Fork(SealingSpec.FlowGo, others: 2, approveOther: false);
        Assert.That(fork.Bench.Build(fork.Tip)!.Seals.Select(seal => seal.Result), Is.EqualTo(new[] { fork.One }));
    }

    [Test]
    public void Results_with_equal_states_are_no_fork()
    {
        var bench = new Bench();
        Block a = bench.Join(Bench.On(Bench.Root, guarantees: [Bench.Guarantee(1, Bench.Root)]));
        ExecutionResult one = Bench.Execute(a, Bench.RootResult);
        ExecutionResult same = ExecutionResult.Of(a, Bench.RootResult.Id,
            [one.Chunks[0] with { End = new Commitment(5) }, one.Chunks[1] with { Start = new Commitment(5) }]);
        Block b = bench.Join(Bench.On(a, receipts: [bench.Receipt(0, one), bench.Receipt(1, one),
            bench.Receipt(1, same), bench.Receipt(2, same)]));
        Block c = bench.Join(Bench.On(b));
        bench.Approve(b, one);
        bench.Approve(b, same);
        Assert.That(bench.Build(c)!.Seals, Has.Count.EqualTo(1));
        Assert.That(bench.Exits, Is.False);
    }

    [Test]
    public void A_leader_does_not_look_at_what_its_parent_incorporates()
    {
        var fork = new Fork(SealingSpec.FlowGo, others: 2);
        Assert.That(fork.Bench.Build(fork.Incorporating), Is.Not.Null);
        Assert.That(fork.Bench.Exits, Is.False);
    }

    [Test]
    public void Others_look_at_finalized_blocks_once_sealing_lags_by_more_than_ten()
    {
        var fork = new Fork(SealingSpec.FlowGo, others: 2);
        Block tip = fork.Bench.Lengthen(fork.Tip, 9);
        Assert.That((tip.Height.Value, fork.Incorporating.Height.Value), Is.EqualTo((12, 2)));
        fork.Bench.Finalize(tip);
        Assert.That(fork.Bench.Exits, "final 12, sealed 0, incorporated at 2");
    }

    [Test]
    public void Others_do_not_look_before()
    {
        var fork = new Fork(SealingSpec.FlowGo, others: 2);
        Block tip = fork.Bench.Lengthen(fork.Tip, 8);
        fork.Bench.Finalize(tip);
        Assert.That(tip.Height.Value, Is.EqualTo(11), "lag 11, but only blocks up to 1 are looked at");
        Assert.That(fork.Bench.Exits, Is.False);
    }

    [Test]
    public void Evidence_is_kept_and_the_process_ends_again()
    {
        var fork = new Fork(SealingSpec.FlowGo, others: 2);
        fork.Bench.Build(fork.Tip);
        fork.Bench.Restart();
        Assert.That(fork.Bench.Exits);
        Assert.That(fork.Bench.Heard<Notice.ExecutionFork>(), Has.Count.EqualTo(1));
        Assert.That(fork.Bench.Build(fork.Tip), Is.Null);
    }

    [Test]
    public void With_the_other_reading_of_flow_go_it_goes_on_without_seals()
    {
        var fork = new Fork(SealingSpec.FlowGo with { AfterFork = AfterFork.RefusesSeals }, others: 2);
        fork.Bench.Build(fork.Tip);
        fork.Bench.Restart();
        Assert.That(fork.Bench.Exits, Is.False);
        fork.Bench.Tell(2, fork.One);
        fork.Bench.Approve(fork.Incorporating, fork.One);
        Assert.That(fork.Bench.Build(fork.Tip)!.Seals, Is.Empty);
        Assert.That(fork.Bench.Exits, Is.False);
    }

    /// <remarks>The first results contradict each other, the second ones continue them; only these are approved.
    /// </remarks>
    [TestCase(true)]
    [TestCase(false)]
    public void A_descendant_of_an_unapproved_result_counts_only_if_it_may_be_approved(bool descendantApproval)
    {
        var bench = new Bench(SealingSpec.FlowGo with { DescendantApproval = descendantApproval });
        Block a = bench.Join(Bench.On(Bench.Root));
        ExecutionResult ofA = Bench.Execute(a, Bench.RootResult);
        ExecutionResult wrongA = Bench.Execute(a, Bench.RootResult, salt: 1);
        Block b = bench.Join(Bench.On(a));
        ExecutionResult ofB = Bench.Execute(b, ofA);
        ExecutionResult wrongB = Bench.Execute(b, wrongA);
        Block c = bench.Join(Bench.On(b, receipts: [.. new[] { ofA, ofB }.SelectMany(
            result => new[] { bench.Receipt(0, result), bench.Receipt(1, result) })]));
        Block d = bench.Join(Bench.On(c, receipts: [.. new[] { wrongA, wrongB }.SelectMany(
            result => new[] { bench.Receipt(1, result), bench.Receipt(2, result) })]));
        Block e = bench.Join(Bench.On(d));
        bench.Approve(c, ofA);
        bench.Approve(c, ofB);
        bench.Approve(d, wrongB);

        Payload.Main? built = bench.Build(e);

        Assert.That(bench.Exits, Is.EqualTo(descendantApproval));
        Assert.That(built?.Seals.Select(seal => seal.Result),
            Is.EqualTo(descendantApproval ? null : new[] { ofA, ofB }));
    }

    /// <summary>A block with two results of other states, incorporated by one block.</summary>
    private sealed class Fork
    {
        public Fork(SealingSpec spec, int others, int ones = 2, bool approveOther = true)
        {
            Bench = new Bench(spec);
            Block a = Bench.Join(Bench.On(Bench.Root));
            One = Bench.Execute(a, Bench.RootResult);
            Other = Bench.Execute(a, Bench.RootResult, salt: 1);
            Incorporating = Bench.Join(Bench.On(a, receipts:
            [
                .. Enumerable.Range(0, ones).Select(i => Bench.Receipt(i, One)),
                .. Enumerable.Range(0, others).Select(i => Bench.Receipt(2 - i, Other)),
            ]));
            Tip = Bench.Join(Bench.On(Incorporating));
            Bench.Approve(Incorporating, One);
            if (approveOther) Bench.Approve(Incorporating, Other);
        }

        public Bench Bench { get; }

        public ExecutionResult One { get; }

        public ExecutionResult Other { get; }

        public Block Incorporating { get; }

        public Block Tip { get; }
    }
}
