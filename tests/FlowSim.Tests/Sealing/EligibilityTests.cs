using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Sealing;
using FlowSim.Tests.Pipeline;
using FlowSim.Verifying;
using NUnit.Framework;

namespace FlowSim.Tests.Sealing;

/// <summary>With a protocol state only its members act: executors and verifiers as of the executed block, whom to ask
/// as of the newest final one. Executors are nodes 2-4, verifiers 5-11.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EligibilityTests
{
    /// <summary>Executor 0 of the bench is node 2, and no member.</summary>
    private static readonly Membership Without =
        new(0, (Role.Execution, [3, 4]), (Role.Verification, [5, 7, 8, 10]));

    private readonly Bench bench = new();

    [Test]
    public void A_block_with_a_receipt_of_no_executor_is_refused()
    {
        Block a = bench.Join(Bench.On(Bench.Root, state: Without));
        ExecutionResult ofA = Bench.Execute(a, Bench.RootResult);
        Assert.That(bench.Engine.IsValid(Bench.On(a, receipts: [bench.Receipt(1, ofA)])), Is.True);
        Assert.That(bench.Engine.IsValid(Bench.On(a, receipts: [bench.Receipt(0, ofA)])), Is.False);
    }

    [Test]
    public void A_leader_leaves_out_receipts_of_no_executor()
    {
        Block a = bench.Join(Bench.On(Bench.Root, state: Without));
        ExecutionResult ofA = Bench.Execute(a, Bench.RootResult);
        for (int executor = 0; executor < 3; executor++) bench.Tell(executor, ofA);
        Assert.That(bench.Build(a)!.Receipts.Select(r => r.Executor.Index), Is.EqualTo(new[] { 3, 4 }));
    }

    [Test]
    public void Chunks_are_assigned_to_members_as_of_the_executed_block()
    {
        Block a = Bench.On(Bench.Root, [.. Enumerable.Range(0, 8).Select(i => Bench.Guarantee((ulong)i, Bench.Root))],
            state: Without);
        ExecutionResult ofA = Bench.Execute(a, Bench.RootResult);
        Block b = Bench.On(a, receipts: [bench.Receipt(1, ofA)]);
        Assert.That(Enumerable.Range(0, 9).SelectMany(chunk => bench.Assigned(b, ofA, chunk)).Distinct()
            .Select(node => node.Index).Order(), Is.EqualTo(new[] { 5, 7, 8, 10 }));
    }

    [Test]
    public void Receipts_are_asked_of_executors_as_of_the_last_final_block()
    {
        var asked = new HashSet<int>();
        for (int hour = 0; hour < 40; hour++)
        {
            SimTime now = SimTime.Zero + SimDuration.FromSeconds(3_600 * hour);
            var requests = new ReceiptRequests(SomeChain.Start(0), SealingSpec.FlowGo, now);
            requests.Want(now, SomeChain.Root);
            var into = new Effects();
            requests.OnTimer(now, Bench.On(Bench.Root, state: new Membership(0, (Role.Execution, [9, 11]))), into);
            asked.Add(into[0].To.Index);
        }

        Assert.That(asked, Is.EquivalentTo(new[] { 9, 11 }));
    }

    [Test]
    public void Chunk_data_is_asked_of_executors_as_of_the_last_final_block()
    {
        ExecutionResult result = SomeResults.Executed(SomeChain.Line(SomeChain.Root, 1))[0];
        var requester = new ChunkRequester(SomeChain.Start(12), VerificationSpec.FlowGo)
        {
            Finalized = Bench.On(Bench.Root, state: new Membership(0, (Role.Execution, [10]))),
        };
        var files = new ResultFiles([], SomeChain.RootSeal);
        files.Take(new ExecutionReceipt(new NodeId(9), result));
        var into = new Effects();
        requester.Ask(SimTime.Zero, new ChunkJob(result, 0), files, into);
        Assert.That(Enumerable.Range(0, into.Count).Select(i => into[i].To.Index), Is.EqualTo(new[] { 10 }));
    }
}
