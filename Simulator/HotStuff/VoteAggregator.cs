using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>All votes a node holds, by view (flow-go voteaggregator/vote_aggregator.go).</summary>
/// <remarks>
/// Votes go to the next leader only. A node that gets none has nothing to count but the proposer's own vote, so its
/// collector is made when a first vote comes, unless the proposer alone is a quorum. The votes of an epoch's last view
/// are its committee's, whoever collects them. A vote of an unknown epoch is dropped. flow-go lets it wait for its
/// block; that differs only at a leader who has not finalized the block that commits the epoch.
/// </remarks>
public sealed class VoteAggregator
{
    private readonly KnownEpochs epochs;
    private readonly Dictionary<ulong, VoteCollector> collectors = [];
    private readonly List<Block> uncollected = [];
    private readonly Predicate<Block> isPassed;
    private ulong lowestView;

    public VoteAggregator(KnownEpochs epochs)
    {
        this.epochs = epochs;
        isPassed = block => block.View.Value < lowestView;
    }

    /// <summary>Counts a vote; gives the QC if it completes one.</summary>
    public QuorumCertificate? AddVote(Message.Vote vote, Effects into)
    {
        if (vote.View.Value < lowestView) return null;
        Committee? committee = epochs.At(vote.View);
        int member = committee?.IndexOf(vote.Signer) ?? -1;
        if (committee is null || member < 0)
        {
            into.Report(new Notice.Rejected(vote.Signer, vote.View,
                committee is null ? RejectReason.UnknownEpoch : RejectReason.NotAMember));
            return null;
        }

        return CollectorFor(vote.View, committee, into).AddVote(member, vote, into);
    }

    /// <summary>Counts a proposal as its proposer's vote and unlocks votes that came before it.</summary>
    public QuorumCertificate? AddBlock(Block block, Effects into)
    {
        if (block.View.Value < lowestView || epochs.At(block.View) is not { } committee) return null;
        int proposer = committee.IndexOf(block.Proposer);
        if (collectors.TryGetValue(block.View.Value, out VoteCollector? collector))
            return collector.AddBlock(proposer, block, into);
        if (IsQuorumAlone(proposer, committee))
            return CollectorFor(block.View, committee, into).AddBlock(proposer, block, into);
        uncollected.Add(block);
        return null;
    }

    /// <summary>Forgets views that finality has passed.</summary>
    public void PruneUpTo(View finalized)
    {
        if (finalized.Value < lowestView) return;
        if (collectors.Count == 0) lowestView = finalized.Value + 1;
        for (; lowestView <= finalized.Value; lowestView++) collectors.Remove(lowestView);
        uncollected.RemoveAll(isPassed);
    }

    private VoteCollector CollectorFor(View view, Committee committee, Effects into)
    {
        if (collectors.TryGetValue(view.Value, out VoteCollector? collector)) return collector;
        collectors.Add(view.Value, collector = new VoteCollector(committee, view));
        for (int i = 0; i < uncollected.Count; i++)
        {
            if (uncollected[i].View == view)
                collector.AddBlock(committee.IndexOf(uncollected[i].Proposer), uncollected[i], into);
        }

        uncollected.RemoveAll(block => block.View == view);
        return collector;
    }

    private static bool IsQuorumAlone(int proposer, Committee committee) =>
        proposer >= 0 && committee.WeightOf(proposer) >= committee.WeightToCertify;
}
