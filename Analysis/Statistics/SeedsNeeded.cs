using System;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>How many seeds would likely decide what the seeds so far left open.</summary>
/// <remarks>
/// The usual sample size of a paired t test with 80 % power, for mean and deviation as they are now; for equivalence
/// the distance from the mean to the nearer end of the margin takes the place of the difference. Both are estimates
/// from the pilot: a guide for planning, no promise.
/// </remarks>
public static class SeedsNeeded
{
    /// <summary>More than this is not worth naming.</summary>
    public const int Most = 100_000;

    private const double Power = 0.8;

    /// <summary>Seeds in all; null if even the most would not do.</summary>
    /// <param name="sample">The seeds so far.</param>
    /// <param name="margin">Half-width of what counts as equal; null for none.</param>
    /// <param name="alpha">What a difference must be shown at, after adjustment.</param>
    public static int? Of(PairedSample sample, double? margin, double alpha)
    {
        if (!sample.HasError) return null;
        int? forDifference = Least(sample, Math.Abs(sample.Mean), alpha / 2);
        int? forEquivalence = margin is { } width
            ? Least(sample, width - Math.Abs(sample.Mean), Judgement.Alpha)
            : null;
        return forDifference < forEquivalence || forEquivalence is null ? forDifference : forEquivalence;
    }

    private static int? Least(PairedSample sample, double distance, double tail)
    {
        if (!(distance > 0) || !Suffices(Most, sample, distance, tail)) return null;
        int low = 1;
        int high = Most;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (Suffices(middle, sample, distance, tail)) high = middle;
            else low = middle;
        }

        return high;
    }

    private static bool Suffices(int n, PairedSample sample, double distance, double tail)
    {
        if (!sample.HasSpread) return PairedSample.OfSigns(n) <= 2 * tail;
        double quantiles = StudentT.InvCDF(0, 1, n - 1, 1 - tail) + StudentT.InvCDF(0, 1, n - 1, Power);
        return quantiles * sample.Deviation / Math.Sqrt(n) <= distance;
    }
}
