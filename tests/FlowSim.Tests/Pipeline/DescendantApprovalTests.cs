using System.Linq;
using FlowSim.Chain;
using FlowSim.Verifying;
using NUnit.Framework;
using static FlowSim.Tests.Pipeline.SomeChain;
using static FlowSim.Tests.Pipeline.SomeResults;

namespace FlowSim.Tests.Pipeline;

/// <summary>Verification is local to the chunk: an insensitive one after a wrong result is approved.</summary>
public sealed class DescendantApprovalTests
{
    private static readonly VerificationSpec Strict = new() { DescendantApproval = false };

    private static readonly Block[] Chain = Line(Root, 2);

    private static readonly ExecutionResult Bad = Executed([Chain[0]], Wrong).Single();

    /// <summary>A right step from a wrong state.</summary>
    private static readonly ExecutionResult Heir = ExecutionResult.Of(Chain[1], Bad.Id,
        [.. Executed(Chain)[1].Chunks.Select(chunk => chunk with
        {
            Start = Bad.End, End = Behaviour.Specified.Execute(Sensitivity, Bad.End, chunk.Content),
        })]);

    private static readonly Block Bringing = SomeResults.Bringing(Chain[1], [8, 9], Bad, Heir);

    [TestCase(true, 3)]
    [TestCase(false, 0)]
    public void The_heir_of_a_wrong_result_is_approved_unless_that_matters(bool descendants, int expected)
    {
        var spec = new VerificationSpec { DescendantApproval = descendants };
        Driven[] nodes = [.. Verifiers.Select(v => Verifier(v, spec: spec).Finalize([.. Chain, Bringing]).Serve())];

        Assert.Multiple(() =>
        {
            Assert.That(nodes.SelectMany(n => n.Said<Notice.ChunkFault>()).Select(f => f.ResultId),
                Is.EqualTo(Enumerable.Repeat(Bad.Id, 3)));
            Assert.That(nodes.SelectMany(n => n.Said<Notice.Approved>()).Select(a => a.Approval.ResultId),
                Is.EqualTo(Enumerable.Repeat(Heir.Id, expected)));
        });
    }

    [Test]
    public void A_withheld_approval_is_given_once_the_result_before_is_sealed_even_after_a_restart()
    {
        ExecutionResult[] good = Executed(Chain);
        Block one = SomeResults.Bringing(Chain[1], [8, 9], good[0]);
        Block two = SomeResults.Bringing(one, [8, 9], good[1]);
        NodeId[] late = [.. Assignments.Of(two.Id, good[1])[0].Except(Assignments.Of(one.Id, good[0])[0])];
        Assert.That(late, Is.Not.Empty, "somebody checks the second block only");
        Driven node = Verifier(late[0], spec: Strict).Finalize([.. Chain, one, two]).Serve();
        Assert.That(node.Said<Notice.Approved>(), Is.Empty);

        Driven again = Verifier(late[0], spec: Strict, written: node.Engine.Saved)
            .Finalize(Sealed(two, good[0]));

        Assert.That(again.Said<Notice.Approved>().Single().Approval.ResultId, Is.EqualTo(good[1].Id));
        Assert.That(again.Multicasts, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_fault_of_ones_own_outweighs_a_seal()
    {
        foreach (NodeId verifier in Assignments.Of(Bringing.Id, Bad)[0])
        {
            Driven node = Verifier(verifier, spec: Strict).Finalize([.. Chain, Bringing]).Serve()
                .Finalize(Sealed(Bringing, Bad));
            Assert.That(node.Said<Notice.ChunkFault>().Single().ResultId, Is.EqualTo(Bad.Id));
            Assert.That(node.Said<Notice.Approved>(), Is.Empty);
        }
    }

    [Test]
    public void Own_approval_of_the_result_before_is_enough()
    {
        ExecutionResult[] good = Executed(Chain);
        Block both = SomeResults.Bringing(Chain[1], [8, 9], good);
        NodeId[] twice = [.. Verifiers.Where(v => good.All(g => Assignments.Of(both.Id, g)[0].Contains(v)))];
        Assert.That(twice, Is.Not.Empty, "somebody checks both blocks");
        foreach (NodeId verifier in twice)
        {
            Driven node = Verifier(verifier, spec: Strict).Finalize([.. Chain, both]).Serve();
            Assert.That(node.Said<Notice.Approved>().Count(), Is.EqualTo(2));
        }
    }
}
