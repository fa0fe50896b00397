using System;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>A share k of n independent trials with its 95 % interval.</summary>
/// <remarks>
/// Wilson's score interval (Wilson 1927) in between, which stays within 0 … 1. Where every trial or none succeeded
/// it covers too little, so that Clopper and Pearson's exact interval (1934) stands there.
/// </remarks>
public static class Proportion
{
    /// <summary>Wilson's interval, at k = 0 and k = n that of Clopper and Pearson.</summary>
    public static Estimate Of(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        return successes == 0 || successes == trials ? Exact(successes, trials) : Wilson(successes, trials);
    }

    private static Estimate Wilson(int successes, int trials)
    {
        double z = Normal.InvCDF(0, 1, (1 + Estimate.Confidence) / 2);
        double share = (double)successes / trials;
        double shrink = 1 + z * z / trials;
        double centre = (share + z * z / (2.0 * trials)) / shrink;
        double spread = share * (1 - share) / trials + z * z / (4.0 * trials * trials);
        double half = z * Math.Sqrt(spread) / shrink;
        return new Estimate(share, centre - half, centre + half, "share", trials);
    }

    /// <summary>At the ends the beta quantiles have the closed form (α/2)^(1/n).</summary>
    private static Estimate Exact(int successes, int trials)
    {
        double beyond = 1 - Math.Pow((1 - Estimate.Confidence) / 2, 1.0 / trials);
        return successes == 0
            ? new Estimate(0, 0, beyond, "share", trials)
            : new Estimate(1, 1 - beyond, 1, "share", trials);
    }
}
