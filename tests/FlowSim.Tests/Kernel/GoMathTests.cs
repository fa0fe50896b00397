using System;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Kernel;

/// <summary>Go's arithmetic where it differs from the platform's.</summary>
public sealed class GoMathTests
{
    [Test]
    public void Three_failures_beyond_the_happy_path_give_the_whole_timeout()
    {
        Assert.That(3000 * GoMath.Pow(1.2, 3), Is.EqualTo(5184.0), "a libm may give 5183.999…");
    }

    [TestCase(1.2, 0L, 1.0)]
    [TestCase(1.2, 1L, 1.2)]
    [TestCase(2.0, 10L, 1024.0)]
    [TestCase(0.5, 1074L, double.Epsilon)]
    [TestCase(0.5, 1076L, 0.0)]
    [TestCase(2.0, 1023L, 8.98846567431158e307)]
    [TestCase(2.0, 1024L, double.PositiveInfinity)]
    [TestCase(0.25, 1_000_000L, 0.0)]
    [TestCase(4.0, long.MaxValue, double.PositiveInfinity)]
    public void Powers_reach_both_ends_of_the_range(double x, long exponent, double expected)
    {
        Assert.That(GoMath.Pow(x, exponent), Is.EqualTo(expected));
    }

    [Test]
    public void Powers_are_close_to_the_platforms()
    {
        for (int exponent = 0; exponent < 400; exponent++)
            Assert.That(GoMath.Pow(1.01, exponent),
                Is.EqualTo(Math.Pow(1.01, exponent)).Within(1e-12).Percent);
    }

    [Test]
    public void Other_powers_are_refused()
    {
        Assert.That(() => GoMath.Pow(1.2, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => GoMath.Pow(-1.2, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => GoMath.Pow(double.NaN, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(1.9, 1L)]
    [TestCase(-1.9, -1L)]
    [TestCase(9.3e18, long.MinValue)]
    [TestCase(-9.3e18, long.MinValue)]
    [TestCase(double.NaN, long.MinValue)]
    public void What_does_not_fit_becomes_the_smallest_integer(double x, long expected)
    {
        Assert.That(GoMath.ToInt64(x), Is.EqualTo(expected));
    }

    [TestCase(1.9, 1UL)]
    [TestCase(-1.0, ulong.MaxValue)]
    [TestCase(9223372036854775808.0, 1UL << 63)]
    [TestCase(1.5e19, 15_000_000_000_000_000_000UL)]
    public void Unsigned_conversion_wraps(double x, ulong expected)
    {
        Assert.That(GoMath.ToUInt64(x), Is.EqualTo(expected));
    }
}
