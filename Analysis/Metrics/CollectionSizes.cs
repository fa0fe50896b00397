using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Analysis.Metrics;

/// <summary>How many transactions the newest collections have: guarantees do not say.</summary>
/// <remarks>A collection that no main-chain block orders within so many others never counts.</remarks>
public sealed class CollectionSizes
{
    private const int Kept = 1 << 14;

    private readonly Dictionary<CollectionId, int> sizes = [];
    private readonly Queue<CollectionId> byAge = new();

    /// <summary>A cluster finalized a collection.</summary>
    public void Finalized(Collection collection)
    {
        if (collection.Transactions.Count == 0 || !sizes.TryAdd(collection.Id, collection.Transactions.Count)) return;
        byAge.Enqueue(collection.Id);
        if (byAge.Count > Kept) sizes.Remove(byAge.Dequeue());
    }

    /// <summary>Transactions of a collection; none if nobody finalized it.</summary>
    public int Of(CollectionId collection) => sizes.GetValueOrDefault(collection);
}
