using System;
using System.Collections.Generic;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>Differences of pairs, as far as Student's t needs them.</summary>
/// <param name="N">Pairs.</param>
/// <param name="Mean">Mean difference.</param>
/// <param name="Deviation">Standard deviation of the differences; not a number for a single pair.</param>
public sealed record PairedSample(int N, double Mean, double Deviation)
{
    /// <summary>The sample of some differences; null without any.</summary>
    public static PairedSample? Of(IReadOnlyList<double> differences)
    {
        int n = differences.Count;
        if (n == 0) return null;
        double sum = 0;
        foreach (double difference in differences) sum += difference - differences[0];
        double mean = differences[0] + sum / n;
        double squares = 0;
        foreach (double difference in differences) squares += (difference - mean) * (difference - mean);
        return new PairedSample(n, mean, n == 1 ? double.NaN : Math.Sqrt(squares / (n - 1)));
    }

    /// <summary>Whether the sample says anything about its own error.</summary>
    public bool HasError => N > 1;

    /// <summary>Half the width of the two-sided interval that covers the truth with this confidence.</summary>
    public double HalfWidth(double confidence) =>
        StudentT.InvCDF(0, 1, N - 1, (1 + confidence) / 2) * Deviation / Math.Sqrt(N);

    /// <summary>False if the differences are the same but for rounding, as those of rare counts may be: Student's t
    /// would then be certain of anything.</summary>
    public bool HasSpread => Deviation > Estimate.Rounding * Math.Abs(Mean);

    /// <summary>Chance of a mean at least this far from 0 if the true one were 0 (two-sided t test).</summary>
    /// <remarks>Without spread only the signs say anything, so that the sign test takes its place.</remarks>
    public double P => !HasError || Mean == 0 ? 1
        : !HasSpread ? OfSigns(N)
        : 2 * StudentT.CDF(0, 1, N - 1, -Math.Abs(Mean) / Deviation * Math.Sqrt(N));

    /// <summary>Chance that so many differences have one sign if either sign were as likely (two-sided sign test).
    /// </summary>
    public static double OfSigns(int n) => Math.Pow(0.5, n - 1);
}
