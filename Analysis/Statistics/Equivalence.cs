using System;
using System.Collections.Generic;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>Whether a mean is shown to be as good as a reference: two one-sided t tests.</summary>
public static class Equivalence
{
    /// <summary>Chance of calling a mean equivalent that is just as far off as the margin.</summary>
    public const double Level = 0.05;

    /// <summary>True when the mean over runs is within the margin of the reference at <see cref="Level"/>.</summary>
    /// <remarks>The same as: the 90 % interval lies within the margin. One run shows nothing.</remarks>
    public static bool IsShown(IReadOnlyList<double> runs, double reference, double margin)
    {
        if (Estimate.OfMean(runs, "") is not { HasInterval: true } estimate) return false;
        double wide = StudentT.InvCDF(0, 1, estimate.N - 1, (1 + Estimate.Confidence) / 2);
        double narrow = StudentT.InvCDF(0, 1, estimate.N - 1, 1 - Level);
        double half = (estimate.High - estimate.Value) * narrow / wide;
        return Math.Abs(estimate.Value - reference) + half <= margin;
    }
}
