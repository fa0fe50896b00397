using System;

namespace FlowSim.Analysis.Statistics;

/// <summary>From differences to a claim: a difference that is shown and matters, equivalence, or neither.</summary>
/// <remarks>
/// Equivalence comes first: two one-sided tests at 5 % (Schuirmann 1987), which is the 90 % interval within the
/// margin. A difference is claimed when its p-value, adjusted by <see cref="Holm"/> over all claims of a comparison,
/// is at most 5 %; unadjusted that is the 95 % interval off 0. Equivalence needs no adjustment to be harmless: it
/// says no more than that nothing beyond the margin is there, and says it metric by metric.
/// </remarks>
public static class Judgement
{
    /// <summary>Chance of a false claim, per equivalence and over all claims of a difference.</summary>
    public const double Alpha = 1 - Estimate.Confidence;

    /// <summary>Confidence of the interval that must lie within the margin.</summary>
    public const double EquivalenceConfidence = 1 - 2 * Alpha;

    /// <summary>The claim of a complete sample.</summary>
    /// <param name="sample">Set less baseline.</param>
    /// <param name="adjustedP">Its adjusted p-value.</param>
    /// <param name="margin">Half-width of what counts as equal, in the unit of the sample; null for none.</param>
    /// <param name="isHigherGood">Whether a positive difference is good; null if neither sign is.</param>
    public static Claim Of(PairedSample sample, double adjustedP, double? margin, bool? isHigherGood)
    {
        if (!sample.HasError) return Claim.Undecided;
        if (sample is { Mean: 0, HasSpread: false }) return Claim.Identical;
        if (IsEquivalent(sample, margin)) return Claim.Equivalent;
        if (!(adjustedP <= Alpha)) return Claim.Undecided;
        return isHigherGood is not { } higher ? Claim.Differs : sample.Mean > 0 == higher ? Claim.Better : Claim.Worse;
    }

    /// <summary>Whether the 90 % interval lies within the margin. Pairs that differ by the same have none and must be
    /// so many that their signs would show a difference at the same level.</summary>
    public static bool IsEquivalent(PairedSample sample, double? margin) => sample.HasSpread
        ? Math.Abs(sample.Mean) + sample.HalfWidth(EquivalenceConfidence) < margin
        : Math.Abs(sample.Mean) < margin && PairedSample.OfSigns(sample.N) <= 1 - EquivalenceConfidence;
}
