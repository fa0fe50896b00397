using System;
using System.Collections.Generic;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>A share of trials that come in runs, with its 95 % interval: trials of one run are not independent.
/// </summary>
/// <remarks>
/// The ratio of two totals with the linearised variance over runs and Student's t of one degree of freedom less than
/// runs (Cochran 1977, 6.4). With one trial per run it is Wilson's interval. Where all trials or none succeeded runs
/// stand for trials in Clopper and Pearson's interval, as if a run's trials always went the same way: that is cautious.
/// Runs that come out alike by chance would give no width at all, so the interval is never narrower than Wilson's of
/// all trials, as if they were independent.
/// </remarks>
public static class ClusteredProportion
{
    /// <summary>The share; null without trials. Its n is the number of runs with trials.</summary>
    /// <param name="runs">Successes and trials of each run.</param>
    public static Estimate? Of(IReadOnlyList<(int Successes, int Trials)> runs)
    {
        (int successes, int trials, int n) = (0, 0, 0);
        foreach ((int s, int t) in runs)
        {
            if (s < 0 || s > t) throw new ArgumentOutOfRangeException(nameof(runs));
            (successes, trials, n) = (successes + s, trials + t, n + (t > 0 ? 1 : 0));
        }

        if (trials == 0) return null;
        if (successes == 0) return Proportion.Of(0, n);
        if (successes == trials) return Proportion.Of(n, n);
        if (trials == n) return Proportion.Of(successes, trials);
        List<(double, int)> sums = [];
        foreach ((int s, int t) in runs) sums.Add((s, t));
        Estimate share = OfChances(sums)!;
        if (n == 1) return share;
        Estimate apart = Proportion.Of(successes, trials);
        return share with
        {
            Low = Math.Max(0, Math.Min(share.Low, apart.Low)),
            High = Math.Min(1, Math.Max(share.High, apart.High)),
        };
    }

    /// <summary>The mean chance of trials of which each has one of its own; null without trials.</summary>
    /// <param name="runs">Sum of the chances, and trials, of each run.</param>
    public static Estimate? OfChances(IReadOnlyList<(double Sum, int Trials)> runs)
    {
        (double sum, int trials, int n) = (0, 0, 0);
        foreach ((double s, int t) in runs) (sum, trials, n) = (sum + s, trials + t, n + (t > 0 ? 1 : 0));
        if (trials == 0) return null;
        double mean = sum / trials;
        if (n == 1) return new Estimate(mean, double.NaN, double.NaN, "share", 1);
        double squares = 0;
        foreach ((double s, int t) in runs) squares += (s - mean * t) * (s - mean * t);
        double error = Math.Sqrt(squares * n / (n - 1)) / trials;
        double half = StudentT.InvCDF(0, 1, n - 1, (1 + Estimate.Confidence) / 2) * error;
        return new Estimate(mean, mean - half, mean + half, "share", n);
    }
}
