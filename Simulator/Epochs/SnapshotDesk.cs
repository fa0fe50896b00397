using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Upgrades;

namespace FlowSim.Epochs;

/// <summary>Serves snapshots of the last finalized block to nodes that want to join (access/rpc, GetLatestSnapshot).
/// </summary>
internal sealed class SnapshotDesk(Ledger ledger, SealedBeacons beacons, BeaconKnowledge knowledge)
{
    /// <summary>Answers; says nothing while the sealing segment reaches below what the node still has.</summary>
    public void Answer(NodeId to, Message.Pipeline.SnapshotRequest request, Effects into)
    {
        if (Latest() is { } snapshot) into.Send(to, new Message.Pipeline.SnapshotResponse(snapshot, request.Nonce));
    }

    private Snapshot? Latest()
    {
        if (ledger.At(ledger.Height)?.Block is not { Payload: Payload.Main { LastSeal: var seal } }) return null;
        List<Block> segment = [];
        for (Height height = seal.Height; height <= ledger.Height; height = height.Next)
        {
            if (ledger.At(height) is not { } proposal) return null;
            segment.Add(proposal.Block);
        }

        return new Snapshot(segment, Told(beacons, knowledge));
    }

    /// <summary>The beacons that go into a snapshot, of those that a node has indexed.</summary>
    /// <remarks>A protocol state that kept beacons would yield, block by block, all that were ever sealed.</remarks>
    public static List<(ServiceEvent.VersionBeacon Beacon, Height SealedAt)> Told(
        SealedBeacons beacons, BeaconKnowledge knowledge)
    {
        List<(ServiceEvent.VersionBeacon, Height)> told = [];
        if (knowledge == BeaconKnowledge.MemoryOnly) return told;
        foreach (SealedBeacon beacon in beacons.ToList()) told.Add((beacon.Beacon, beacon.SealHeight));
        if (knowledge == BeaconKnowledge.Snapshot && told.Count > 1) told.RemoveRange(0, told.Count - 1);
        return told;
    }
}
