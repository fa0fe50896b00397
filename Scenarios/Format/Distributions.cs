using System.Collections.Generic;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>Distributions as a researcher writes them: a constant, or one of three named forms.</summary>
/// <remarks>
/// The bounds keep the top quantile of the widest lognormal far inside 64 bits: an hour's median times
/// exp(3 × 4.2) is below 1.2e18 nanoseconds, a month's times exp(1.2 × 4.8) below 8.3e17.
/// </remarks>
public static class Distributions
{
    private const double WidestSigma = 3;
    private const double WidestSigmaOfLong = 1.2;
    private const long LargestRatio = 1_000;

    /// <summary>Of durations, in nanoseconds.</summary>
    public static readonly Shape<Quantiles> OfDurations = Of(
        "a duration such as 5ms, or one of {uniform}, {exponential}, {lognormal}",
        new MappedShape<SimDuration, long>(
            Scalars.Duration(SimDuration.Zero, SimDuration.FromSeconds(3600)), (d, _) => d.Nanoseconds));

    /// <summary>Of durations up to a month, in nanoseconds.</summary>
    public static readonly Shape<Quantiles> OfLongDurations = Of(
        "a duration such as 5m, or one of {uniform}, {exponential}, {lognormal}",
        new MappedShape<SimDuration, long>(
            Scalars.Duration(SimDuration.Zero, SimDuration.FromSeconds(30 * 86_400)), (d, _) => d.Nanoseconds),
        WidestSigmaOfLong);

    /// <summary>Of ratios, in millionths.</summary>
    public static readonly Shape<Quantiles> OfRatios = Of(
        "a number such as 0.02, or one of {uniform}, {exponential}, {lognormal}",
        Scalars.Millionths(LargestRatio));

    private static EitherShape<Quantiles> Of(
        string expected, Shape<long> amount, double widestSigma = WidestSigma)
    {
        Field<Quantiles> uniform = new("uniform", new MappedShape<IReadOnlyList<long>, Quantiles>(
            new ListShape<long>("a pair [low, high]", amount, 2, 2), Uniform),
            "Equally likely from low to high.");
        Field<Quantiles> exponential = new("exponential", new MappedShape<long, Quantiles>(
            amount, (mean, _) => Quantiles.Exponential(mean)), "Exponential with this mean.");
        Field<Quantiles> lognormal = new("lognormal", Lognormal(amount, widestSigma),
            "Lognormal: its median, and the standard deviation of its logarithm.");
        Section<Quantiles> form = new("a distribution", [uniform, exponential, lognormal],
            at => at.Has(uniform) ? at.Get(uniform)
                : at.Has(exponential) ? at.Get(exponential) : at.Get(lognormal),
            uniform, exponential, lognormal);
        MappedShape<long, Quantiles> constant = new(amount, (value, _) => Quantiles.Constant(value));
        return new EitherShape<Quantiles>(expected, constant, null, form);
    }

    private static Section<Quantiles> Lognormal(Shape<long> amount, double widestSigma)
    {
        Field<long> median = new("median", amount, "Half of the draws are below it.", isRequired: true);
        Field<double> sigma = new("sigma", Scalars.Real(0, widestSigma),
            "Standard deviation of the natural logarithm.", isRequired: true);
        return new Section<Quantiles>("a lognormal distribution", [median, sigma],
            at => Quantiles.Lognormal(at.Get(median), at.Get(sigma)));
    }

    private static Quantiles Uniform(IReadOnlyList<long> range, YamlNode node) => range[0] <= range[1]
        ? Quantiles.Uniform(range[0], range[1])
        : throw node.At.Error("the range is reversed; write [low, high]");
}
