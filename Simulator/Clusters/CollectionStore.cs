using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Clusters;

/// <summary>The finalized collections that a node can be asked for. They survive the process.</summary>
public sealed class CollectionStore
{
    private readonly Dictionary<CollectionId, Collection> kept = [];
    private readonly PriorityQueue<CollectionId, ulong> byReference = new();

    public int Count => kept.Count;

    public void Add(Collection collection)
    {
        if (kept.TryAdd(collection.Id, collection))
            byReference.Enqueue(collection.Id, collection.ReferenceHeight.Value);
    }

    /// <summary>What it has of what is wanted.</summary>
    public List<Collection> Find(IReadOnlyList<CollectionId> wanted)
    {
        List<Collection> found = [];
        foreach (CollectionId id in wanted)
        {
            if (kept.TryGetValue(id, out Collection? collection)) found.Add(collection);
        }

        return found;
    }

    /// <summary>Forgets collections that refer to a block below a height.</summary>
    public void PruneBelow(Height height)
    {
        while (byReference.TryPeek(out CollectionId oldest, out ulong reference) && reference < height.Value)
        {
            byReference.Dequeue();
            kept.Remove(oldest);
        }
    }
}
