using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>Valid proposals above the last final block, parents before children: they are on a node's disk.</summary>
internal sealed class UnfinalizedProposals
{
    private readonly List<Message.Proposal> proposals = [];
    private readonly Predicate<Message.Proposal> isFinal;
    private View finalized;

    public UnfinalizedProposals() => isFinal = proposal => proposal.Block.View <= finalized;

    public void Add(Message.Proposal proposal) => proposals.Add(proposal);

    /// <summary>There are few, so they are looked through.</summary>
    public Message.Proposal? Find(BlockId id)
    {
        foreach (Message.Proposal proposal in proposals)
        {
            if (proposal.Block.Id == id) return proposal;
        }

        return null;
    }

    /// <summary>Finality has passed a view.</summary>
    public void PruneUpTo(View view)
    {
        finalized = view;
        proposals.RemoveAll(isFinal);
    }

    /// <summary>A copy for the disk.</summary>
    public IReadOnlyList<Message.Proposal> ToList() => [.. proposals];
}
