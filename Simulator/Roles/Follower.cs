using System.Collections.Generic;
using System.Diagnostics;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Roles;

/// <summary>Any node of another role than consensus: certifies blocks by their children and learns finality.</summary>
/// <remarks>
/// It has no vote and no pacemaker, so votes and timeout objects pass it by. A block joins its tree once a
/// child's QC certifies it (flow-go engine/common/follower). Unlike a participant it does not ask for a missing parent:
/// only falling behind by more than the tolerance of synchronisation makes it look for blocks
/// (engine/common/follower/compliance_core.go).
/// </remarks>
public sealed class Follower : ICore
{
    /// <summary>Proposals further above finality are dropped (module/compliance/config.go).</summary>
    private const ulong MostViewsAhead = 100_000;

    private readonly Forks forks;
    private readonly Validator validator;
    private readonly BlockSync? sync;
    private readonly PendingBlocks<Block> unconnected = new();
    private readonly Dictionary<BlockId, Message.Proposal> received = [];
    private readonly Dictionary<BlockId, QuorumCertificate> certificates = [];
    private readonly PriorityQueue<Block, ulong> byView = new();
    private readonly UnfinalizedProposals unfinalized = new();
    private readonly List<ForksEvent> forksEvents = [];
    private readonly Stack<BlockId> incorporated = new();
    private readonly IChainListener? listener;

    public Follower(Disk disk, KnownEpochs epochs, SyncStart? sync, IChainListener? listener = null)
    {
        forks = new Forks(disk.Finalized);
        validator = new Validator(epochs);
        var forgotten = new Effects();
        foreach (Message.Proposal proposal in disk.Proposals) Take(default, proposal, forgotten);
        this.listener = listener;
        if (sync is not null) this.sync = new BlockSync(sync, received.GetValueOrDefault);
    }

    public Disk Disk => Disk.Bootstrapped(forks.FinalizedBlock) with { Proposals = unfinalized.ToList() };

    public void Step(SimTime now, in Input input, Effects into)
    {
        switch (input.Kind)
        {
            case InputKind.Started:
                sync?.Start(now, into);
                break;
            case InputKind.SyncTimerFired:
                sync?.OnTimer(now, into);
                break;
            case InputKind.Received:
                OnMessage(now, input.From, (Message)input.Payload!, into);
                break;
        }
    }

    /// <remarks>flow-go engine/common/follower/compliance_core.go.</remarks>
    public Worth WorthOf(Message message) => message switch
    {
        Message.Vote or Message.Timeout => Worth.NothingEver,
        Message.Proposal { Block: var block } when block.View <= forks.FinalizedView => Worth.NothingEver,
        Message.Proposal { Block: var block } when received.ContainsKey(block.Id) => Worth.Nothing,
        _ => Worth.Reading,
    };

    private void OnMessage(SimTime now, NodeId from, Message message, Effects into)
    {
        switch (message)
        {
            case Message.Proposal proposal:
                OnProposal(now, from, proposal, into);
                break;
            case Message.Vote or Message.Timeout or Message.OfCluster or Message.Pipeline:
                break;
            case Message.SyncRequest or Message.SyncResponse or Message.RangeRequest or Message.BatchRequest
                or Message.BlockResponse:
                sync?.On(from, message, into);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void OnProposal(SimTime now, NodeId from, Message.Proposal proposal, Effects into)
    {
        View view = proposal.Block.View;
        if (view <= forks.FinalizedView || view.Value > forks.FinalizedView.Value + MostViewsAhead) return;
        if (validator.Check(proposal) is { } reason)
        {
            into.Report(new Notice.Rejected(from, view, reason));
            return;
        }

        Take(now, proposal, into);
    }

    private void Take(SimTime now, Message.Proposal proposal, Effects into)
    {
        Block block = proposal.Block;
        if (!received.TryAdd(block.Id, proposal)) return;
        byView.Enqueue(block, block.View.Value);
        unfinalized.Add(proposal);
        if (block.Qc.View > forks.FinalizedView) certificates.TryAdd(block.ParentId, block.Qc);
        Certify(now, block.ParentId, into);
        Certify(now, block.Id, into);
        Prune();
    }

    /// <summary>Adds a block whose certificate is known, then those that waited for it.</summary>
    private void Certify(SimTime now, BlockId id, Effects into)
    {
        if (!TryIncorporate(now, id, into)) return;
        incorporated.Push(id);
        while (incorporated.TryPeek(out BlockId parent))
        {
            if (!unconnected.TryTakeChild(parent, out Block? child)) incorporated.Pop();
            else if (TryIncorporate(now, child.Id, into)) incorporated.Push(child.Id);
        }
    }

    private bool TryIncorporate(SimTime now, BlockId id, Effects into)
    {
        if (!received.TryGetValue(id, out Message.Proposal? proposal)
            || !certificates.TryGetValue(id, out QuorumCertificate? qc) || forks.Find(id) is not null) return false;
        Block block = proposal.Block;
        if (block.Qc.View >= forks.FinalizedView && forks.Find(block.ParentId) is null)
        {
            unconnected.Add(block, block);
            return false;
        }

        forks.AddCertified(block, qc, forksEvents);
        ReportForks(now, into);
        return true;
    }

    private void ReportForks(SimTime now, Effects into)
    {
        foreach ((ForksChange change, Block block, Block? earlier) in forksEvents)
        {
            switch (change)
            {
                case ForksChange.Incorporated:
                    into.Report(into.Common.Incorporated(block));
                    listener?.Incorporated(now, block, into);
                    break;
                case ForksChange.Finalized:
                    sync?.Finalize(received[block.Id]);
                    into.Report(into.Common.Finalized(block));
                    listener?.Finalized(now, block, into);
                    break;
                case ForksChange.DoubleProposal:
                    into.Report(new Notice.DoubleProposal(block, earlier!));
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        forksEvents.Clear();
    }

    private void Prune()
    {
        if (byView.Count == 0 || byView.Peek().View > forks.FinalizedView) return;
        unconnected.PruneUpTo(forks.FinalizedView);
        unfinalized.PruneUpTo(forks.FinalizedView);
        while (byView.TryPeek(out Block? oldest, out _) && oldest.View <= forks.FinalizedView)
        {
            byView.Dequeue();
            received.Remove(oldest.Id);
            certificates.Remove(oldest.Id);
        }
    }
}
