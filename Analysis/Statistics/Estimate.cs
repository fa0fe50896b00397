using System;
using System.Collections.Generic;
using System.Globalization;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>A figure with its 95 % confidence interval and the number of runs behind it.</summary>
/// <param name="Value">The point estimate.</param>
/// <param name="Low">Lower bound; not a number where there is no interval.</param>
/// <param name="High">Upper bound; not a number where there is no interval.</param>
/// <param name="Unit">Unit of all three.</param>
/// <param name="N">Independent runs.</param>
public sealed record Estimate(double Value, double Low, double High, string Unit, int N)
{
    /// <summary>Share of intervals that cover the truth.</summary>
    public const double Confidence = 0.95;

    /// <summary>Relative differences below this are rounding.</summary>
    internal const double Rounding = 1e-12;

    /// <summary>False for a single run, which says nothing about its own error.</summary>
    public bool HasInterval => !double.IsNaN(Low);

    /// <summary>False where all runs came out alike, so that an interval about their mean says nothing.</summary>
    public bool HasSpread => High - Low > Rounding * Math.Abs(Value);

    /// <summary>The mean over independent runs with Student's t interval; null without runs.</summary>
    public static Estimate? OfMean(IReadOnlyList<double> runs, string unit)
    {
        int n = runs.Count;
        if (n == 0) return null;
        double mean = Mean(runs);
        if (n == 1) return new Estimate(mean, double.NaN, double.NaN, unit, 1);
        double quantile = StudentT.InvCDF(0, 1, n - 1, (1 + Confidence) / 2);
        double half = quantile * Math.Sqrt(Variance(runs, mean) / n);
        return new Estimate(mean, mean - half, mean + half, unit, n);
    }

    /// <summary>For instance <c>0.8001 ± 0.0003 (n=10)</c>.</summary>
    public string ToText(int decimals) => $"{Text(Value, decimals)} {IntervalText(decimals)}";

    /// <summary>The same with an explicit sign, for a difference.</summary>
    public string ToSignedText(int decimals) =>
        $"{(Value > 0 ? "+" : "")}{Text(Value, decimals)} {IntervalText(decimals)}";

    /// <summary>The same without n, where that stands elsewhere.</summary>
    public string ToBareText(int decimals) => !HasInterval ? Text(Value, decimals)
        : !HasSpread ? $"{Text(Value, decimals)} (all alike)"
        : $"{Text(Value, decimals)} ± {HalfWidthText(decimals)}";

    /// <summary>For figures of any magnitude, by significant digits: <c>1.24E-06 ± 3.1E-07 (n=10)</c>.</summary>
    public string ToShortText(int digits)
    {
        string format = "G" + digits.ToString(CultureInfo.InvariantCulture);
        string value = Value.ToString(format, CultureInfo.InvariantCulture);
        return HasInterval && HasSpread
            ? string.Create(CultureInfo.InvariantCulture, $"{value} ± {(High - Low) / 2:G2} (n={N})")
            : $"{value} {IntervalText(0)}";
    }

    private string IntervalText(int decimals)
    {
        if (!HasInterval) return string.Create(CultureInfo.InvariantCulture, $"(n={N}, no interval)");
        if (!HasSpread) return string.Create(CultureInfo.InvariantCulture, $"(n={N}, all alike)");
        return string.Create(CultureInfo.InvariantCulture, $"± {HalfWidthText(decimals)} (n={N})");
    }

    /// <summary>A small interval must not read as none.</summary>
    private string HalfWidthText(int decimals)
    {
        double half = (High - Low) / 2;
        double step = Math.Pow(10, -decimals);
        return half > 0 && half < step / 2 ? $"<{Text(step, decimals)}" : Text(half, decimals);
    }

    private static string Text(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Mean(IReadOnlyList<double> runs)
    {
        double sum = 0;
        for (int i = 0; i < runs.Count; i++) sum += runs[i] - runs[0];
        return runs[0] + sum / runs.Count;
    }

    private static double Variance(IReadOnlyList<double> runs, double mean)
    {
        double sum = 0;
        for (int i = 0; i < runs.Count; i++) sum += (runs[i] - mean) * (runs[i] - mean);
        return sum / (runs.Count - 1);
    }
}
