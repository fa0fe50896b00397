using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>Items whose block's parent is not known yet, by parent (flow-go engine/consensus/compliance).</summary>
/// <remarks>A node that was away for a day holds a thousand and more: no operation walks over all of them.</remarks>
public sealed class PendingBlocks<T>
    where T : class
{
    private readonly Dictionary<BlockId, List<(Block Block, T Item)>> byParent = [];
    private readonly HashSet<BlockId> waiting = [];
    private readonly PriorityQueue<Block, ulong> byView = new();

    /// <summary>Whether a block waits here.</summary>
    public bool Contains(BlockId id) => waiting.Contains(id);

    /// <summary>Keeps an item until its block's parent is known.</summary>
    public void Add(Block block, T item)
    {
        if (!waiting.Add(block.Id)) return;
        if (!byParent.TryGetValue(block.ParentId, out List<(Block, T)>? children))
            byParent.Add(block.ParentId, children = []);
        children.Add((block, item));
        byView.Enqueue(block, block.View.Value);
    }

    /// <summary>Takes the children of a block, one by one, in the order in which they came.</summary>
    public bool TryTakeChild(BlockId parent, [NotNullWhen(true)] out T? child)
    {
        child = null;
        if (waiting.Count == 0) return false;
        if (!byParent.TryGetValue(parent, out List<(Block Block, T Item)>? children)) return false;
        child = children[0].Item;
        Forget(parent, children, 0);
        return true;
    }

    /// <summary>Drops what finality has passed.</summary>
    public void PruneUpTo(View finalized)
    {
        while (byView.TryPeek(out Block? lowest, out _) && lowest.View <= finalized)
        {
            byView.Dequeue();
            if (!waiting.Contains(lowest.Id)) continue;
            List<(Block Block, T Item)> siblings = byParent[lowest.ParentId];
            Forget(lowest.ParentId, siblings, siblings.FindIndex(sibling => sibling.Block.Id == lowest.Id));
        }
    }

    private void Forget(BlockId parent, List<(Block Block, T Item)> children, int index)
    {
        waiting.Remove(children[index].Block.Id);
        children.RemoveAt(index);
        if (children.Count == 0) byParent.Remove(parent);
    }
}
