using System;
using FlowSim.Analysis.Statistics;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class EquivalenceTests
{
    /// <summary>Two runs: one degree of freedom, where Student's t is Cauchy's distribution.</summary>
    [TestCase(0.5, 1.0)]
    [TestCase(0.5, -1.0)]
    [TestCase(3.0, 1.0)]
    [TestCase(1.0, 1.0)]
    public void With_two_runs_p_is_an_arctangent(double margin, double off)
    {
        // The standard error of 4 and 6 is 1.
        double slack = margin - Math.Abs(off);
        Assert.That(Equivalence.Of([4, 6], 5 - off, margin, "s")!.P,
            Is.EqualTo(0.5 - Math.Atan(slack) / Math.PI).Within(1e-9));
    }

    /// <summary>Three runs: two degrees of freedom, where the tail is 1/2 − t / (2 √(2 + t²)).</summary>
    [TestCase(4.0, true)]
    [TestCase(2.5, false)]
    public void With_three_runs_p_is_algebraic(double margin, bool isShown)
    {
        double t = (margin - 0.25) / (1 / Math.Sqrt(3));
        Equivalence equivalence = Equivalence.Of([4, 5, 6], 5.25, margin * 0.5 + 0.125, "s")!;
        double u = t / 2;
        Assert.That(equivalence.P, Is.EqualTo(0.5 - u / (2 * Math.Sqrt(2 + u * u))).Within(1e-9));
        Assert.That(equivalence.IsShown, Is.EqualTo(isShown));
    }

    [Test]
    public void Runs_without_spread_are_equivalent_within_the_margin_only()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Equivalence.Of([5, 5, 5], 5.1, 0.2, "s")!.IsShown, Is.True);
            Assert.That(Equivalence.Of([5, 5, 5], 5.3, 0.2, "s")!.IsShown, Is.False);
            Assert.That(Equivalence.Of([5], 5, 0.2, "s"), Is.Null);
            Assert.That(() => Equivalence.Of([5, 5], 5, 0, "s"), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }
}
