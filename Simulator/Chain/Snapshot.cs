using System.Collections.Generic;

namespace FlowSim.Chain;

/// <summary>What a new node starts from: the sealing segment of a finalized block (state/protocol/inmem).</summary>
/// <remarks>
/// flow-go's reaches 600 blocks further down, so that a node can tell what expired; those blocks are in the archive
/// here. flow-go's carries the newest version beacon, and no older ones.
/// </remarks>
/// <param name="Segment">From the last sealed block up to the head, which is final.</param>
/// <param name="Beacons">Version beacons that were sealed as of the head, with the sealing heights; the newest one, or
/// none or all where that is a run's question.</param>
public sealed record Snapshot(
    IReadOnlyList<Block> Segment, IReadOnlyList<(ServiceEvent.VersionBeacon Beacon, Height SealedAt)> Beacons)
{
    /// <summary>The finalized block that the snapshot is of.</summary>
    public Block Head => Segment[^1];
}
