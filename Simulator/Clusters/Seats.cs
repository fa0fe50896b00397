using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Clusters;

/// <summary>The clusters that a node works in: its epoch's, and for a while that of the epoch before.</summary>
/// <remarks>
/// engine/collection/epochmgr/engine.go: an epoch's clusters start when its first block is final and stop so many
/// heights after its last one that no transaction of theirs can be included any more. A node has timers for two of
/// them: when epochs are shorter than that life, a cluster stops already when the second epoch after its own begins.
/// </remarks>
public sealed class Seats
{
    private readonly NodeId self;
    private readonly ClusterCommons commons;
    private readonly MainChain main;
    private readonly CollectionStore store;
    private readonly List<ClusterSeat> open = [];

    /// <param name="self">Under which identity the node signs.</param>
    /// <param name="commons">What all collection nodes share.</param>
    /// <param name="main">The main chain as the node knows it.</param>
    /// <param name="store">Where finalized collections go.</param>
    /// <param name="written">The seats that the node had when its process died; null when it never ran.</param>
    public Seats(NodeId self, ClusterCommons commons, MainChain main, CollectionStore store,
        IReadOnlyList<SeatDisk>? written)
    {
        (this.self, this.commons, this.main, this.store) = (self, commons, main, store);
        if (written is null)
        {
            Open(main.Epoch, true);
            return;
        }

        foreach (SeatDisk disk in written) open.Add(new ClusterSeat(self, commons, main, store, disk, false));
    }

    /// <summary>The clusters it works in now, oldest first.</summary>
    public IReadOnlyList<ClusterSeat> All => open;

    /// <summary>The seat in a cluster; null when the node does not work in it.</summary>
    public ClusterSeat? Find(ClusterId cluster)
    {
        foreach (ClusterSeat seat in open)
        {
            if (seat.Cluster == cluster) return seat;
        }

        return null;
    }

    /// <summary>Whether the clusters of an epoch are over for this node, whatever happens.</summary>
    public bool AreOver(int epoch)
    {
        foreach (ClusterSeat seat in open)
        {
            if (seat.Epoch <= epoch) return false;
        }

        return epoch <= main.Epoch;
    }

    /// <summary>A block of the main chain became final, and the record of that chain is up to date.</summary>
    /// <param name="now">The node's clock.</param>
    /// <param name="before">The epoch of the block before.</param>
    /// <param name="into">Gets what a new cluster begins with.</param>
    public void Follow(SimTime now, int before, Effects into)
    {
        for (int i = open.Count - 1; i >= 0; i--)
        {
            if (IsOver(open[i].Epoch)) open.RemoveAt(i);
        }

        if (main.Epoch != before && Open(main.Epoch, false) is { } begun) begun.Start(now, into);
    }

    /// <summary>The height at which an epoch's clusters stop; null while the epoch lasts.</summary>
    public static Height? StopHeight(MainChain main, int epoch, ulong expiry) =>
        main.LastHeight(epoch) is { } last ? new Height(last.Value + expiry + 1) : null;

    private bool IsOver(int epoch) =>
        epoch < main.Epoch - 1
        || StopHeight(main, epoch, commons.Spec.TransactionExpiry) is { } stop && main.Finalized.Height >= stop;

    private ClusterSeat? Open(int epoch, bool isFirst)
    {
        if (commons.Plan.ClusterOf(self, epoch) is not { } cluster) return null;
        var seat = new ClusterSeat(self, commons, main, store,
            SeatDisk.Of(cluster, commons.NewLedger(cluster)), isFirst);
        open.Add(seat);
        return seat;
    }
}
