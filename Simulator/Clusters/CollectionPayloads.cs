using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Clusters;

/// <summary>Fills a cluster's blocks with waiting transactions, and judges those of others.</summary>
/// <remarks>
/// module/builder/collection/builder.go and state/cluster/badger/mutator.go. The limits of a collection bind honest
/// builders only. Others' blocks are held against what is final here, so that a node whose main chain lags drops blocks
/// of its cluster that refer beyond it, and asks for them again later.
/// </remarks>
/// <param name="spec">The limits.</param>
/// <param name="epoch">The epoch that the cluster works for.</param>
/// <param name="main">The main chain as the node knows it.</param>
/// <param name="mempool">What waits.</param>
/// <param name="tree">The cluster's blocks that are not final.</param>
/// <param name="history">What its final blocks contain.</param>
public sealed class CollectionPayloads(
    ClusterSpec spec, int epoch, MainChain main, Mempool mempool, ClusterTree tree, ClusterHistory history) : IPayloads
{
    private readonly HashSet<TransactionId> ancestry = [];
    private readonly HashSet<TransactionId> seen = [];

    /// <summary>The highest block that a collection of this cluster may refer to.</summary>
    private Height Newest => main.LastHeight(epoch) ?? main.Finalized.Height;

    private Height First => main.FirstHeight(epoch) ?? default;

    public Payload? Build(View view, Block parent, Effects into)
    {
        tree.CollectAncestry(parent.Id, ancestry);
        List<Transaction> chosen = [];
        Choose(spec.Throttle.Limit(main.SealingLag, spec.MaxCollectionSize), chosen);
        Block lowest = main.At(Newest) ?? main.Finalized;
        foreach (Transaction transaction in chosen)
        {
            if (transaction.ReferenceHeight < lowest.Height) lowest = main.At(transaction.ReferenceHeight)!;
        }

        return new Payload.OfCluster(Collection.Of(chosen, lowest.Id, lowest.Height));
    }

    public bool IsValid(Block block)
    {
        if (block.Payload is not Payload.OfCluster { Collection: var collection }) return false;
        if (!IsInReach(collection.ReferenceId, collection.ReferenceHeight)) return false;
        if (collection.Transactions.Count == 0) return true;
        tree.CollectAncestry(block.ParentId, ancestry);
        seen.Clear();
        Height lowest = collection.Transactions[0].ReferenceHeight;
        foreach (Transaction transaction in collection.Transactions)
        {
            if (!IsInReach(transaction.ReferenceId, transaction.ReferenceHeight)) return false;
            if (!seen.Add(transaction.Id) || IsIncluded(transaction.Id)) return false;
            if (transaction.ReferenceHeight < lowest) lowest = transaction.ReferenceHeight;
        }

        return lowest == collection.ReferenceHeight;
    }

    private bool IsIncluded(TransactionId id) => ancestry.Contains(id) || history.Contains(id);

    private bool IsInReach(BlockId id, Height height) =>
        height >= First && height <= Newest && main.IsFinal(id, height);

    /// <summary>Takes from the oldest on what fits, and throws out what never will.</summary>
    private void Choose(int most, List<Transaction> chosen)
    {
        Height oldest = Oldest();
        (long bytes, long gas) = (0, 0);
        LinkedListNode<Transaction>? next = mempool.First;
        while (next is not null && chosen.Count < most)
        {
            Transaction transaction = next.Value;
            next = next.Next;
            if (IsLost(transaction, oldest))
            {
                mempool.Remove(transaction.Id);
                continue;
            }

            if (transaction.ReferenceHeight > Newest || ancestry.Contains(transaction.Id)
                || bytes + transaction.Bytes > spec.MaxCollectionBytes
                || gas + transaction.Gas > spec.MaxCollectionGas) continue;
            bytes += transaction.Bytes;
            gas += transaction.Gas;
            chosen.Add(transaction);
        }
    }

    /// <summary>Whether a transaction has expired, is final already, or refers to a block that lost.</summary>
    private bool IsLost(Transaction transaction, Height oldest) =>
        transaction.ReferenceHeight < oldest || history.Contains(transaction.Id)
        || (transaction.ReferenceHeight <= main.Finalized.Height
            && !main.IsFinal(transaction.ReferenceId, transaction.ReferenceHeight));

    /// <summary>The lowest block that a transaction may refer to and still be included in time.</summary>
    private Height Oldest()
    {
        ulong life = spec.TransactionExpiry - spec.BuilderExpiryBuffer;
        ulong final = main.Finalized.Height.Value;
        var oldest = new Height(final > life ? final - life : 0);
        return oldest > First ? oldest : First;
    }
}
