using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>Whether a peer's message is well-formed (flow-go validator/validator.go).</summary>
/// <remarks>
/// All checks are against the static committee of the view's epoch. A certificate's weight is a field that its content
/// determines, so checking one costs nothing however many nodes receive it. Null means valid.
/// </remarks>
public sealed class Validator(KnownEpochs epochs)
{
    /// <summary>A proposal: by its view's leader, with evidence that the view could be entered.</summary>
    public RejectReason? Check(Message.Proposal proposal)
    {
        Block block = proposal.Block;
        if (epochs.Of(block.View) is not { } epoch) return RejectReason.UnknownEpoch;
        if (epoch.Leader(block.View) != block.Proposer) return RejectReason.WrongLeader;
        return CheckEvidence(block.View, block.Qc, proposal.LastViewTc);
    }

    /// <summary>A timeout object: by a member, with evidence that its signer could be in the view.</summary>
    public RejectReason? Check(Message.Timeout timeout) =>
        epochs.At(timeout.View) is not { } committee ? RejectReason.UnknownEpoch
            : committee.IndexOf(timeout.Signer) < 0 ? RejectReason.NotAMember
            : CheckEvidence(timeout.View, timeout.NewestQc, timeout.LastViewTc);

    private RejectReason? CheckEvidence(View view, QuorumCertificate qc, TimeoutCertificate? tc)
    {
        if (Check(qc) is { } wrongQc) return wrongQc;
        if (tc is not null && Check(tc) is { } wrongTc) return wrongTc;
        return ViewEvidence.Check(view, qc, tc, SafetyConstants.FlowGo) switch
        {
            EvidenceFault.None => null,
            EvidenceFault.SuperfluousTc => RejectReason.SuperfluousTc,
            EvidenceFault.MissingTc => RejectReason.MissingTc,
            EvidenceFault.TcForOtherView or EvidenceFault.QcOlderThanTc => RejectReason.InvalidTc,
            _ => RejectReason.InvalidQc,
        };
    }

    private RejectReason? Check(QuorumCertificate qc) =>
        epochs.At(qc.View) is not { } committee ? RejectReason.UnknownEpoch
            : qc.Weight >= committee.WeightToCertify && qc.BeaconShares >= committee.BeaconSharesNeeded ? null
            : RejectReason.InvalidQc;

    private RejectReason? Check(TimeoutCertificate tc)
    {
        if (epochs.At(tc.View) is not { } committee) return RejectReason.UnknownEpoch;
        if (tc.Weight < committee.WeightToCertify || tc.View < tc.NewestQc.View || tc.NewestQc.View < tc.NewestQcView)
            return RejectReason.InvalidTc;
        return Check(tc.NewestQc) == RejectReason.InvalidQc ? RejectReason.InvalidTc : Check(tc.NewestQc);
    }
}
