using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>Items whose block's parent is not known yet, by parent (flow-go engine/consensus/compliance).</summary>
public sealed class PendingBlocks<T>
    where T : class
{
    private readonly Dictionary<BlockId, List<(View View, T Item)>> byParent = [];
    private readonly List<BlockId> parents = [];

    public int Count => parents.Count;

    /// <summary>Keeps an item until its block's parent is known.</summary>
    public void Add(Block block, T item)
    {
        if (!byParent.TryGetValue(block.ParentId, out List<(View, T)>? children))
        {
            byParent.Add(block.ParentId, children = []);
            parents.Add(block.ParentId);
        }

        children.Add((block.View, item));
    }

    /// <summary>Takes the children of a block, one by one, in the order in which they came.</summary>
    public bool TryTakeChild(BlockId parent, [NotNullWhen(true)] out T? child)
    {
        child = null;
        if (parents.Count == 0 || !byParent.TryGetValue(parent, out List<(View View, T Item)>? children)) return false;
        child = children[0].Item;
        children.RemoveAt(0);
        if (children.Count == 0) Forget(parent);
        return true;
    }

    /// <summary>Drops what finality has passed.</summary>
    public void PruneUpTo(View finalized)
    {
        for (int i = parents.Count - 1; i >= 0; i--)
        {
            List<(View View, T Item)> children = byParent[parents[i]];
            children.RemoveAll(child => child.View <= finalized);
            if (children.Count == 0) Forget(parents[i]);
        }
    }

    private void Forget(BlockId parent)
    {
        byParent.Remove(parent);
        parents.Remove(parent);
    }
}
