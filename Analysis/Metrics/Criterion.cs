namespace FlowSim.Analysis.Metrics;

/// <summary>Which way a metric is good.</summary>
public enum Good
{
    /// <summary>Neither: it describes, and what is good depends on the question.</summary>
    Neither,

    Lower,

    Higher,

    /// <summary>The nearer to 0 the better: compared by absolute value.</summary>
    Zero,
}

/// <summary>What counts as equal.</summary>
/// <param name="Width">How far from equal still counts, to either side: in the metric's unit, or a share.</param>
/// <param name="IsRelative">Whether it is a share of the baseline's mean.</param>
public readonly record struct Margin(double Width, bool IsRelative)
{
    /// <summary>The margin in the metric's unit; null for a share of nothing.</summary>
    public double? InUnit(double baseline) =>
        !IsRelative ? Width : baseline == 0 ? null : Width * System.Math.Abs(baseline);
}

/// <summary>How sets are judged by a metric.</summary>
/// <param name="Good">Which way is good.</param>
/// <param name="Margin">What counts as equal; null if nobody said.</param>
/// <param name="Why">Why this much counts as equal.</param>
public sealed record Criterion(Good Good, Margin? Margin, string Why)
{
    /// <summary>Equal within a share of the baseline.</summary>
    public static Criterion Relative(Good good, double share, string why) => new(good, new Margin(share, true), why);

    /// <summary>Equal within a width in the metric's unit.</summary>
    public static Criterion Absolute(Good good, double width, string why) => new(good, new Margin(width, false), why);

    /// <summary>A figure as it is compared.</summary>
    public double Compared(double value) => Good == Good.Zero ? System.Math.Abs(value) : value;

    /// <summary>Whether a positive difference of compared figures is good; null if neither sign is.</summary>
    public bool? IsHigherGood => Good switch
    {
        Good.Higher => true,
        Good.Lower or Good.Zero => false,
        _ => null,
    };
}
