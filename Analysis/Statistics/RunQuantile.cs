using System;
using System.Collections.Generic;
using System.Globalization;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>A quantile over independent runs with bounds that assume no distribution.</summary>
/// <remarks>
/// The bounds are order statistics: the number of runs below the true quantile is binomial. Each side may err with 2.5
/// %. A tail has no upper bound until there are runs enough: 72 for the 95th percentile.
/// </remarks>
/// <param name="Q">Which quantile, 0 to 1.</param>
/// <param name="Value">The least run that a share of Q does not exceed.</param>
/// <param name="Low">Lower bound; negative infinity if there is none.</param>
/// <param name="High">Upper bound; positive infinity if there is none.</param>
/// <param name="N">Independent runs.</param>
public sealed record RunQuantile(double Q, double Value, double Low, double High, int N)
{
    /// <summary>The quantile of some runs; null without runs.</summary>
    public static RunQuantile? Of(IReadOnlyList<double> runs, double q)
    {
        int n = runs.Count;
        if (n == 0) return null;
        double[] sorted = [.. runs];
        Array.Sort(sorted);
        double side = (1 - Estimate.Confidence) / 2;
        int low = 0;
        while (low < n && Binomial.CDF(q, n, low) <= side) low++;
        int high = 1;
        while (high <= n && 1 - Binomial.CDF(q, n, high - 1) > side) high++;
        return new RunQuantile(q, sorted[Math.Clamp((int)Math.Ceiling(q * n), 1, n) - 1],
            low > 0 ? sorted[low - 1] : double.NegativeInfinity,
            high <= n ? sorted[high - 1] : double.PositiveInfinity, n);
    }

    /// <summary>For instance <c>p95 0.41 (0.30 to 0.52)</c>, or <c>(0.30 or more)</c>.</summary>
    public string ToText(int decimals)
    {
        string bounds = (double.IsFinite(Low), double.IsFinite(High)) switch
        {
            (true, true) => $"{Text(Low, decimals)} to {Text(High, decimals)}",
            (true, false) => $"{Text(Low, decimals)} or more",
            (false, true) => $"{Text(High, decimals)} or less",
            _ => "no bounds",
        };
        string percent = (100 * Q).ToString("0.##", CultureInfo.InvariantCulture);
        return $"p{percent} {Text(Value, decimals)} ({bounds})";
    }

    private static string Text(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
