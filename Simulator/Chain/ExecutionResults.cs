using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>One step of a block's execution: a collection, or the system's own transactions at the end.</summary>
/// <param name="Index">Place in the block.</param>
/// <param name="Content">What is executed, the same for all nodes: decides who is sensitive to it.</param>
/// <param name="Start">State before.</param>
/// <param name="End">State after.</param>
public readonly record struct Chunk(int Index, ulong Content, Commitment Start, Commitment End)
{
    /// <summary>What a chunk of a block executes.</summary>
    /// <param name="block">The block.</param>
    /// <param name="index">The chunk's place.</param>
    /// <param name="collection">The collection; none for the system chunk.</param>
    public static ulong ContentOf(BlockId block, int index, CollectionId collection) =>
        Mix64.Then(Mix64.Then(Mix64.Then(31, block.Value), (ulong)index), collection.Value);
}

/// <summary>What executing a block came to: a chunk per collection and the system chunk.</summary>
/// <param name="Id">Identity, a hash of the rest.</param>
/// <param name="BlockId">The executed block.</param>
/// <param name="Height">Its height.</param>
/// <param name="PreviousId">The result of the parent block that this one builds on.</param>
/// <param name="Chunks">In order; the end of one is the start of the next.</param>
/// <param name="ServiceEvents">What the system contracts emitted, in order.</param>
/// <param name="Contracts">The system contracts after the block; null in worlds without any.</param>
/// <param name="State">The protocol state that the executed block commits to; null in worlds without one.</param>
public sealed record ExecutionResult(
    ResultId Id, BlockId BlockId, Height Height, ResultId PreviousId, IReadOnlyList<Chunk> Chunks,
    IReadOnlyList<ServiceEvent> ServiceEvents, ContractState? Contracts, CommittedState? State)
{
    public Commitment Start => Chunks[0].Start;

    public Commitment End => Chunks[^1].End;

    /// <summary>A result, its identity by its content.</summary>
    public static ExecutionResult Of(Block block, ResultId previous, IReadOnlyList<Chunk> chunks,
        IReadOnlyList<ServiceEvent>? events = null, ContractState? contracts = null)
    {
        ulong key = Mix64.Then(Mix64.Then(32, block.Id.Value), previous.Value);
        foreach (Chunk chunk in chunks) key = Mix64.Then(key, chunk.End.Value);
        foreach (ServiceEvent emitted in events ?? []) key = Mix64.Then(key, emitted.Key);
        return new ExecutionResult(new ResultId(key), block.Id, block.Height, previous, chunks, events ?? [],
            contracts, (block.Payload as Payload.Main)?.State);
    }

    /// <summary>The result that everybody trusts from the start.</summary>
    /// <param name="root">The first block.</param>
    /// <param name="contracts">The system contracts that the chain starts with.</param>
    public static ExecutionResult OfRoot(Block root, ContractState? contracts = null)
    {
        var state = new Commitment(Mix64.Then(33, root.Id.Value));
        return Of(root, default, [new Chunk(0, Chunk.ContentOf(root.Id, 0, default), state, state)], null, contracts);
    }
}

/// <summary>An execution node's signature under a result.</summary>
/// <param name="Executor">Who executed.</param>
/// <param name="Result">What it came to.</param>
public sealed record ExecutionReceipt(NodeId Executor, ExecutionResult Result)
{
    /// <summary>The key of the content, for digests and sets.</summary>
    public ulong Key { get; } = Mix64.Then(Mix64.Then(34, Result.Id.Value), (ulong)Executor.Index);
}

/// <summary>A verification node's signature under one chunk of a result.</summary>
/// <param name="BlockId">The executed block.</param>
/// <param name="ResultId">The result.</param>
/// <param name="Chunk">The chunk's place.</param>
/// <param name="Approver">Who checked it.</param>
public sealed record ResultApproval(BlockId BlockId, ResultId ResultId, int Chunk, NodeId Approver)
{
    /// <summary>The key of the content, for digests and sets.</summary>
    public ulong Key { get; } =
        Mix64.Then(Mix64.Then(Mix64.Then(35, ResultId.Value), (ulong)Chunk), (ulong)Approver.Index);
}

/// <summary>The chain's decision on a block's result.</summary>
/// <param name="BlockId">The sealed block.</param>
/// <param name="Height">Its height.</param>
/// <param name="Result">The result that the chain commits to.</param>
/// <param name="IsEmergency">Whether it was made without the approvals that it needs.</param>
public sealed record Seal(BlockId BlockId, Height Height, ExecutionResult Result, bool IsEmergency = false)
{
    /// <summary>The root's seal, trusted from the start.</summary>
    public static Seal OfRoot(Block root) => root.Payload is Payload.Main main
        ? main.LastSeal
        : new Seal(root.Id, root.Height, ExecutionResult.OfRoot(root));

    /// <summary>The newest seal as of a block of the main chain; the root's when nothing was sealed yet.</summary>
    public static Seal LastAsOf(Block block, Seal ofRoot) =>
        block.Payload is Payload.Main main ? main.LastSeal : ofRoot;
}
