using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>All votes a node holds, by view (flow-go voteaggregator/vote_aggregator.go).</summary>
/// <remarks>
/// Votes go to the next leader only, so a node that gets none keeps just the view's proposal. A QC is built once per
/// view, as soon as weight and beacon shares suffice.
/// </remarks>
public sealed class VoteAggregator(Committee committee)
{
    private readonly Dictionary<ulong, VoteCollector> collectors = [];
    private ulong lowestView;

    /// <summary>Counts a vote; gives the QC if it completes one.</summary>
    public QuorumCertificate? AddVote(Message.Vote vote, Effects into)
    {
        if (vote.View.Value < lowestView) return null;
        int member = committee.IndexOf(vote.Signer);
        if (member < 0)
        {
            into.Report(new Notice.Rejected(vote.Signer, vote.View, RejectReason.NotAMember));
            return null;
        }

        return CollectorFor(vote.View).AddVote(member, vote, into);
    }

    /// <summary>Counts a proposal as its proposer's vote and unlocks votes that came before it.</summary>
    public QuorumCertificate? AddBlock(Block block, Effects into)
    {
        if (block.View.Value < lowestView) return null;
        return CollectorFor(block.View).AddBlock(committee.IndexOf(block.Proposer), block, into);
    }

    /// <summary>Forgets views that finality has passed.</summary>
    public void PruneUpTo(View finalized)
    {
        if (collectors.Count == 0) lowestView = finalized.Value + 1;
        for (; lowestView <= finalized.Value; lowestView++) collectors.Remove(lowestView);
    }

    private VoteCollector CollectorFor(View view)
    {
        if (!collectors.TryGetValue(view.Value, out VoteCollector? collector))
            collectors.Add(view.Value, collector = new VoteCollector(committee, view));
        return collector;
    }
}
