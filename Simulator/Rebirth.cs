using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Epochs;
using FlowSim.HotStuff;

namespace FlowSim;

/// <summary>What nodes start from after a spork: its root, and the little of their disks that stays.</summary>
/// <remarks>
/// Everybody's protocol database is gone. Keys stay, and what belongs to clusters, as the epoch goes on. Whoever comes
/// with a disk of the chain before is refused as a peer in flow-go, whose network keys and messages carry the spork's
/// identity; here the operator notices, and the node takes the root.
/// </remarks>
/// <param name="snapshot">The root's.</param>
/// <param name="chain">The chain up to the root.</param>
/// <param name="nodes">How many nodes there are.</param>
internal sealed class Rebirth(Snapshot snapshot, Ledger chain, int nodes)
{
    private readonly bool[] isDue = new bool[nodes];

    public Snapshot Snapshot => snapshot;

    /// <summary>Whether a node's next start is from the root.</summary>
    public bool IsDue(int node) => isDue[node];

    /// <summary>The disk with which a node begins at the root.</summary>
    /// <param name="node">Whose.</param>
    /// <param name="left">What it had before; null for nothing.</param>
    public Disk Prepare(int node, Disk? left)
    {
        isDue[node] = true;
        return Disk.Bootstrapped(snapshot.Head) with { Engine = Kept(left?.Engine as KeeperDisk) };
    }

    /// <summary>What a process starts from beside its disk; it has begun then.</summary>
    public Snapshot? Take(int node)
    {
        if (!isDue[node]) return null;
        isDue[node] = false;
        return snapshot;
    }

    private KeeperDisk? Kept(KeeperDisk? left) => left is null
        ? null
        : left with { Role = (left.Role as CollectionDisk)?.Carried(chain), Beacons = [] };
}
