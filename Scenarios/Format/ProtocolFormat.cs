using System.Collections.Generic;
using FlowSim.Epochs;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>The protocol state and its epochs as written, before anyone knows which nodes are meant.</summary>
/// <param name="Spec">The spec without governance.</param>
/// <param name="Members">Who is not a member of every epoch.</param>
/// <param name="Governance">What governance does.</param>
/// <param name="At">Where it is written.</param>
public sealed record ProtocolText(
    ProtocolSpec Spec, IReadOnlyList<MembershipText> Members, IReadOnlyList<GovernanceText> Governance, Place At);

/// <summary>The <c>protocol</c> section: blocks commit to a protocol state, and epochs come from the chain.</summary>
public static class ProtocolFormat
{
    private const long Most = 100_000_000;

    private static readonly Field<long> Staking = new("staking-views", Scalars.Whole(1, Most),
        "Views of an epoch until the next one is set up.", true);

    private static readonly Field<long> Dkg = new("dkg-phase-views", Scalars.Whole(1, Most),
        "Views in each of the three phases of the key generation.", true);

    private static readonly Field<long> Threshold = new("safety-threshold", Scalars.Whole(1, Most),
        "Views before an epoch's end by which the next one must be committed. Default 1000, as mainnet.");

    private static readonly Field<long> Extension = new("extension-views", Scalars.Whole(1, Most),
        "Views by which fallback extends an epoch, at least twice the threshold. Default 100000, as mainnet.");

    private static readonly Field<EjectionRule> Ejection = new("ejection", Choices.Of("a moment",
        [("at-seal", EjectionRule.AtSeal), ("at-switchover", EjectionRule.AtSwitchover)]),
        "When an ejected node stops being heard: at-switchover is flow-go before the dynamic state. Default at-seal.");

    private static readonly Field<JoinPhase> Join = new("join-phase", Choices.Of("a phase",
        [("at-once", JoinPhase.AtOnce), ("setup", JoinPhase.Setup), ("committed", JoinPhase.Committed)]),
        "From when on a new node takes a snapshot of the epoch before its own. Default setup.");

    private static readonly Field<bool> RequireKey = new("require-beacon-key", Scalars.Truth,
        "Whether a consensus node that lacks its key of the current epoch refuses to start again. Default true.");

    private static readonly Field<IReadOnlyList<MembershipText>> Members = new("members",
        new ListShape<MembershipText>("a list of members", MembershipFormat.Shape, 1, 1_000),
        "Who joins or leaves; all others are members of every epoch.");

    private static readonly Field<IReadOnlyList<GovernanceText>> Governance = new("governance",
        new ListShape<GovernanceText>("a list of acts", GovernanceFormat.Shape, 1, 1_000),
        "What the service account does, and when.");

    public static readonly Section<ProtocolText> Section = new("protocol",
        [Staking, Dkg, Threshold, Extension, Ejection, Join, RequireKey, Members, Governance], Build);

    private static ProtocolText Build(Values at)
    {
        var usual = new ProtocolSpec
        {
            StakingViews = (ulong)at.Get(Staking),
            DkgPhaseViews = (ulong)at.Get(Dkg),
        };
        ProtocolSpec spec = usual with
        {
            SafetyThreshold = (ulong)at.Or(Threshold, (long)usual.SafetyThreshold),
            ExtensionViews = (ulong)at.Or(Extension, (long)usual.ExtensionViews),
            Ejection = at.Or(Ejection, usual.Ejection),
            Joining = usual.Joining with { Phase = at.Or(Join, usual.Joining.Phase) },
            Dkg = usual.Dkg with { RequireBeaconKey = at.Or(RequireKey, usual.Dkg.RequireBeaconKey) },
        };
        if (spec.ExtensionViews < 2 * spec.SafetyThreshold)
            throw at.Error(System.FormattableString.Invariant(
                $"extension-views is {spec.ExtensionViews}; it must be at least twice the safety-threshold, ")
                + System.FormattableString.Invariant($"{2 * spec.SafetyThreshold}"), Extension, Threshold);
        return new ProtocolText(spec, at.Or(Members, []), at.Or(Governance, []), at.At);
    }
}
