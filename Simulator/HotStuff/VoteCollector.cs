using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>The votes of one view (flow-go votecollector/statemachine.go, combined_vote_processor_v2.go).</summary>
/// <remarks>
/// Caching until the block is known, then counting; a second block in the view makes the leader a liar and the
/// collector barren. The first vote of a signer counts.
/// </remarks>
public sealed class VoteCollector(Committee committee, View view)
{
    private List<(int Member, Message.Vote Vote)>? cached;
    private SignerSet? seen;
    private SignerSet? signers;
    private Block? block;
    private bool isEquivocated;
    private bool isDone;
    private ulong weight;
    private int beaconShares;

    /// <summary>Counts a vote; gives the QC if it completes one.</summary>
    public QuorumCertificate? AddVote(int member, Message.Vote vote, Effects into)
    {
        if (isEquivocated) return null;
        seen ??= new SignerSet(committee.Size);
        if (!seen.Add(member))
        {
            if (IsDifferent(member, vote))
                into.Report(new Notice.Rejected(vote.Signer, view, RejectReason.DoubleVote));
            return null;
        }

        (cached ??= new(committee.Size)).Add((member, vote));
        return block is null || vote.BlockId != block.Id ? null : Count(member, vote.HasBeaconShare);
    }

    /// <summary>Learns the view's block, which is also its proposer's vote.</summary>
    public QuorumCertificate? AddBlock(int proposer, Block proposed, Effects into)
    {
        if (block is not null)
        {
            if (block.Id == proposed.Id) return null;
            isEquivocated = true;
            into.Report(new Notice.Rejected(proposed.Proposer, view, RejectReason.VoteForEquivocatedView));
            return null;
        }

        block = proposed;
        QuorumCertificate? qc = null;
        if (proposer >= 0 && (seen ??= new SignerSet(committee.Size)).Add(proposer))
            qc = Count(proposer, proposed.HasBeaconShare && committee.HasBeaconKey(proposer));
        if (cached is null) return qc;
        foreach ((int member, Message.Vote vote) in cached)
        {
            if (vote.BlockId == block.Id) qc = Count(member, vote.HasBeaconShare) ?? qc;
        }

        return qc;
    }

    private QuorumCertificate? Count(int member, bool hasBeaconShare)
    {
        if (isDone || !(signers ??= new SignerSet(committee.Size)).Add(member)) return null;
        weight += committee.WeightOf(member);
        if (hasBeaconShare) beaconShares++;
        if (weight < committee.WeightToCertify || beaconShares < committee.BeaconSharesNeeded) return null;
        isDone = true;
        return new QuorumCertificate(view, block!.Id, signers, weight, beaconShares);
    }

    private bool IsDifferent(int member, Message.Vote vote)
    {
        if (cached is null) return block is not null && vote.BlockId != block.Id;
        foreach ((int other, Message.Vote earlier) in cached)
        {
            if (other == member) return earlier.BlockId != vote.BlockId;
        }

        return block is not null && vote.BlockId != block.Id;
    }
}
