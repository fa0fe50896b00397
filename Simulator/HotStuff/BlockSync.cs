using System;
using System.Collections.Generic;
using System.Diagnostics;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Sync;

namespace FlowSim.HotStuff;

/// <summary>What a node synchronises with.</summary>
/// <param name="Config">How eagerly.</param>
/// <param name="Ledger">Its finalized chain.</param>
/// <param name="Peers">Whom it asks.</param>
/// <param name="Elapsed">How long ago its process started its timers: zero, except that a run begins with nodes that
/// have been up for some time.</param>
public sealed record SyncStart(SyncConfig Config, Ledger Ledger, Peers Peers, SimDuration Elapsed);

/// <summary>Asks peers for blocks that the node lacks and answers peers that lack some.</summary>
/// <remarks>
/// flow-go engine/common/synchronization. Its queues of 500 requests and responses each never fill here, because
/// handling one takes no time; blocks that come are checked one after the other as if they had been broadcast.
/// </remarks>
public sealed class BlockSync(SyncStart start, Func<BlockId, Message.Proposal?> unfinalized)
{
    private readonly SyncConfig config = start.Config;
    private readonly ChainSync wanted = new(start.Config);
    private readonly List<NodeId> chosen = [];
    private SimTime startedAt;
    private ulong requests;
    private int scans;

    private Height Own => start.Ledger.Height;

    /// <summary>Starts the timer.</summary>
    public void Start(SimTime now, Effects into)
    {
        startedAt = now;
        scans = (int)(start.Elapsed.Nanoseconds / config.ScanInterval.Nanoseconds);
        into.SetSyncTimer(now + config.ScanInterval
            - new SimDuration(start.Elapsed.Nanoseconds % config.ScanInterval.Nanoseconds));
    }

    /// <summary>Time for a scan and, every few scans, for a poll.</summary>
    public void OnTimer(SimTime now, Effects into)
    {
        if (++scans % config.ScansPerPoll == 0) Ask(config.PollNodes, new Message.SyncRequest(Own, NextNonce()), into);
        ScanResult scan = wanted.Scan(now, Own);
        foreach (HeightRange range in scan.Ranges)
            Ask(config.RequestNodes, new Message.RangeRequest(range.From, range.To, NextNonce()), into);
        foreach (BlockId[] batch in scan.Batches)
            Ask(config.RequestNodes, new Message.BatchRequest(batch, NextNonce()), into);
        into.SetSyncTimer(now + config.ScanInterval);
    }

    /// <summary>Handles a message of synchronisation.</summary>
    public void On(NodeId from, Message message, Effects into)
    {
        switch (message)
        {
            case Message.SyncRequest request:
                wanted.HearOf(Own, request.Height);
                if (request.Height < Own && !wanted.IsWithinTolerance(Own, request.Height))
                    into.Send(from, new Message.SyncResponse(Own, request.Nonce));
                break;
            case Message.SyncResponse response:
                wanted.HearOf(Own, response.Height);
                break;
            case Message.RangeRequest request:
                Answer(from, request.Nonce, InRange(request), into);
                break;
            case Message.BatchRequest request:
                Answer(from, request.Nonce, InBatch(request), into);
                break;
            case Message.BlockResponse response:
                Take(from, response, into);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A proposal came whose parent is unknown: asks for it at the next scan.</summary>
    public void RequestParent(Block child) => wanted.Request(child.ParentId, new Height(child.Height.Value - 1));

    /// <summary>The node finalized the next block and may serve it.</summary>
    public void Finalize(Message.Proposal proposal) => start.Ledger.Append(proposal);

    private void Take(NodeId from, Message.BlockResponse response, Effects into)
    {
        foreach (Message.Proposal proposal in response.Proposals)
        {
            if (wanted.Receive(proposal.Block) && proposal.Block.Height > Own && unfinalized(proposal.Block.Id) is null)
                into.Check(from, proposal);
        }
    }

    /// <remarks>The last height may exceed the first by the full size, so that a range holds one block more.</remarks>
    private List<Message.Proposal> InRange(Message.RangeRequest request)
    {
        List<Message.Proposal> found = [];
        ulong last = ulong.Min(request.To.Value, request.From.Value + (ulong)config.MaxSize);
        for (Height height = request.From; height.Value <= last; height = height.Next)
        {
            if (start.Ledger.At(height) is not { } proposal) break;
            found.Add(proposal);
        }

        return found;
    }

    private List<Message.Proposal> InBatch(Message.BatchRequest request)
    {
        List<Message.Proposal> found = [];
        for (int i = 0; i < request.Blocks.Count && i < config.MaxSize; i++)
        {
            BlockId id = request.Blocks[i];
            if ((unfinalized(id) ?? start.Ledger.Find(id)) is { } proposal) found.Add(proposal);
        }

        return found;
    }

    private static void Answer(NodeId to, ulong nonce, List<Message.Proposal> found, Effects into)
    {
        if (found.Count > 0) into.Send(to, new Message.BlockResponse(found, nonce));
    }

    private void Ask(int peers, Message message, Effects into)
    {
        start.Peers.Choose(message.Occasion, peers, chosen);
        foreach (NodeId peer in chosen) into.Send(peer, message);
    }

    /// <summary>Unique among all requests of all processes that the node ever ran.</summary>
    private ulong NextNonce() => Mix64.Then(unchecked((ulong)startedAt.Nanoseconds), ++requests);
}
