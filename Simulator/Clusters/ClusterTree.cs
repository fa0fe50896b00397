using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Clusters;

/// <summary>The blocks of a cluster above its last final one. There are few, so they are looked through.</summary>
public sealed class ClusterTree
{
    private readonly List<Block> blocks = [];
    private readonly Predicate<Block> isPast;
    private View finalized;

    public ClusterTree() => isPast = block => block.View <= finalized;

    public void Add(Block block) => blocks.Add(block);

    /// <summary>Finality has passed a view.</summary>
    public void PruneUpTo(View view)
    {
        finalized = view;
        blocks.RemoveAll(isPast);
    }

    /// <summary>The certificate of a block, out of its first child; null when it has none here.</summary>
    public QuorumCertificate? CertificateOf(BlockId id)
    {
        foreach (Block block in blocks)
        {
            if (block.ParentId == id) return block.Qc;
        }

        return null;
    }

    /// <summary>The transactions of a block and its ancestors that are not final.</summary>
    public void CollectAncestry(BlockId newest, HashSet<TransactionId> into)
    {
        into.Clear();
        for (Block? at = Find(newest); at is not null; at = Find(at.ParentId))
        {
            if (at.Payload is not Payload.OfCluster { Collection: var collection }) continue;
            foreach (Transaction transaction in collection.Transactions) into.Add(transaction.Id);
        }
    }

    private Block? Find(BlockId id)
    {
        foreach (Block block in blocks)
        {
            if (block.Id == id) return block;
        }

        return null;
    }
}
