using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>Items whose block's parent is not known yet, by parent (flow-go engine/consensus/compliance).</summary>
public sealed class PendingBlocks<T>
    where T : class
{
    private readonly Dictionary<BlockId, List<(Block Block, T Item)>> byParent = [];
    private readonly List<BlockId> parents = [];
    private readonly HashSet<BlockId> known = [];
    private View lowest = new(ulong.MaxValue);

    public int Count => parents.Count;

    /// <summary>Whether a block waits here.</summary>
    public bool Contains(BlockId id) => known.Contains(id);

    /// <summary>Keeps an item until its block's parent is known.</summary>
    public void Add(Block block, T item)
    {
        if (!known.Add(block.Id)) return;
        if (block.View < lowest) lowest = block.View;
        if (!byParent.TryGetValue(block.ParentId, out List<(Block, T)>? children))
        {
            byParent.Add(block.ParentId, children = []);
            parents.Add(block.ParentId);
        }

        children.Add((block, item));
    }

    /// <summary>Takes the children of a block, one by one, in the order in which they came.</summary>
    public bool TryTakeChild(BlockId parent, [NotNullWhen(true)] out T? child)
    {
        child = null;
        if (parents.Count == 0) return false;
        if (!byParent.TryGetValue(parent, out List<(Block Block, T Item)>? children)) return false;
        child = children[0].Item;
        known.Remove(children[0].Block.Id);
        children.RemoveAt(0);
        if (children.Count == 0) Forget(parent);
        return true;
    }

    /// <summary>Drops what finality has passed.</summary>
    public void PruneUpTo(View finalized)
    {
        if (finalized < lowest) return;
        lowest = new View(ulong.MaxValue);
        for (int i = parents.Count - 1; i >= 0; i--)
        {
            List<(Block Block, T Item)> children = byParent[parents[i]];
            children.RemoveAll(child => child.Block.View <= finalized && known.Remove(child.Block.Id));
            foreach ((Block block, _) in children)
                if (block.View < lowest) lowest = block.View;
            if (children.Count == 0) Forget(parents[i]);
        }
    }

    private void Forget(BlockId parent)
    {
        byParent.Remove(parent);
        parents.Remove(parent);
    }
}
