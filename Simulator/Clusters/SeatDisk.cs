using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Clusters;

/// <summary>What a member of a cluster has written about its cluster's chain.</summary>
/// <param name="Cluster">Which one.</param>
/// <param name="Chain">Blocks, safety and liveness data.</param>
/// <param name="Ledger">The finalized chain.</param>
/// <param name="History">The transactions in it.</param>
public sealed record SeatDisk(ClusterId Cluster, Disk Chain, Ledger Ledger, ClusterHistory History)
{
    /// <summary>The disk of a member whose cluster has just begun.</summary>
    public static SeatDisk Of(ClusterId cluster, Ledger ledger) =>
        new(cluster, Disk.Bootstrapped(Block.RootOf(cluster)), ledger, new ClusterHistory());
}

/// <summary>What a collection node has written beside its main chain.</summary>
/// <param name="Main">Its index of the finalized main chain.</param>
/// <param name="Store">The collections that it serves.</param>
/// <param name="Seats">The chains of the clusters that it works in, oldest first.</param>
public sealed record CollectionDisk(MainChain Main, CollectionStore Store, IReadOnlyList<SeatDisk> Seats)
{
    /// <summary>What a node keeps when the main chain begins anew within an epoch: its clusters go on, so it must
    /// remember what it signed there, and what it has to serve.</summary>
    /// <param name="chain">The main chain up to its new root, whose last blocks may be news to the node.</param>
    /// <returns>Null when the epoch that it knew is over, and its clusters with it.</returns>
    public CollectionDisk? Carried(Ledger chain)
    {
        int epoch = Main.Epoch;
        for (Height height = Main.Finalized.Height.Next; height <= chain.Height; height = height.Next)
            Main.Finalize(chain.At(height)!.Block);
        return Main.Epoch == epoch ? this : null;
    }
}
