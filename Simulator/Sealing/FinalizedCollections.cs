using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>At which height each collection of a run became final, kept once for all nodes.</summary>
/// <remarks>
/// A node reads it through its own <see cref="CollectionLedger"/>. What lies far below the highest node is forgotten: a
/// block that refers to it is too old for anybody to build on, and a node that catches up from there finds certified
/// blocks only.
/// </remarks>
/// <param name="root">Final at every node.</param>
public sealed class FinalizedCollections(Block root)
{
    private const int Kept = 1 << 13;

    private readonly Queue<Block> blocks = new([root]);
    private readonly Dictionary<BlockId, Height> heights = new() { [root.Id] = root.Height };
    private readonly Dictionary<CollectionId, Height> collections = [];
    private Height top = root.Height;

    internal Height Root => root.Height;

    /// <summary>A node has finalized its next block.</summary>
    /// <returns>False if another block is final at that height: agreement is broken.</returns>
    internal bool TryAdvance(Block block)
    {
        if (block.Height <= top) return heights.ContainsKey(block.Id) || block.Height.Value + Kept <= top.Value;
        top = block.Height;
        blocks.Enqueue(block);
        heights.Add(block.Id, block.Height);
        foreach (Guarantee guarantee in GuaranteesOf(block)) collections.TryAdd(guarantee.CollectionId, block.Height);
        if (blocks.Count > Kept) Forget(blocks.Dequeue());
        return true;
    }

    /// <summary>The main chain begins anew: what is final up to its root is so for all.</summary>
    /// <param name="chain">The chain up to the root.</param>
    /// <param name="from">A height up to which all is known here.</param>
    internal void Follow(Ledger chain, Height from)
    {
        for (Height height = from; height <= chain.Height; height = height.Next) TryAdvance(chain.At(height)!.Block);
    }

    internal Height? HeightOf(CollectionId collection) =>
        collections.TryGetValue(collection, out Height height) ? height : null;

    internal Height? HeightOf(BlockId block) => heights.TryGetValue(block, out Height height) ? height : null;

    internal static IReadOnlyList<Guarantee> GuaranteesOf(Block block) =>
        block.Payload is Payload.Main main ? main.Guarantees : [];

    private void Forget(Block block)
    {
        heights.Remove(block.Id);
        foreach (Guarantee guarantee in GuaranteesOf(block)) collections.Remove(guarantee.CollectionId);
    }
}

/// <summary>One node's view of the finalized collections: none above its own finalized height.</summary>
/// <remarks>It survives the process. Should agreement break, it goes on with a branch of its own.</remarks>
/// <param name="shared">What all nodes share.</param>
/// <param name="from">The height that the node starts from; the root's if it does not say.</param>
public sealed class CollectionLedger(FinalizedCollections shared, Height? from = null)
{
    private readonly HashSet<CollectionId> ownCollections = [];
    private readonly Dictionary<BlockId, Height> ownBlocks = [];
    private Height lastShared = from ?? shared.Root;

    /// <summary>Appends the next finalized block.</summary>
    public void Append(Block block)
    {
        if (ownBlocks.Count == 0 && shared.TryAdvance(block))
        {
            lastShared = block.Height;
            return;
        }

        ownBlocks.Add(block.Id, block.Height);
        foreach (Guarantee guarantee in FinalizedCollections.GuaranteesOf(block))
            ownCollections.Add(guarantee.CollectionId);
    }

    /// <summary>Whether a collection is in a block that the node has finalized.</summary>
    public bool Contains(CollectionId collection) =>
        (shared.HeightOf(collection) is { } height && height <= lastShared)
        || (ownCollections.Count > 0 && ownCollections.Contains(collection));

    /// <summary>The height of a block that the node has finalized; null for any other.</summary>
    public Height? HeightOf(BlockId block)
    {
        if (shared.HeightOf(block) is { } height && height <= lastShared) return height;
        return ownBlocks.TryGetValue(block, out height) ? height : null;
    }
}
