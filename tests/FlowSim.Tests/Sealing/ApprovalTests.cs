using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Sealing;
using NUnit.Framework;

namespace FlowSim.Tests.Sealing;

/// <summary>Counting approvals and asking for them; the cases of flow-go's engine/consensus/approvals and
/// sealing/core_test.go.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ApprovalTests
{
    private readonly Bench bench = new();
    private readonly Block a;
    private readonly Block b;
    private readonly ExecutionResult ofA;

    public ApprovalTests()
    {
        a = bench.Join(Bench.On(Bench.Root, guarantees: [Bench.Guarantee(1, Bench.Root)]));
        ofA = Bench.Execute(a, Bench.RootResult);
        b = Bench.On(a, receipts: [bench.Receipt(0, ofA), bench.Receipt(1, ofA)]);
    }

    [Test]
    public void Approvals_after_the_result_is_incorporated()
    {
        bench.Join(b);
        bench.Join(Bench.On(b));
        bench.Approve(b, ofA);
        AssertReady();
    }

    [Test]
    public void Approvals_before_the_result_is_incorporated_are_cached()
    {
        bench.Approve(b, ofA);
        bench.Join(b);
        Assert.That(bench.Heard<Notice.SealReady>(), Is.Empty, "no certificate for b, so nobody is assigned");
        bench.Join(Bench.On(b));
        AssertReady();
    }

    [Test]
    public void Approvals_before_the_assignment_is_known()
    {
        bench.Join(b);
        bench.Approve(b, ofA);
        bench.Join(Bench.On(b));
        AssertReady();
    }

    [Test]
    public void The_cache_drops_the_oldest()
    {
        ResultApproval first = Approval(0, 0);
        bench.Tell(new Message.Pipeline.Approval(first));
        for (ulong i = 1; i <= 1_000; i++)
        {
            bench.Tell(new Message.Pipeline.Approval(
                new ResultApproval(a.Id, new ResultId(i), 0, bench.Verifiers[0])));
            Assert.That(bench.Engine.WorthOf(new Message.Pipeline.Approval(first)),
                Is.EqualTo(i < 1_000 ? Worth.Nothing : Worth.Reading));
        }
    }

    [Test]
    public void Verifiers_that_are_not_assigned_do_not_count()
    {
        bench.Join(b);
        bench.Join(Bench.On(b));
        for (int chunk = 0; chunk < 2; chunk++)
            foreach (NodeId verifier in bench.Verifiers.Except(bench.Assigned(b, ofA, chunk)))
                bench.Approve(ofA, chunk, verifier);
        foreach (NodeId executor in bench.Executors) bench.Approve(ofA, 0, executor);
        Assert.That(bench.Heard<Notice.SealReady>(), Is.Empty);
        bench.Approve(b, ofA);
        AssertReady();
    }

    [Test]
    public void Each_incorporating_block_assigns_anew()
    {
        bench.Join(b);
        Block rival = bench.Join(Bench.On(a, receipts: [bench.Receipt(2, ofA)], skip: 1));
        bench.Join(Bench.On(b));
        bench.Join(Bench.On(rival));
        for (int chunk = 0; chunk < 2; chunk++)
            foreach (NodeId verifier in bench.Verifiers) bench.Approve(ofA, chunk, verifier);
        Assert.That(bench.Heard<Notice.SealReady>().Select(ready => ready.IncorporatedIn),
            Is.EquivalentTo(new[] { b.Id, rival.Id }));
    }

    [Test]
    public void More_approvals_can_be_required()
    {
        var two = new Bench(SealingSpec.FlowGo with { RequiredApprovals = 2 });
        two.Join(a);
        two.Join(b);
        two.Join(Bench.On(b));
        two.Approve(b, ofA);
        Assert.That(two.Heard<Notice.SealReady>(), Is.Empty);
        for (int chunk = 0; chunk < 2; chunk++) two.Approve(ofA, chunk, two.Assigned(b, ofA, chunk)[2]);
        Assert.That(two.Heard<Notice.SealReady>(), Has.Count.EqualTo(1));
    }

    [Test]
    public void What_is_known_or_past_is_not_read()
    {
        bench.Join(b);
        Block c = bench.Join(Bench.On(b));
        var message = new Message.Pipeline.Approval(Approval(0, 0));
        Assert.That(bench.Engine.WorthOf(message), Is.EqualTo(Worth.Reading));
        bench.Tell(message);
        Assert.That(bench.Engine.WorthOf(message), Is.EqualTo(Worth.Nothing));
        Block d = bench.Join(Bench.On(c, seals: [Bench.SealOf(ofA)]));
        bench.Finalize(d);
        Assert.That(bench.Engine.WorthOf(message), Is.EqualTo(Worth.NothingEver));
        Assert.That(bench.Engine.WorthOf(new Message.Pipeline.Approval(Approval(1, 5))),
            Is.EqualTo(Worth.NothingEver));
    }

    [Test]
    public void Missing_approvals_are_asked_for_after_a_blackout()
    {
        bench.Join(b);
        Block tip = bench.Lengthen(b, 10);
        NodeId answered = bench.Assigned(b, ofA, 0)[0];
        bench.Approve(ofA, 0, answered);
        bench.Finalize(tip);
        Assert.That(tip.Height.Value, Is.EqualTo(12));

        (double first, NodeId[] asked) = FinalizeUntilAsked(ref tip);
        Assert.That(first, Is.InRange(10, 31));
        Assert.That(asked, Is.EquivalentTo(bench.Assigned(b, ofA, 1)), "chunk 0 has what it needs");

        (double again, _) = FinalizeUntilAsked(ref tip);
        Assert.That(again - first, Is.InRange(10, 31));

        bench.Approve(b, ofA);
        bench.Now += SimDuration.FromSeconds(60);
        bench.Said.Clear();
        bench.Lengthen(tip, 3);
        Assert.That(bench.Sent<Message.Pipeline.ApprovalRequest>(), Is.Empty);
    }

    [Test]
    public void Approvals_of_results_incorporated_lately_are_not_asked_for()
    {
        Block tip = bench.Lengthen(a, 10);
        Block late = bench.Join(Bench.On(tip, receipts: [bench.Receipt(0, ofA), bench.Receipt(1, ofA)]));
        tip = late;
        for (int i = 0; i < 9; i++)
        {
            bench.Now += SimDuration.FromSeconds(40);
            tip = bench.Lengthen(tip, 1);
        }

        bench.Finalize(tip);
        Assert.That(tip.Height.Value - late.Height.Value, Is.EqualTo(9));
        Assert.That(bench.Sent<Message.Pipeline.ApprovalRequest>(), Is.Empty);
        bench.Now += SimDuration.FromSeconds(40);
        tip = bench.Lengthen(tip, 2);
        bench.Now += SimDuration.FromSeconds(40);
        bench.Lengthen(tip, 2);
        Assert.That(bench.Sent<Message.Pipeline.ApprovalRequest>(), Has.Count.EqualTo(6));
    }

    [Test]
    public void Nothing_is_asked_for_while_sealing_keeps_up()
    {
        bench.Join(b);
        Block tip = b;
        for (int i = 0; i < 8; i++)
        {
            bench.Now += SimDuration.FromSeconds(40);
            tip = bench.Lengthen(tip, 1);
        }

        bench.Finalize(tip);
        Assert.That(tip.Height.Value, Is.EqualTo(10));
        Assert.That(bench.Sent<Message.Pipeline.ApprovalRequest>(), Is.Empty);
    }

    [Test]
    public void Old_results_are_sealed_in_an_emergency_if_that_is_on()
    {
        var on = new Bench(SealingSpec.FlowGo with { EmergencySealing = true });
        on.Join(a);
        on.Join(b);
        on.Finalize(b);
        Block tip = on.Lengthen(b, 98);
        on.Finalize(tip);
        Assert.That(tip.Height.Value, Is.EqualTo(100));
        Assert.That(on.Build(tip)!.Seals, Is.Empty);
        Block next = on.Join(Bench.On(tip));
        on.Finalize(next);
        Assert.That(on.Build(next)!.Seals.Select(seal => (seal.Result, seal.IsEmergency)),
            Is.EqualTo(new[] { (ofA, true) }));

        bench.Join(b);
        tip = bench.Lengthen(b, 200);
        Assert.That(bench.Build(tip)!.Seals, Is.Empty);
    }

    [Test]
    public void An_emergency_waits_for_the_incorporating_block_to_be_old()
    {
        var on = new Bench(SealingSpec.FlowGo with { EmergencySealing = true });
        on.Join(a);
        Block tip = on.Lengthen(a, 150);
        Block late = on.Join(Bench.On(tip, receipts: [on.Receipt(0, ofA), on.Receipt(1, ofA)]));
        tip = on.Lengthen(late, 24);
        on.Finalize(tip);
        Assert.That(on.Heard<Notice.SealReady>(), Is.Empty);
        on.Finalize(on.Join(Bench.On(tip)));
        Assert.That(on.Heard<Notice.SealReady>().Single().Seal.IsEmergency);
    }

    [Test]
    public void An_emergency_does_not_seal_what_only_an_orphan_incorporates()
    {
        var on = new Bench(SealingSpec.FlowGo with { EmergencySealing = true });
        on.Join(a);
        on.Join(Bench.On(a, receipts: [on.Receipt(0, ofA), on.Receipt(1, ofA)], skip: 400));
        on.Finalize(on.Lengthen(a, 200));
        Assert.That(on.Heard<Notice.SealReady>(), Is.Empty);
    }

    [Test]
    public void A_seal_too_many_ends_the_process()
    {
        var small = new Bench(SealingSpec.FlowGo with { SealPool = 0 });
        small.Join(a);
        small.Join(b);
        small.Join(Bench.On(b));
        Assert.That(small.Exits, Is.False);
        small.Approve(b, ofA);
        Assert.That(small.Exits);
    }

    private ResultApproval Approval(int chunk, int verifier) =>
        new(a.Id, ofA.Id, chunk, bench.Verifiers[verifier]);

    private void AssertReady()
    {
        Notice.SealReady ready = bench.Heard<Notice.SealReady>().Single();
        Assert.That((ready.Seal.Result, ready.IncorporatedIn, ready.Seal.IsEmergency), Is.EqualTo((ofA, b.Id, false)));
    }

    private (double At, NodeId[] Asked) FinalizeUntilAsked(ref Block tip)
    {
        bench.Said.Clear();
        for (int i = 0; i < 60; i++)
        {
            bench.Now += SimDuration.FromSeconds(1);
            tip = bench.Join(Bench.On(tip));
            bench.Finalize(tip);
            if (bench.Sent<Message.Pipeline.ApprovalRequest>() is { Count: > 0 } sent)
                return (bench.Now.TotalSeconds, [.. sent.Select(request => request.To)]);
        }

        throw new AssertionException("nobody was asked");
    }
}
