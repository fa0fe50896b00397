using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>Whether a peer's message is well-formed (flow-go validator/validator.go).</summary>
/// <remarks>
/// All checks are against the static epoch committee. A certificate's weight is a field that its content determines,
/// so checking one costs nothing however many nodes receive it. Null means valid.
/// </remarks>
public sealed class Validator(Committee committee)
{
    /// <summary>A proposal: by its view's leader, with evidence that the view could be entered.</summary>
    public RejectReason? Check(Message.Proposal proposal)
    {
        Block block = proposal.Block;
        if (committee.Leader(block.View) != block.Proposer) return RejectReason.WrongLeader;
        return CheckEvidence(block.View, block.Qc, proposal.LastViewTc);
    }

    /// <summary>A timeout object: by a member, with evidence that its signer could be in the view.</summary>
    public RejectReason? Check(Message.Timeout timeout) =>
        committee.IndexOf(timeout.Signer) < 0
            ? RejectReason.NotAMember
            : CheckEvidence(timeout.View, timeout.NewestQc, timeout.LastViewTc);

    private RejectReason? CheckEvidence(View view, QuorumCertificate qc, TimeoutCertificate? tc)
    {
        if (!IsValid(qc)) return RejectReason.InvalidQc;
        if (tc is not null && !IsValid(tc)) return RejectReason.InvalidTc;
        return ViewEvidence.Check(view, qc, tc, SafetyConstants.FlowGo) switch
        {
            EvidenceFault.None => null,
            EvidenceFault.SuperfluousTc => RejectReason.SuperfluousTc,
            EvidenceFault.MissingTc => RejectReason.MissingTc,
            EvidenceFault.TcForOtherView or EvidenceFault.QcOlderThanTc => RejectReason.InvalidTc,
            _ => RejectReason.InvalidQc,
        };
    }

    private bool IsValid(QuorumCertificate qc) =>
        qc.Weight >= committee.WeightToCertify && qc.BeaconShares >= committee.BeaconSharesNeeded;

    private bool IsValid(TimeoutCertificate tc) =>
        tc.Weight >= committee.WeightToCertify && tc.View >= tc.NewestQc.View
        && tc.NewestQc.View >= tc.NewestQcView && IsValid(tc.NewestQc);
}
