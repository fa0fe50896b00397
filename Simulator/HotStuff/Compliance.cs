using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>Lets proposals into the protocol: valid ones, parents before children.</summary>
/// <remarks>flow-go engine/consensus/compliance/core.go.</remarks>
internal sealed class Compliance(
    Forks forks, Validator validator, BlockSync? sync, IPayloads? payloads,
    Action<SimTime, Message.Proposal, Effects> incorporate)
{
    /// <summary>Proposals further above finality are dropped (module/compliance/config.go).</summary>
    private const ulong MostViewsAhead = 100_000;

    private readonly PendingBlocks<Message.Proposal> pending = new();
    private readonly Stack<BlockId> incorporated = new();

    /// <summary>Whether finality has passed a block, or the tree has it.</summary>
    public bool IsPassed(Block block) => block.View < forks.FinalizedView || forks.Find(block.Id) is not null;

    /// <summary>Checks a proposal; incorporates it, and those that waited for it, or lets it wait.</summary>
    public void Take(SimTime now, NodeId from, Message.Proposal proposal, Effects into)
    {
        Block block = proposal.Block;
        if (IsPassed(block)) return;
        if (block.View.Value > forks.FinalizedView.Value + MostViewsAhead) return;
        if (!Passes(proposal, from, into) || !TryIncorporate(now, proposal, into)) return;
        incorporated.Push(block.Id);
        while (incorporated.TryPeek(out BlockId parent))
        {
            if (!pending.TryTakeChild(parent, out Message.Proposal? child)) incorporated.Pop();
            else if (Passes(child, child.Block.Proposer, into) && TryIncorporate(now, child, into))
                incorporated.Push(child.Block.Id);
        }
    }

    /// <summary>Whether a proposal is valid, or cannot be judged before its parent is there.</summary>
    /// <remarks>
    /// Who lacks the parent may lack the block that commits the epoch, too. flow-go judges all proposals only when they
    /// have a parent, and then throws away what is of an unknown epoch.
    /// </remarks>
    private bool Passes(Message.Proposal proposal, NodeId from, Effects into)
    {
        Block block = proposal.Block;
        if (validator.Check(proposal) is not { } reason) return true;
        if (reason == RejectReason.UnknownEpoch && LacksParent(block)) return true;
        into.Report(new Notice.Rejected(from, block.View, reason));
        return false;
    }

    private bool LacksParent(Block block) => block.Qc.View >= forks.FinalizedView && forks.Find(block.ParentId) is null;

    /// <summary>Forgets what waits for blocks that can no longer come.</summary>
    public void PruneUpTo(View finalized) => pending.PruneUpTo(finalized);

    /// <summary>Adds a block to the tree, or lets it wait for its parent.</summary>
    private bool TryIncorporate(SimTime now, Message.Proposal proposal, Effects into)
    {
        Block block = proposal.Block;
        if (IsPassed(block)) return false;
        if (LacksParent(block))
        {
            // Its ancestors are asked for already if the parent itself waits here.
            if (!pending.Contains(block.ParentId)) sync?.RequestParent(block);
            pending.Add(block, proposal);
            return false;
        }

        if (payloads?.IsAccepted(block, into) == false)
        {
            into.Report(new Notice.Rejected(block.Proposer, block.View, RejectReason.InvalidPayload));
            return false;
        }

        incorporate(now, proposal, into);
        return true;
    }
}
