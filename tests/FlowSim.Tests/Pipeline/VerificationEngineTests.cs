using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Verifying;
using NUnit.Framework;
using static FlowSim.Tests.Pipeline.SomeChain;
using static FlowSim.Tests.Pipeline.SomeResults;

namespace FlowSim.Tests.Pipeline;

public sealed class VerificationEngineTests
{
    private static readonly Block Executing = With(Root, 3);
    private static readonly ExecutionResult Result = Executed([Executing]).Single();
    private static readonly Block First = Bringing(Executing, [8, 9], Result);

    [Test]
    public void Each_chunk_of_a_finalized_result_is_approved_by_its_three_verifiers()
    {
        Driven[] nodes = [.. Verifiers.Select(v => Verifier(v).Certify(Executing, First).Serve())];
        Assert.That(nodes.SelectMany(n => n.Notices), Is.Empty, "nothing is final");
        foreach (Driven node in nodes) node.Finalize(Executing, First).Serve();

        IReadOnlyList<IReadOnlyList<NodeId>> assigned = Assignments.Of(First.Id, Result);
        ResultApproval[] approvals = [.. nodes.SelectMany(n => n.Said<Notice.Approved>()).Select(a => a.Approval)];
        Assert.Multiple(() =>
        {
            Assert.That(approvals, Has.Length.EqualTo(12));
            for (int chunk = 0; chunk < 4; chunk++)
            {
                Assert.That(approvals.Where(a => a.Chunk == chunk).Select(a => a.Approver),
                    Is.EquivalentTo(assigned[chunk]));
            }

            Assert.That(nodes.SelectMany(n => n.Multicasts).Select(m => m.To),
                Is.EqualTo(Enumerable.Repeat(Audience.Of(Role.Consensus), 12)));
        });
    }

    [Test]
    public void A_result_is_assigned_by_the_first_block_that_brings_it()
    {
        Block second = Bringing(First, [10], Result);
        Driven[] nodes = [.. Verifiers.Select(v => Verifier(v).Finalize(Executing, First, second).Serve(20))];
        Assert.That(nodes.SelectMany(n => n.Said<Notice.Approved>()).Count(), Is.EqualTo(12));
    }

    [Test]
    public void Another_end_is_a_fault_and_nothing_is_said_to_anybody()
    {
        Block wrong = Bringing(Executing, [8, 9], Executed([Executing], Wrong));
        foreach (NodeId verifier in Verifiers)
        {
            Driven node = Verifier(verifier).Finalize(Executing, wrong).Serve(100);
            Assert.That(node.Said<Notice.ChunkFault>().Count(), Is.EqualTo(Assignments.Of(wrong.Id,
                Executed([Executing], Wrong)[0]).Count(chunk => chunk.Contains(verifier))));
            Assert.That(node.Multicasts, Is.Empty);
            Assert.That(node.Said<Notice.Approved>(), Is.Empty);
        }
    }

    [Test]
    public void A_verifier_with_the_wrong_behaviour_approves_what_is_wrong()
    {
        Block wrong = Bringing(Executing, [8, 9], Executed([Executing], Wrong));
        Driven[] nodes = [.. Verifiers.Select(v => Verifier(v, Wrong).Finalize(Executing, wrong).Serve())];
        Assert.That(nodes.SelectMany(n => n.Said<Notice.Approved>()).Count(), Is.EqualTo(12));
        Assert.That(Verifiers.SelectMany(v => Verifier(v, Wrong).Finalize(Executing, First).Serve().Multicasts),
            Is.Empty, "and not what is right");
    }

