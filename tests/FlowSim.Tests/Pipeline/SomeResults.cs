using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Executing;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.Verifying;

namespace FlowSim.Tests.Pipeline;

/// <summary>Results of blocks, blocks that bring them to a chain, and verifiers that judge them.</summary>
internal static class SomeResults
{
    public static readonly Luck.Purpose Sensitivity = new Luck(1).For("sensitive chunk");

    public static readonly Behaviour Wrong = new(7, 1_000_000_000);

    public static readonly ChunkAssignments Assignments = new(SomeChain.Roster, 3);

    public static readonly NodeId[] Verifiers = [.. SomeChain.Roster.Of(Role.Verification)];

    /// <summary>What blocks come to, each on the one before.</summary>
    public static ExecutionResult[] Executed(IEnumerable<Block> chain, Behaviour behaviour = default)
    {
        var results = new List<ExecutionResult> { SomeChain.RootSeal.Result };
        foreach (Block block in chain)
            results.Add(BlockExecution.Of(new PlannedBlock(block, 0), results[^1], [], behaviour, Sensitivity));
        return [.. results.Skip(1)];
    }

    /// <summary>A block with so many collections.</summary>
    public static Block With(Block parent, int collections) => SomeChain.On(parent, SomeChain.Payload(parent,
        [.. Enumerable.Range(0, collections).Select(i => SomeChain.Collected(parent.View.Value * 1000 + (ulong)i)
            .Guarantee)]));

    /// <summary>A block that brings receipts of the given executors, nodes 8 and up, for results.</summary>
    public static Block Bringing(Block parent, int[] executors, params ExecutionResult[] results) => SomeChain.On(
        parent, SomeChain.Payload(parent, null,
            [.. results.SelectMany(r => executors.Select(e => new ExecutionReceipt(new NodeId(e), r)))]));

    public static Block Sealed(Block parent, params ExecutionResult[] results) => SomeChain.On(parent,
        SomeChain.Payload(parent, null, null, [.. results.Select(r => new Seal(r.BlockId, r.Height, r))]));

    public static Driven Verifier(NodeId node, Behaviour behaviour = default, VerificationSpec? spec = null,
        object? written = null) => new Driven(new VerificationEngine(SomeChain.Start(node.Index, written),
        spec ?? VerificationSpec.FlowGo, Assignments, behaviour, Sensitivity)).Start();

    /// <summary>Answers all requests and does all work, for so many seconds.</summary>
    public static Driven Serve(this Driven node, int seconds = 2)
    {
        for (int i = 0; i < seconds; i++)
        {
            node.PassTo(node.Now + SimDuration.FromSeconds(1));
            foreach ((NodeId to, Message.Pipeline.ChunkDataRequest asked) in node
                .SentOf<Message.Pipeline.ChunkDataRequest>().ToArray())
            {
                var response = new Message.Pipeline.ChunkDataResponse(asked.ResultId, asked.Chunk, 1, asked.Nonce);
                node.Hear(response, to.Index);
            }

            node.Sent.Clear();
            node.FinishAll();
        }

        return node;
    }
}
