using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>P1: a fork orders a collection once at most, and a cluster's final chain contains a transaction once.
/// </summary>
/// <remarks>
/// flow-go looks as far back as a transaction lives, and so does this: what refers to a block twice as old is
/// forgotten.
/// Clusters of two epochs may both take a transaction; its reference block decides.
/// </remarks>
public sealed class CollectedOnce(Cast cast) : Oracle("P1", cast)
{
    private readonly ulong kept = 2 * cast.Spec.Pipeline!.Clusters.TransactionExpiry;
    private readonly Dictionary<CollectionId, List<Block>> orderedIn = [];
    private readonly Dictionary<BlockId, Block> blocks = [];
    private readonly Queue<Block> byAge = new();
    private readonly Dictionary<int, Collected> clusters = [];
    private Height highest;

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.Incorporated), typeof(Notice.OfCluster)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Incorporated { Block: var block }:
                if (blocks.TryAdd(block.Id, block)) Take(entry, block);
                break;
            case Notice.OfCluster { Cluster: var cluster, Inner: Notice.Finalized { Block: var block } }:
                if (!clusters.TryGetValue(cluster.Index, out Collected? collected))
                    clusters.Add(cluster.Index, collected = new Collected());
                if (block.Height > collected.Height) Take(entry, collected, block);
                break;
        }
    }

    private void Take(in TraceEvent entry, Block block)
    {
        byAge.Enqueue(block);
        if (block.Height > highest) highest = block.Height;
        if (block.Payload is Payload.Main payload)
        {
            foreach (Guarantee guarantee in payload.Guarantees) Judge(entry, block, guarantee.CollectionId);
        }

        while (byAge.Peek().Height.Value + kept < highest.Value) Forget(byAge.Dequeue());
    }

    private void Judge(in TraceEvent entry, Block block, CollectionId collection)
    {
        if (!orderedIn.TryGetValue(collection, out List<Block>? earlier)) orderedIn.Add(collection, earlier = []);
        foreach (Block other in earlier)
        {
            if (IsAncestor(other, block))
                throw Broken(entry, block.View, $"the block orders collection {collection.Value:x16}",
                    $"so does block {other.Id.Value:x16} of view {other.View} on the same fork");
        }

        earlier.Add(block);
    }

    /// <summary>Whether a block is another's ancestor, or the same.</summary>
    private bool IsAncestor(Block block, Block of)
    {
        Block? at = of;
        while (at is not null && at.Height > block.Height) at = blocks.GetValueOrDefault(at.ParentId);
        return at?.Id == block.Id;
    }

    private void Forget(Block old)
    {
        blocks.Remove(old.Id);
        if (old.Payload is not Payload.Main payload) return;
        foreach (Guarantee guarantee in payload.Guarantees)
        {
            if (!orderedIn.TryGetValue(guarantee.CollectionId, out List<Block>? places)) continue;
            places.Remove(old);
            if (places.Count == 0) orderedIn.Remove(guarantee.CollectionId);
        }
    }

    private void Take(in TraceEvent entry, Collected collected, Block block)
    {
        collected.Height = block.Height;
        if (block.Payload is not Payload.OfCluster { Collection: var collection }) return;
        foreach (Transaction transaction in collection.Transactions)
        {
            if (!collected.Included.Add(transaction.Id))
                throw Broken(entry, block.View, $"the cluster's block contains transaction {transaction.Id.Value:x16}",
                    "an earlier block of its chain does");
            collected.ByReference.Enqueue(transaction.Id, transaction.ReferenceHeight.Value);
        }

        while (collected.ByReference.TryPeek(out TransactionId oldest, out ulong reference)
            && reference + kept < highest.Value)
        {
            collected.ByReference.Dequeue();
            collected.Included.Remove(oldest);
        }
    }

    /// <summary>What one cluster has finalized.</summary>
    private sealed class Collected
    {
        public HashSet<TransactionId> Included { get; } = [];

        public PriorityQueue<TransactionId, ulong> ByReference { get; } = new();

        public Height Height { get; set; }
    }
}
