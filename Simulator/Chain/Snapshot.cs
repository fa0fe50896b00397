using System.Collections.Generic;

namespace FlowSim.Chain;

/// <summary>What a new node starts from: the sealing segment of a finalized block (state/protocol/inmem).</summary>
/// <remarks>
/// flow-go's reaches 600 blocks further down, so that a node can tell what expired; those blocks are in the archive
/// here. It carries the newest version beacon, and no older ones.
/// </remarks>
/// <param name="Segment">From the last sealed block up to the head, which is final.</param>
/// <param name="Beacon">The newest version beacon that was sealed as of the head, and the sealing height; none when
/// there was none, or when snapshots do not carry it.</param>
public sealed record Snapshot(
    IReadOnlyList<Block> Segment, (ServiceEvent.VersionBeacon Beacon, Height SealedAt)? Beacon = null)
{
    /// <summary>The finalized block that the snapshot is of.</summary>
    public Block Head => Segment[^1];
}
