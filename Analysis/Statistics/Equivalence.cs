using System;
using System.Collections.Generic;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>Whether a mean over runs is as expected but for a margin, by two one-sided t tests (TOST).</summary>
/// <remarks>
/// That no difference is shown does not show that there is none; this does. Schuirmann (1987), J. Pharmacokinet.
/// Biopharm. 15, 657.
/// </remarks>
/// <param name="Estimate">The mean with its 95 % interval.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Margin">The difference that would matter; positive.</param>
/// <param name="P">The greater of the two p values: chance of such runs if the difference were a whole margin.</param>
public sealed record Equivalence(Estimate Estimate, double Expected, double Margin, double P)
{
    /// <summary>Chance of calling equivalent what is a margin away.</summary>
    public const double Significance = 0.05;

    public bool IsShown => P < Significance;

    /// <summary>Compares the mean of independent runs with a number; null with less than two runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not positive.</exception>
    public static Equivalence? Of(IReadOnlyList<double> runs, double expected, double margin, string unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        if (Estimate.OfMean(runs, unit) is not { HasInterval: true } estimate) return null;
        double slack = margin - Math.Abs(estimate.Value - expected);
        return new Equivalence(estimate, expected, margin, TailBeyond(slack, estimate));
    }

    /// <summary>The one-sided p value of a mean that lies this far inside the nearer bound.</summary>
    private static double TailBeyond(double slack, Estimate estimate)
    {
        double quantile = StudentT.InvCDF(0, 1, estimate.N - 1, (1 + Estimate.Confidence) / 2);
        double error = (estimate.High - estimate.Value) / quantile;
        if (error == 0) return slack > 0 ? 0 : 1;
        return StudentT.CDF(0, 1, estimate.N - 1, -slack / error);
    }
}
