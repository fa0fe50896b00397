using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>P4: a node executes certified blocks only, after their parents, on its own result of the parent.</summary>
/// <remarks>
/// Certified is a block of which a child is known and which the node itself has taken in. Of blocks that lie further
/// back than the oracle remembers nothing is said.
/// </remarks>
public sealed class ExecutionFollowsTheChain : Oracle
{
    /// <summary>Blocks remembered per node: half a day of mainnet.</summary>
    private const int Remembered = 1 << 16;

    private readonly Record?[] records;
    private readonly HashSet<BlockId> certified = [];
    private readonly Queue<BlockId> order = new();
    private Block? last;

    public ExecutionFollowsTheChain(Cast cast)
        : base("P4", cast)
    {
        records = new Record?[cast.Nodes];
        for (int node = 0; node < records.Length; node++)
        {
            if (cast.Spec.Nodes[node].Role == Role.Execution) records[node] = new Record(cast.Root);
        }
    }

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.Built), typeof(Notice.Incorporated), typeof(Notice.Executed), typeof(Notice.Bootstrapped),
        typeof(Notice.Restored), typeof(Notice.Cloned),
    ];

    public override bool HearsLiars => true;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Built { Block: var block }:
                Learn(block);
                break;
            case Notice.Incorporated { Block: var block }:
                Learn(block);
                if (Cast.IsHonest(entry.Node)) records[entry.Node.Index]?.Take(block);
                break;
            case Notice.Bootstrapped { Head: { Payload: Payload.Main { LastSeal: var seal } } head }:
                records[entry.Node.Index]?.Begin(head, seal);
                break;
            case Notice.Restored:
                records[entry.Node.Index]?.Restore();
                break;
            case Notice.Cloned { From: var from } when records[from.Index] is { } source:
                records[entry.Node.Index]?.Copy(source);
                break;
            case Notice.Executed { Result: var result }
                when Cast.IsHonest(entry.Node) && records[entry.Node.Index] is { } record:
                Judge(entry, record, result);
                break;
        }
    }

    /// <summary>A block's certificate is its child's.</summary>
    private void Learn(Block block)
    {
        if (ReferenceEquals(block, last)) return;
        last = block;
        if (!certified.Add(block.ParentId)) return;
        order.Enqueue(block.ParentId);
        if (order.Count > Remembered) certified.Remove(order.Dequeue());
    }

    private void Judge(in TraceEvent entry, Record record, ExecutionResult result)
    {
        if (record.HasForgotten(result.Height)) return;
        if (record.IsOfSegment(result.Height))
        {
            if (!record.HasResult(result.PreviousId))
                throw Broken(entry, default, "executed a block of its snapshot", "not on its own result of the parent");
            record.Complete(result);
            return;
        }

        if (record.Find(result.BlockId) is not { } block)
            throw Broken(entry, default, "executed a block", "it has never taken that block in");
        if (!certified.Contains(result.BlockId))
            throw Broken(entry, block.View, "executed the block", "nobody knows a certificate for it");
        if (record.ResultOf(block.ParentId) is not { } previous)
            throw Broken(entry, block.View, "executed the block", "it has not executed the parent");
        if (previous != result.PreviousId)
            throw Broken(entry, block.View, "executed the block", "not on its own result of the parent");
        record.Complete(result);
    }

    /// <summary>What one node has taken in and executed.</summary>
    private sealed class Record
    {
        private Dictionary<BlockId, (View View, BlockId ParentId)> taken = [];
        private Dictionary<BlockId, ResultId> results = [];
        private Queue<(BlockId Id, Height Height)> order = new();
        private Height? forgotten;
        private Height segmentEnd;
        private bool isRestored;

        public Record(Block root)
        {
            Take(root);
            Complete(ExecutionResult.OfRoot(root));
        }

        /// <summary>The node begins with a sealed result and the blocks from there to a head.</summary>
        public void Begin(Block head, Seal seal)
        {
            taken.Clear();
            results.Clear();
            order.Clear();
            Take(head);
            Complete(seal.Result);
            segmentEnd = head.Height;
        }

        /// <summary>Whether a block came with the snapshot that the node began with.</summary>
        public bool IsOfSegment(Height height) => height <= segmentEnd;

        public bool HasResult(ResultId id) => results.ContainsValue(id);

        /// <summary>The node has an earlier disk again, and may execute once more, with another result.</summary>
        public void Restore() => isRestored = true;

        /// <summary>The node has another one's disk: it has taken in and executed what that one has.</summary>
        public void Copy(Record other)
        {
            taken = new Dictionary<BlockId, (View, BlockId)>(other.taken);
            results = new Dictionary<BlockId, ResultId>(other.results);
            order = new Queue<(BlockId, Height)>(other.order);
            (forgotten, segmentEnd) = (other.forgotten, other.segmentEnd);
        }

        public void Take(Block block)
        {
            if (!taken.TryAdd(block.Id, (block.View, block.ParentId))) return;
            order.Enqueue((block.Id, block.Height));
            if (order.Count <= Remembered) return;
            (BlockId oldest, Height height) = order.Dequeue();
            taken.Remove(oldest);
            results.Remove(oldest);
            if (forgotten is null || forgotten < height) forgotten = height;
        }

        /// <summary>Whether a block of this height, or its parent, may be out of memory.</summary>
        public bool HasForgotten(Height height) => forgotten is { } below && height <= below.Next;

        public (View View, BlockId ParentId)? Find(BlockId id) =>
            taken.TryGetValue(id, out (View View, BlockId ParentId) found) ? found : null;

        public ResultId? ResultOf(BlockId id) => results.TryGetValue(id, out ResultId found) ? found : null;

        public void Complete(ExecutionResult result)
        {
            if (isRestored) results[result.BlockId] = result.Id;
            else results.TryAdd(result.BlockId, result.Id);
        }
    }
}
