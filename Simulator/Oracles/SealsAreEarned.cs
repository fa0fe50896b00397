using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Pipeline;

namespace FlowSim.Oracles;

/// <summary>P2: seals come height by height, each on the one before and not too early; honest ones are earned.
/// </summary>
/// <remarks>
/// A seal is earned when enough execution nodes of the sealed block's epoch have come to its result and, for every
/// chunk, enough of those verifiers have approved it whom the block assigns that incorporates the result. Validators
/// check neither, so only honest proposers owe it, and emergency seals do not. What nodes that lost their disk came to
/// counts too. Blocks are judged when the first node takes them in.
/// </remarks>
public sealed class SealsAreEarned : Oracle
{
    /// <summary>The result of a block is incorporated above it, and sealed above a child of that.</summary>
    private const ulong LeastDistance = 3;

    private readonly Dictionary<BlockId, Block> blocks = [];
    private readonly PriorityQueue<BlockId, ulong> blocksByHeight = new();
    private readonly Dictionary<ResultId, Merits> merits = [];
    private readonly PriorityQueue<ResultId, ulong> meritsByHeight = new();
    private readonly Seal ofRoot;
    private readonly ChunkAssignments assignments;
    private Height finalized;
    private Height lastSealed;

    public SealsAreEarned(Cast cast)
        : base("P2", cast)
    {
        ofRoot = Seal.OfRoot(cast.Root);
        blocks.Add(cast.Root.Id, cast.Root);
        finalized = cast.Root.Height;
        assignments = new ChunkAssignments(new Roster(cast.Spec.Nodes, NodeSpec.Keys(cast.Spec.Nodes)),
            cast.Spec.Pipeline!.Verification.PerChunk);
    }

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Executed), typeof(Notice.Approved), typeof(Notice.Incorporated), typeof(Notice.Finalized)];

    public override bool HearsLiars => true;

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Executed { Result: var result }:
                MeritsOf(result.Id, result.Height)?.Executors.Add(Cast.IdentityOf(entry.Node));
                break;
            case Notice.Approved { Approval: var approval }:
                if (merits.TryGetValue(approval.ResultId, out Merits? known))
                    known.Approvals.Add((approval.Chunk, approval.Approver));
                break;
            case Notice.Incorporated { Block: var block } when Cast.IsHonest(entry.Node):
                if (block.Height > finalized && blocks.TryAdd(block.Id, block)) Take(entry, block);
                break;
            case Notice.Finalized { Block: var block } when Cast.IsHonest(entry.Node):
                if (block.Height > finalized) Prune(block);
                break;
        }
    }

    private Merits? MeritsOf(ResultId id, Height height)
    {
        if (height <= lastSealed || merits.TryGetValue(id, out Merits? known))
            return merits.GetValueOrDefault(id);
        merits.Add(id, known = new Merits());
        meritsByHeight.Enqueue(id, height.Value);
        return known;
    }

    private void Take(in TraceEvent entry, Block block)
    {
        blocksByHeight.Enqueue(block.Id, block.Height.Value);
        if (block.Payload is not Payload.Main { Seals: { Count: > 0 } seals }) return;
        if (!blocks.TryGetValue(block.ParentId, out Block? parent)) return;
        Seal last = Seal.LastAsOf(parent, ofRoot);
        foreach (Seal seal in seals)
        {
            Judge(entry, block, parent, last, seal);
            last = seal;
        }
    }

    private void Judge(in TraceEvent entry, Block block, Block parent, Seal last, Seal seal)
    {
        string what = $"the block seals a result of height {seal.Height.Value}";
        if (seal.Height != last.Height.Next)
            throw Broken(entry, block.View, what, $"height {last.Height.Value} is sealed before it");
        if (seal.Result.PreviousId != last.Result.Id)
            throw Broken(entry, block.View, what, "it does not build on the result sealed before it");
        if (block.Height.Value < seal.Height.Value + LeastDistance)
            throw Broken(entry, block.View, what, $"the block's own is {block.Height.Value}");
        Block? incorporating = FirstWith(seal.Result.Id, parent);
        if (incorporating is null) throw Broken(entry, block.View, what, "no block below has a receipt for it");
        if (incorporating.Id == parent.Id)
            throw Broken(entry, block.View, what, "its first receipt is in the block's parent");
        if (Cast.IsHonest(block.Proposer) && !seal.IsEmergency)
            JudgeMerits(entry, block, incorporating, seal.Result, what);
    }

    private void JudgeMerits(in TraceEvent entry, Block block, Block incorporating, ExecutionResult result, string what)
    {
        merits.TryGetValue(result.Id, out Merits? known);
        int executors = known?.Executors.Count(node => Roster.May(node, Role.Execution, result.State)) ?? 0;
        if (executors < Cast.Spec.Pipeline!.Sealing.RequiredExecutors)
            throw Broken(entry, block.View, what, $"{executors} execution nodes came to it");
        IReadOnlyList<IReadOnlyList<NodeId>> assigned = assignments.Of(incorporating.Id, result);
        for (int chunk = 0; chunk < assigned.Count; chunk++)
        {
            int approvals = 0;
            foreach (NodeId verifier in assigned[chunk])
                if (known!.Approvals.Contains((chunk, verifier))) approvals++;
            if (approvals < Cast.Spec.Pipeline.Sealing.RequiredApprovals)
                throw Broken(entry, block.View, what, $"chunk {chunk} has {approvals} approvals of those assigned");
        }
    }

    /// <summary>The lowest block up to a tip with a receipt for a result.</summary>
    private Block? FirstWith(ResultId result, Block tip)
    {
        Block? first = null;
        for (Block? at = tip; at is not null; at = blocks.GetValueOrDefault(at.ParentId))
        {
            foreach (ExecutionReceipt receipt in (at.Payload as Payload.Main)?.Receipts ?? [])
                if (receipt.Result.Id == result) first = at;
        }

        return first;
    }

    /// <summary>What lies below the highest final seal nobody may refer to.</summary>
    private void Prune(Block block)
    {
        finalized = block.Height;
        lastSealed = Seal.LastAsOf(block, ofRoot).Height;
        while (blocksByHeight.TryPeek(out BlockId id, out ulong height) && height < lastSealed.Value)
        {
            blocksByHeight.Dequeue();
            blocks.Remove(id);
        }

        while (meritsByHeight.TryPeek(out ResultId id, out ulong height) && height < lastSealed.Value)
        {
            meritsByHeight.Dequeue();
            merits.Remove(id);
        }
    }

    /// <summary>Who stands behind a result.</summary>
    private sealed class Merits
    {
        public HashSet<NodeId> Executors { get; } = [];

        public HashSet<(int Chunk, NodeId Verifier)> Approvals { get; } = [];
    }
}
