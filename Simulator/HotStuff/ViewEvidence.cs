using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>What is wrong with the certificates that are to justify a view.</summary>
public enum EvidenceFault : byte
{
    /// <summary>Nothing: they justify it.</summary>
    None,

    /// <summary>There is no QC at all.</summary>
    MissingQc,

    /// <summary>The QC is for the view itself or a later one.</summary>
    QcNotBelowView,

    /// <summary>The QC is for the previous view, so no TC may come along.</summary>
    SuperfluousTc,

    /// <summary>The QC is older, so the previous view's TC is needed.</summary>
    MissingTc,

    /// <summary>The TC is not for the previous view either.</summary>
    TcForOtherView,

    /// <summary>A signer of the TC knew a newer QC: the chain being extended may miss a locked
    /// block.</summary>
    QcOlderThanTc,
}

/// <summary>The numbers in the rules of safety.</summary>
/// <param name="ViewStep">Evidence for entering view v must be for view v minus this.</param>
/// <param name="FinalityNeedsDirectChild">Whether only a certified child of the very next view makes final.</param>
/// <remarks>Only tests alter it, to show that a wrong rule does not go unnoticed.</remarks>
public sealed record SafetyConstants(ulong ViewStep, bool FinalityNeedsDirectChild = true)
{
    /// <summary>The rule as flow-go has it.</summary>
    public static readonly SafetyConstants FlowGo = new(1);
}

/// <summary>The rule by which a QC, or a QC with a TC, allows to enter a view.</summary>
/// <remarks>
/// Proposals, votes and timeout objects all stand on it (flow-go safetyrules/safety_rules.go and
/// validator/validator.go). The last clause replaces HotStuff's comparison with the lock, as in Jolteon.
/// </remarks>
public static class ViewEvidence
{
    /// <summary>Judges the certificates for a view; whether they are valid in themselves is not its
    /// matter.</summary>
    public static EvidenceFault Check(
        View view, QuorumCertificate? qc, TimeoutCertificate? lastViewTc, SafetyConstants constants)
    {
        if (qc is null) return EvidenceFault.MissingQc;
        if (Precedes(qc.View, view, constants))
            return lastViewTc is null ? EvidenceFault.None : EvidenceFault.SuperfluousTc;
        if (qc.View >= view) return EvidenceFault.QcNotBelowView;
        if (lastViewTc is null) return EvidenceFault.MissingTc;
        if (!Precedes(lastViewTc.View, view, constants)) return EvidenceFault.TcForOtherView;
        return qc.View < lastViewTc.NewestQc.View ? EvidenceFault.QcOlderThanTc : EvidenceFault.None;
    }

    private static bool Precedes(View earlier, View view, SafetyConstants constants) =>
        view.Value >= constants.ViewStep && view.Value - constants.ViewStep == earlier.Value;
}
