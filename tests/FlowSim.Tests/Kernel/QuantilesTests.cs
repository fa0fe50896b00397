using System;
using CsCheck;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Kernel;

/// <summary>A quantile table draws from the distribution it was built for.</summary>
public sealed class QuantilesTests
{
    private static readonly Luck.Purpose Draws = new Luck(3).For("quantiles");

    [Test]
    public void A_constant_is_always_itself() =>
        Gen.ULong.Sample(draw => Quantiles.Constant(5_000).Value(draw) == 5_000);

    [Test]
    public void Draws_stay_in_the_range_of_the_table() =>
        Gen.ULong.Sample(draw => Quantiles.Uniform(10, 1_000_000).Value(draw) is >= 10 and <= 1_000_000);

    [Test]
    public void A_larger_draw_never_gives_a_smaller_value()
    {
        Quantiles lognormal = Quantiles.Lognormal(1_000_000, 0.9);
        Gen.Select(Gen.ULong, Gen.ULong).Sample((a, b) =>
            lognormal.Value(Math.Min(a, b)) <= lognormal.Value(Math.Max(a, b)));
    }

    [TestCase(0.5, 0.693147)]
    [TestCase(0.9, 2.302585)]
    [TestCase(0.99, 4.605170)]
    [TestCase(0.999, 6.907755)]
    public void Exponential_quantiles_are_those_of_the_formula(double p, double expected)
    {
        Quantiles table = Quantiles.Exponential(1_000_000);
        double value = table.Value((ulong)(p * Math.Pow(2, 64))) / 1e6;
        Assert.That(value, Is.EqualTo(expected).Within(0.2).Percent);
    }

    [Test]
    public void Exponential_mean_over_many_draws_is_the_mean()
    {
        Quantiles table = Quantiles.Exponential(1_000_000);
        double sum = 0;
        const int N = 1_000_000;
        for (ulong i = 0; i < N; i++) sum += table.Value(Draws.Draw(i));
        Assert.That(sum / N / 1e6, Is.EqualTo(1).Within(0.004)); // four standard errors of 1/sqrt(N)
    }

    [TestCase(0.05, -1.644854)]
    [TestCase(0.5, 0)]
    [TestCase(0.975, 1.959964)]
    [TestCase(0.999, 3.090232)]
    public void Lognormal_quantiles_are_those_of_the_formula(double p, double z)
    {
        double value = Quantiles.Lognormal(1_000_000, 0.5).Value((ulong)(p * Math.Pow(2, 64))) / 1e6;
        Assert.That(value, Is.EqualTo(Math.Exp(0.5 * z)).Within(0.3).Percent);
    }

    /// <summary>Else only those seeds would fail that draw where it falls.</summary>
    [Test]
    public void A_table_that_falls_is_refused_when_it_is_built()
    {
        Assert.That(() => Quantiles.Uniform(2, 1), Throws.ArgumentException);
        Assert.That(() => Quantiles.Exponential(-1), Throws.ArgumentException);
        Assert.That(() => Quantiles.Of(p => p > 0.9999 ? 0 : 1), Throws.ArgumentException);
        Assert.That(() => Quantiles.Uniform(-100, 100), Throws.Nothing);
    }
}
