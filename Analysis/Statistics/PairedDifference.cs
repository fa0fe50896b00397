using System.Collections.Generic;

namespace FlowSim.Analysis.Statistics;

/// <summary>What an interval of differences says.</summary>
public enum Verdict
{
    /// <summary>The interval contains 0.</summary>
    NoDifferenceShown,

    /// <summary>The interval lies above 0.</summary>
    Higher,

    /// <summary>The interval lies below 0.</summary>
    Lower,

    /// <summary>Every pair agrees to the last bit.</summary>
    Identical,

    /// <summary>One pair says nothing about its own error, nor do a few that differ by the same.</summary>
    NoInterval,
}

/// <summary>A set against another on the seeds both have.</summary>
/// <remarks>
/// Under one seed both met the same network, so what is common to a pair cancels (common random numbers); the
/// differences of pairs are independent of each other.
/// </remarks>
/// <param name="Estimate">Mean difference with Student's t interval over pairs.</param>
/// <param name="Verdict">What the interval says.</param>
public sealed record PairedDifference(Estimate Estimate, Verdict Verdict)
{
    /// <summary>The verdict as reports print it.</summary>
    public string VerdictText => Verdict switch
    {
        Verdict.Higher => "higher",
        Verdict.Lower => "lower",
        Verdict.Identical => "identical",
        Verdict.NoInterval => "not decided",
        _ => "no difference shown",
    };

    /// <summary>The differences a − b, pair by pair; null without pairs.</summary>
    public static PairedDifference? Of(IReadOnlyList<(double A, double B)> pairs, string unit)
    {
        double[] differences = new double[pairs.Count];
        bool identical = true;
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = pairs[i].A - pairs[i].B;
            identical &= differences[i] == 0;
        }

        if (Estimate.OfMean(differences, unit) is not { } estimate) return null;
        return new PairedDifference(estimate, identical ? Verdict.Identical : Judge(estimate));
    }

    private static Verdict Judge(Estimate estimate)
    {
        if (!estimate.HasInterval) return Verdict.NoInterval;
        if (!estimate.HasSpread && PairedSample.OfSigns(estimate.N) > Judgement.Alpha) return Verdict.NoInterval;
        if (estimate.Low > 0) return Verdict.Higher;
        return estimate.High < 0 ? Verdict.Lower : Verdict.NoDifferenceShown;
    }
}
