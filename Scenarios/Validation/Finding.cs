using System;
using System.Globalization;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Scenarios.Validation;

/// <summary>What a comparison with a figure comes to.</summary>
public enum FigureVerdict
{
    /// <summary>Within the margin (two one-sided tests at 5 %; by value where nothing is drawn).</summary>
    Agrees,

    /// <summary>The 95 % interval lies outside the margin.</summary>
    Differs,

    /// <summary>Neither: more runs would tell.</summary>
    Undecided,

    /// <summary>The world was calibrated on this figure: no evidence.</summary>
    Fit,
}

/// <summary>A published or closed-form figure.</summary>
/// <param name="Id">Names it; unique.</param>
/// <param name="What">What it is, with its unit.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Expected">Its value.</param>
/// <param name="Margin">How far off still counts as agreement.</param>
/// <param name="Decimals">Decimals to print.</param>
public sealed record Figure(string Id, string What, string Source, double Expected, double Margin, int Decimals = 3);

/// <summary>A figure beside what FlowSim makes of it.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Simulated">The mean over runs; n is 1 where nothing is drawn.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Explanation">Why there is a gap, or empty.</param>
public sealed record Finding(Figure Figure, Estimate Simulated, FigureVerdict Verdict, string Explanation)
{
    /// <summary>A figure over independent runs.</summary>
    public static Finding Of(Figure figure, double[] runs, string explanation = "")
    {
        Estimate estimate = Estimate.OfMean(runs, "")
            ?? new Estimate(double.NaN, double.NaN, double.NaN, "", 0);
        return new Finding(figure, estimate, Judged(figure, runs, estimate), explanation);
    }

    /// <summary>A share of independent runs, judged by its 95 % interval on either side.</summary>
    public static Finding OfShare(Figure figure, int successes, int runs, string explanation = "")
    {
        Estimate share = Proportion.Of(successes, runs);
        double low = figure.Expected - figure.Margin;
        double high = figure.Expected + figure.Margin;
        FigureVerdict verdict = share.Low >= low && share.High <= high ? FigureVerdict.Agrees
            : share.Low > high || share.High < low ? FigureVerdict.Differs
            : FigureVerdict.Undecided;
        return new Finding(figure, share, verdict, explanation) { IsShare = true };
    }

    /// <summary>Its interval is not symmetric.</summary>
    private bool IsShare { get; init; }

    /// <summary>What was simulated, with its interval and n.</summary>
    public string SimulatedText() => IsShare
        ? string.Create(CultureInfo.InvariantCulture,
            $"{Simulated.Value:F2} ({Simulated.Low:F2} to {Simulated.High:F2}, n={Simulated.N})")
        : Simulated.ToText(Figure.Decimals);

    /// <summary>A figure of a world without chance.</summary>
    public static Finding Exact(Figure figure, double value, string explanation = "")
    {
        bool isWithin = Math.Abs(value - figure.Expected) <= figure.Margin;
        return new Finding(figure, new Estimate(value, double.NaN, double.NaN, "", 1),
            isWithin ? FigureVerdict.Agrees : FigureVerdict.Differs, explanation);
    }

    /// <summary>The same, for a figure that the world was calibrated on.</summary>
    public Finding AsFit() => this with { Verdict = FigureVerdict.Fit };

    private static FigureVerdict Judged(Figure figure, double[] runs, Estimate estimate)
    {
        if (!estimate.HasInterval) return FigureVerdict.Undecided;
        if (Equivalence.Of(runs, figure.Expected, figure.Margin, "") is { IsShown: true }) return FigureVerdict.Agrees;
        bool isOutside = estimate.Low > figure.Expected + figure.Margin
            || estimate.High < figure.Expected - figure.Margin;
        return isOutside ? FigureVerdict.Differs : FigureVerdict.Undecided;
    }
}
