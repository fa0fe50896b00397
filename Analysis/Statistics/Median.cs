using System;
using System.Collections.Generic;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>The median over independent runs with the interval between two order statistics.</summary>
/// <remarks>
/// The number of runs below the true median is binomial (n, ½), whatever the distribution. The interval covers at
/// least 95 %; fewer than six runs have none.
/// </remarks>
public static class Median
{
    /// <summary>The median; null without runs.</summary>
    public static Estimate? Of(IReadOnlyList<double> runs, string unit)
    {
        int n = runs.Count;
        if (n == 0) return null;
        double[] sorted = [.. runs];
        Array.Sort(sorted);
        double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        int rank = Rank(n);
        return rank == 0
            ? new Estimate(median, double.NaN, double.NaN, unit, n)
            : new Estimate(median, sorted[rank - 1], sorted[n - rank], unit, n);
    }

    /// <summary>The highest rank r with P(Bin(n, ½) &lt; r) ≤ 2.5 %; 0 if there is none.</summary>
    private static int Rank(int n)
    {
        double tail = (1 - Estimate.Confidence) / 2;
        int rank = 0;
        while (Binomial.CDF(0.5, n, rank) <= tail) rank++;
        return rank;
    }
}
