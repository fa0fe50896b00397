using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Clusters;

/// <summary>The transactions of a cluster's finalized blocks, as long as one might be included again.</summary>
/// <remarks>state/cluster/badger/mutator.go looks them up on disk, so they survive the process.</remarks>
public sealed class ClusterHistory
{
    private readonly HashSet<TransactionId> included = [];
    private readonly PriorityQueue<Transaction, ulong> byReference = new();

    public int Count => included.Count;

    public bool Contains(TransactionId id) => included.Contains(id);

    /// <summary>A block became final.</summary>
    public void Add(Collection collection)
    {
        foreach (Transaction transaction in collection.Transactions)
        {
            if (included.Add(transaction.Id))
                byReference.Enqueue(transaction, transaction.ReferenceHeight.Value);
        }
    }

    /// <summary>Forgets what refers to a block below a height: it has expired.</summary>
    public void PruneBelow(Height height)
    {
        while (byReference.TryPeek(out Transaction? oldest, out ulong reference) && reference < height.Value)
        {
            byReference.Dequeue();
            included.Remove(oldest.Id);
        }
    }
}
