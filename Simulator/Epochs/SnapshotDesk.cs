using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Epochs;

/// <summary>Serves snapshots of the last finalized block to nodes that want to join (access/rpc, GetLatestSnapshot).
/// </summary>
internal sealed class SnapshotDesk(Ledger ledger)
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

        return new Snapshot(segment);
    }
}
