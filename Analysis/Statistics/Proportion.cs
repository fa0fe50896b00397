using System;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>A share k of n independent trials with Wilson's score interval.</summary>
/// <remarks>
/// Unlike the textbook interval it stays within 0 … 1 and is of use at k = 0 (Wilson 1927).
/// </remarks>
public static class Proportion
{
    /// <summary>The share with its 95 % interval.</summary>
    public static Estimate Wilson(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double z = Normal.InvCDF(0, 1, (1 + Estimate.Confidence) / 2);
        double share = (double)successes / trials;
        double shrink = 1 + z * z / trials;
        double centre = (share + z * z / (2.0 * trials)) / shrink;
        double spread = share * (1 - share) / trials + z * z / (4.0 * trials * trials);
        double half = z * Math.Sqrt(spread) / shrink;
        double low = successes == 0 ? 0 : centre - half;
        double high = successes == trials ? 1 : centre + half;
        return new Estimate(share, low, high, "share", trials);
    }
}