    [Test]
    public void Data_is_asked_for_on_the_next_tick_from_two_executors_and_again_after_longer_and_longer_waits()
    {
        Driven node = Verifier(Busy).Finalize(Executing, First);
        var at = new List<double>();
        for (int i = 0; i < 8; i++)
        {
            node.Sent.Clear();
            while (node.Sent.Count == 0) node.PassTo(node.Timer);
            at.Add(node.Now.TotalSeconds);
            foreach (var chunk in node.SentOf<Message.Pipeline.ChunkDataRequest>().GroupBy(s => s.Message.Chunk))
                Assert.That(chunk.Select(s => s.To.Index), Is.EquivalentTo(new[] { 8, 9 }));
        }

        Assert.That(at[0], Is.InRange(0, 1));
        Assert.That(at.Zip(at.Skip(1), (a, b) => b - a),
            Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 60 }).Within(1e-9));
    }

    [Test]
    public void A_lone_executor_is_asked_with_another_node_that_did_not_sign_otherwise()
    {
        ExecutionResult other = Executed([Executing], Wrong).Single();
        Block block = On(Executing, Payload(Executing, null,
            [.. new[] { (8, Result), (9, other), (10, other) }.Select(r =>
                new ExecutionReceipt(new NodeId(r.Item1), r.Item2))]));
        int[] asked = [.. Verifiers.SelectMany(v => Verifier(v).Finalize(Executing, block)
            .PassTo(SimTime.FromSeconds(30)).SentOf<Message.Pipeline.ChunkDataRequest>())
            .Where(s => s.Message.ResultId == Result.Id).Select(s => s.To.Index).Distinct().Order()];
        Assert.That(asked, Is.EqualTo(new[] { 8, 11 }));
    }

    [Test]
    public void Only_the_first_response_counts()
    {
        Driven node = Verifier(Busy).Finalize(Executing, First).PassTo(SimTime.FromSeconds(1));
        (_, Message.Pipeline.ChunkDataRequest asked) = node.SentOf<Message.Pipeline.ChunkDataRequest>().First();
        var response = new Message.Pipeline.ChunkDataResponse(asked.ResultId, asked.Chunk, 1, asked.Nonce);
        Assert.That(node.Engine.WorthOf(response), Is.EqualTo(Worth.Reading));
        node.Hear(response).Hear(response);
        Assert.That(node.Jobs, Is.EqualTo(new[] { new Job.Verify(Result, asked.Chunk) }));
        Assert.That(node.Engine.WorthOf(response), Is.EqualTo(Worth.Nothing));
        node.FinishAll().Hear(response);
        Assert.That(node.Jobs, Is.Empty);
    }

    [Test]
    public void Fifteen_chunks_are_in_work_at_once_and_none_of_a_sealed_block()
    {
        Block large = With(Root, 60);
        ExecutionResult result = Executed([large]).Single();
        Block bringing = Bringing(large, [8], result);
        Driven node = Verifier(Busy).Finalize(large, bringing).PassTo(SimTime.FromSeconds(1));

        Assert.That(node.SentOf<Message.Pipeline.ChunkDataRequest>().Select(s => s.Message.Chunk).Distinct().Count(),
            Is.EqualTo(15));
        node.Finalize(Sealed(bringing, result)).PassTo(SimTime.FromSeconds(2));
        node.Sent.Clear();
        node.PassTo(SimTime.FromSeconds(100));
        Assert.That(node.Sent, Is.Empty);
        Assert.That(((VerificationDisk)node.Engine.Saved!).Unfinished, Is.Empty);
    }

    [Test]
    public void An_approval_is_given_again_to_who_asks_for_it()
    {
        Driven node = Verifier(Busy).Finalize(Executing, First).Serve();
        ResultApproval approval = node.Said<Notice.Approved>().First().Approval;
        node.Hear(new Message.Pipeline.ApprovalRequest(Result.Id, approval.Chunk, 5), 2)
            .Hear(new Message.Pipeline.ApprovalRequest(default, 0, 6), 2);
        Assert.That(node.Sent, Is.EqualTo(new[]
            { (new NodeId(2), (Message)new Message.Pipeline.Approval(approval, 5)) }));
    }

    [Test]
    public void Unfinished_chunks_and_given_approvals_survive_a_restart()
    {
        Driven first = Verifier(Busy).Finalize(Executing, First);
        int chunks = ((VerificationDisk)first.Engine.Saved!).Unfinished.Count;
        Driven second = Verifier(Busy, written: first.Engine.Saved).Serve();
        Assert.That(second.Said<Notice.Approved>().Count(), Is.EqualTo(chunks).And.Positive);

        Driven third = Verifier(Busy, written: second.Engine.Saved).Serve();
        int chunk = second.Said<Notice.Approved>().First().Approval.Chunk;
        third.Hear(new Message.Pipeline.ApprovalRequest(Result.Id, chunk, 5));
        Assert.That(third.Said<Notice.Approved>(), Is.Empty);
        Assert.That(third.SentOf<Message.Pipeline.Approval>().Count(), Is.EqualTo(1));
    }

    /// <summary>The first verifier with a chunk of the first block.</summary>
    private static NodeId Busy => Assignments.Of(First.Id, Result)[0][0];
}
