using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Sealing;
using FlowSim.Verifying;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>What a network makes of nodes that execute otherwise than specified, outcome by outcome.</summary>
/// <remarks>
/// Execution nodes are 8 to 11, verifiers 12 to 17; the first of each are wrong. Rarely is one chunk in ten.
/// </remarks>
public sealed class WrongBehaviourTests
{
    private const long Always = 1_000_000_000;
    private const long Rarely = Always / 10;

    private static readonly SealingSpec PreFix = SealingSpec.FlowGo with { ForkRule = ForkRule.PreFix };

    [Test]
    public void Behaviours_that_differ_on_nothing_are_the_same_run() => Assert.That(
        FiveRoles.Run(FiveRoles.Wrong(4, 6, sensitivity: 0)).Digest,
        Is.EqualTo(FiveRoles.Run(FiveRoles.Wrong(0, 0, 0)).Digest));

    [Test]
    public void Without_wrong_nodes_everything_is_sealed_and_nobody_complains()
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Spec);
        Assert.That(run.Seals, Has.Count.GreaterThan(90));
        Assert.That(run.Executed.Sum(e => e.Result.Chunks.Count - 1), Is.GreaterThan(100), "collections are executed");
        AssertQuiet(run);
    }

    [TestCase(ForkRule.PostFix)]
    [TestCase(ForkRule.PreFix)]
    public void A_lone_wrong_executor_is_refused_by_the_verifiers_and_ends_itself(ForkRule rule)
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Wrong(1, 0, Always, SealingSpec.FlowGo with { ForkRule = rule }));
        HashSet<ResultId> right = run.ResultsOf(9, 10, 11);
        Assert.Multiple(() =>
        {
            Assert.That(run.ResultsOf(8).Overlaps(right), Is.False, "it is wrong from the first block on");
            Assert.That(run.ReceiptsBeside(right).Select(r => r.Executor.Index), Is.Not.Empty.And.All.EqualTo(8));
            Assert.That(run.Faults.Select(f => f.Fault.ResultId), Is.Not.Empty.And.All.Matches<ResultId>(
                id => !right.Contains(id)));
            Assert.That(run.Approvals.Select(a => a.ResultId).Distinct(), Is.SubsetOf(right));
            Assert.That(run.Seals.Select(s => s.Result.Id), Is.SubsetOf(right));
            Assert.That(run.Seals, Has.Count.GreaterThan(90));
            Assert.That(run.Diverged, Is.EqualTo(new[] { (new NodeId(8), SimTime.FromSeconds(60)) }));
            Assert.That(run.Forks, Is.Empty);
        });
    }

    /// <summary>An insensitive chunk after the wrong one is a right step, so right verifiers approve it.</summary>
    [Test]
    public void A_lone_wrong_executor_stops_consensus_before_the_fix_by_the_heirs_of_its_error()
    {
        FiveRoles before = FiveRoles.Run(FiveRoles.Wrong(1, 0, Rarely, PreFix));
        FiveRoles after = FiveRoles.Run(FiveRoles.Wrong(1, 0, Rarely));
        Assert.Multiple(() =>
        {
            AssertStopped(before);
            Assert.That(after.Approvals.Select(a => a.ResultId).Except(after.ResultsOf(9, 10, 11)), Is.Not.Empty);
            Assert.That(after.Forks, Is.Empty);
            Assert.That(after.Seals.Select(s => s.Result.Id), Is.SubsetOf(after.ResultsOf(9, 10, 11)));
            Assert.That(after.Diverged.Select(d => d.Node.Index), Is.EqualTo(new[] { 8 }));
        });
    }

    [Test]
    public void Two_wrong_executors_stop_consensus_by_the_heirs_of_their_error_though_all_verifiers_are_right() =>
        AssertStopped(FiveRoles.Run(FiveRoles.Wrong(2, 0, Rarely)));

    [Test]
    public void Two_wrong_executors_without_heirs_end_only_themselves()
    {
        FiveRoles always = FiveRoles.Run(FiveRoles.Wrong(2, 0, Always));
        FiveRoles grounded = FiveRoles.Run(FiveRoles.Wrong(2, 0, Rarely,
            SealingSpec.FlowGo with { DescendantApproval = false }));
        foreach (FiveRoles run in new[] { always, grounded })
        {
            Assert.That(run.Forks, Is.Empty);
            Assert.That(run.Diverged.Select(d => d.Node.Index).Order(), Is.EqualTo(new[] { 8, 9 }));
            Assert.That(run.Seals.Select(s => s.Result.Id), Is.SubsetOf(run.ResultsOf(10, 11)));
        }
    }

    /// <summary>A verifier may have approved another chunk of the wrong result; a seal speaks for all chunks.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Verifiers_that_withhold_keep_consensus_going_only_if_they_wait_for_seals(bool ownSuffices)
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Wrong(2, 0, Rarely, null,
            new VerificationSpec { DescendantApproval = false, OwnApprovalSuffices = ownSuffices }));
        Assert.That(run.Forks, ownSuffices ? Is.Not.Empty : Is.Empty);
        if (ownSuffices) return;
        Assert.That(run.Diverged.Select(d => d.Node.Index), Is.EquivalentTo(new[] { 8, 9 }));
        Assert.That(run.Seals, Has.Count.GreaterThan(20), "one height at a time");
        Assert.That(run.Chain, Has.Count.GreaterThan(2 * run.Seals.Count), "so it never keeps up");
    }

    /// <summary>What it executes is sealed, so it says nothing; what is not, builds on a result nobody knows.</summary>
    [Test]
    public void A_wrong_executor_that_catches_up_is_not_heard_and_ends_itself()
    {
        RunSpec spec = FiveRoles.Wrong(1, 0, Always);
        FiveRoles run = FiveRoles.Run(spec with
        {
            NodeFaults = [new NodeFault.Crash(new Window(SimTime.Zero, SimTime.FromSeconds(20)),
                new NodeSet(spec.Nodes.Count, [8]))],
        });
        HashSet<ResultId> right = run.ResultsOf(9, 10, 11);
        Assert.Multiple(() =>
        {
            Assert.That(run.ResultsOf(8), Has.Count.GreaterThan(50));
            Assert.That(run.ReceiptsBeside(right), Is.Empty);
            Assert.That(run.Faults, Is.Empty);
            Assert.That(run.Forks, Is.Empty);
            Assert.That(run.Diverged, Is.EqualTo(new[] { (new NodeId(8), SimTime.FromSeconds(80)) }));
            Assert.That(run.Seals, Has.Count.GreaterThan(90));
        });
    }

    [Test]
    public void All_executors_wrong_and_all_verifiers_right_seal_nothing_and_finality_goes_on()
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Wrong(4, 0, Always));
        Assert.Multiple(() =>
        {
            Assert.That(run.Seals, Is.Empty);
            Assert.That(run.Approvals, Is.Empty);
            Assert.That(run.Faults, Has.Count.GreaterThan(300));
            Assert.That(run.Chain, Has.Count.GreaterThan(90));
            Assert.That(run.Diverged, Is.Empty, "there is no seal to compare with");
            Assert.That(run.Forks, Is.Empty);
        });
    }

    [Test]
    public void All_executors_wrong_now_and_then_halt_sealing_at_the_first_error_for_good()
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Wrong(4, 0, Rarely));
        ulong firstWrong = run.Faults.Min(f => run.Executed.First(e => e.Result.Id == f.Fault.ResultId)
            .Result.Height.Value);
        Assert.That(run.Seals[^1].Height.Value, Is.EqualTo(firstWrong - 1));
        Assert.That(run.Chain[^1].Height.Value, Is.GreaterThan(firstWrong + 50));
    }

    [Test]
    public void All_wrong_alike_seal_what_is_wrong_in_silence()
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Wrong(4, 6, Always));
        Luck.Purpose chance = new Luck(run.Seed).For("sensitive chunk");
        Assert.Multiple(() =>
        {
            Assert.That(run.Seals, Has.Count.GreaterThan(90));
            Assert.That(run.Seals.SelectMany(s => s.Result.Chunks), Is.All.Matches<Chunk>(chunk =>
                Behaviour.Specified.Execute(chance, chunk.Start, chunk.Content) != chunk.End));
        });
        AssertQuiet(run);
    }

    [Test]
    public void A_third_of_the_verifiers_wrong_leaves_a_right_one_for_each_chunk()
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Wrong(0, 2, Always));
        Assert.Multiple(() =>
        {
            Assert.That(run.Faults.Select(f => f.Node.Index).Distinct().Order(), Is.EqualTo(new[] { 12, 13 }));
            Assert.That(run.Approvals.Select(a => a.Approver.Index).Distinct().Order(),
                Is.EqualTo(new[] { 14, 15, 16, 17 }));
            Assert.That(run.Seals, Has.Count.GreaterThan(90));
            Assert.That(run.Forks.Concat(run.Diverged), Is.Empty);
        });
    }

    [Test]
    public void Two_thirds_of_the_verifiers_wrong_halt_sealing_at_the_first_chunk_that_only_they_check()
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Wrong(0, 4, Always));
        ulong firstAlone = run.Faults.GroupBy(f => (f.Fault.ResultId, f.Fault.Chunk.Index))
            .Where(g => g.Count() == 3)
            .Min(g => run.Executed.First(e => e.Result.Id == g.Key.ResultId).Result.Height.Value);
        Assert.Multiple(() =>
        {
            Assert.That(run.Seals.Count, Is.EqualTo((int)firstAlone - 1));
            Assert.That(run.Chain[^1].Height.Value, Is.GreaterThan(firstAlone + 50), "for good");
            Assert.That(FiveRoles.Run(FiveRoles.Wrong(0, 6, Always)).Seals, Is.Empty, "nor with all of them wrong");
        });
    }

    [Test]
    public void Two_wrong_executors_with_a_third_of_the_verifiers_stop_consensus()
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Wrong(2, 2, Always));
        HashSet<ResultId> right = run.ResultsOf(10, 11);
        Assert.That(run.Approvals.Where(a => !right.Contains(a.ResultId)).Select(a => a.Approver.Index),
            Is.Not.Empty.And.All.AnyOf(12, 13));
        AssertStopped(run);
    }

    [Test]
    public void A_lone_wrong_executor_with_a_third_of_the_verifiers_is_not_sealed()
    {
        FiveRoles run = FiveRoles.Run(FiveRoles.Wrong(1, 2, Always));
        Assert.Multiple(() =>
        {
            Assert.That(run.Forks, Is.Empty);
            Assert.That(run.Seals.Select(s => s.Result.Id), Is.SubsetOf(run.ResultsOf(9, 10, 11)));
            Assert.That(run.Diverged.Select(d => d.Node.Index), Is.EqualTo(new[] { 8 }));
        });
        AssertStopped(FiveRoles.Run(FiveRoles.Wrong(1, 2, Always, PreFix)));
    }

    private static void AssertQuiet(FiveRoles run)
    {
        Assert.That(run.Faults, Is.Empty);
        Assert.That(run.Diverged, Is.Empty);
        Assert.That(run.Forks, Is.Empty);
    }

    /// <summary>So many consensus nodes have ended that no quorum is left.</summary>
    private static void AssertStopped(FiveRoles run)
    {
        Assert.That(run.Forks.Select(f => f.Node).Distinct().Count(), Is.GreaterThanOrEqualTo(2));
        Assert.That(run.Chain, Has.Count.LessThan(60));
    }
}
