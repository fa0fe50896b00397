using System.Collections.Generic;
using System.Diagnostics;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Roles;

/// <summary>Any node outside the committee: certifies blocks by their children and learns finality.</summary>
/// <remarks>
/// It has no vote and no pacemaker, so votes and timeout objects pass it by. A block joins its tree once a
/// child's QC certifies it (flow-go engine/common/follower).
/// </remarks>
public sealed class Follower : ICore
{
    private readonly Forks forks;
    private readonly Validator validator;
    private readonly PendingBlocks<Block> unconnected = new();
    private readonly Dictionary<BlockId, Block> uncertified = [];
    private readonly Dictionary<BlockId, QuorumCertificate> certificates = [];
    private readonly List<ForksEvent> forksEvents = [];
    private readonly Queue<Block> inOrder = new();

    private readonly List<Message.Proposal> unfinalized = [];

    public Follower(Disk disk, Committee committee)
    {
        forks = new Forks(disk.Finalized);
        validator = new Validator(committee);
        var forgotten = new Effects();
        foreach (Message.Proposal proposal in disk.Proposals) Take(proposal, forgotten);
    }

    public Disk Disk => Disk.Bootstrapped(forks.FinalizedBlock) with { Proposals = [.. unfinalized] };

    public void Step(SimTime now, in Input input, Effects into)
    {
        if (input is not { Kind: InputKind.Received, Payload: Message.Proposal proposal }) return;
        if (proposal.Block.View <= forks.FinalizedView) return;
        if (validator.Check(proposal) is { } reason)
        {
            into.Report(new Notice.Rejected(input.From, proposal.Block.View, reason));
            return;
        }

        Take(proposal, into);
    }

    private void Take(Message.Proposal proposal, Effects into)
    {
        Block block = proposal.Block;
        if (!uncertified.TryAdd(block.Id, block)) return;
        inOrder.Enqueue(block);
        unfinalized.Add(proposal);
        if (block.Qc.View > forks.FinalizedView) certificates.TryAdd(block.ParentId, block.Qc);
        Certify(block.ParentId, into);
        Certify(block.Id, into);
        Prune();
    }

    /// <summary>Adds a block whose certificate is known, then those that waited for it.</summary>
    private void Certify(BlockId id, Effects into)
    {
        if (!uncertified.TryGetValue(id, out Block? block) || !certificates.TryGetValue(id, out QuorumCertificate? qc))
            return;
        if (forks.Find(id) is not null) return;
        if (block.Qc.View >= forks.FinalizedView && forks.Find(block.ParentId) is null)
        {
            unconnected.Add(block, block);
            return;
        }

        forks.AddCertified(block, qc, forksEvents);
        ReportForks(into);
        while (unconnected.TryTakeChild(id, out Block? child)) Certify(child.Id, into);
    }

    private void ReportForks(Effects into)
    {
        foreach (ForksEvent happened in forksEvents)
        {
            into.Report(happened switch
            {
                ForksEvent.Incorporated(var block) => new Notice.Incorporated(block),
                ForksEvent.Finalized(var block) => new Notice.Finalized(block),
                ForksEvent.DoubleProposal(var block, var earlier) => new Notice.DoubleProposal(block, earlier),
                _ => throw new UnreachableException(),
            });
        }

        forksEvents.Clear();
    }

    private void Prune()
    {
        unconnected.PruneUpTo(forks.FinalizedView);
        unfinalized.RemoveAll(proposal => proposal.Block.View <= forks.FinalizedView);
        while (inOrder.TryPeek(out Block? oldest) && oldest.View <= forks.FinalizedView)
        {
            inOrder.Dequeue();
            uncertified.Remove(oldest.Id);
            certificates.Remove(oldest.Id);
        }
    }
}
