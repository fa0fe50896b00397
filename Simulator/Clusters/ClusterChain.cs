using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Clusters;

/// <summary>What a member makes of its cluster's chain: blocks out of what waits, guarantees out of what is final.
/// </summary>
/// <remarks>module/finalizer/collection/finalizer.go, engine/collection/pusher.</remarks>
public sealed class ClusterChain : IChainListener
{
    private readonly ClusterId cluster;
    private readonly Committee committee;
    private readonly CollectionStore store;
    private readonly Mempool mempool;
    private readonly ClusterTree tree = new();

    /// <param name="cluster">Which one.</param>
    /// <param name="commons">What all collection nodes share.</param>
    /// <param name="main">The main chain as the node knows it.</param>
    /// <param name="store">Where finalized collections go.</param>
    /// <param name="disk">What the node has of this chain.</param>
    public ClusterChain(
        ClusterId cluster, ClusterCommons commons, MainChain main, CollectionStore store, SeatDisk disk)
    {
        this.cluster = cluster;
        this.store = store;
        committee = commons.Plan.CommitteeOf(cluster);
        mempool = new Mempool(commons.Spec.MempoolLimit);
        History = disk.History;
        Payloads = new CollectionPayloads(
            commons.Spec, commons.Plan.EpochOf(cluster), main, mempool, tree, History);
        foreach (Message.Proposal proposal in disk.Chain.Proposals) tree.Add(proposal.Block);
    }

    /// <summary>What is in finalized blocks.</summary>
    public ClusterHistory History { get; }

    public IPayloads Payloads { get; }

    /// <summary>Whether a transaction waits or is in a finalized block.</summary>
    public bool Knows(TransactionId id) => mempool.Contains(id) || History.Contains(id);

    /// <summary>Lets a transaction wait for a collection.</summary>
    public void Take(Transaction transaction)
    {
        if (!History.Contains(transaction.Id)) mempool.Add(transaction);
    }

    public void Incorporated(SimTime now, Block block, Effects into) => tree.Add(block);

    public void Finalized(SimTime now, Block block, Effects into)
    {
        if (block.Payload is Payload.OfCluster { Collection: { Transactions.Count: > 0 } collection })
        {
            foreach (Transaction transaction in collection.Transactions) mempool.Remove(transaction.Id);
            History.Add(collection);
            store.Add(collection);
            Pledge(block, collection, into);
        }

        tree.PruneUpTo(block.View);
    }

    private void Pledge(Block block, Collection collection, Effects into)
    {
        var guarantee = new Guarantee(collection.Id, collection.ReferenceId, collection.ReferenceHeight, cluster,
            SignersOf(tree.CertificateOf(block.Id)));
        into.Report(new Notice.Pledged(guarantee));
        into.Multicast(Audience.Of(Role.Consensus), new Message.Pipeline.Pledge(guarantee));
    }

    private List<NodeId> SignersOf(QuorumCertificate? qc)
    {
        var signers = new List<NodeId>(committee.Size);
        for (int member = 0; qc is not null && member < committee.Size; member++)
        {
            if (qc.Signers.Contains(member)) signers.Add(committee.Members[member]);
        }

        return signers;
    }
}
