using System;
using CsCheck;
using FlowSim.HotStuff;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>The controller's filters against flow-go's published test values, and against
/// themselves.</summary>
public sealed class FilterTests
{
    private const double Share = Math.PI / 7;

    [Test]
    public void The_average_follows_its_samples()
    {
        var average = new Ewma(Share, 17);
        average.Add(6);
        Assert.That(average.Value, Is.EqualTo(12.063211544358897));
        average.Add(-1.16);
        Assert.That(average.Value, Is.EqualTo(6.128648080841518));
        average.Add(1.23);
        Assert.That(average.Value, Is.EqualTo(3.9301399632281675).Within(1e-12));
    }

    [Test]
    public void The_average_of_repeated_samples_in_closed_form()
    {
        var average = new Ewma(Share, 17);
        average.AddRepeated(6, 11);
        Assert.That(average.Value, Is.EqualTo(6.015696509200239).Within(1e-12));
        average.AddRepeated(-1.16, 4);
        Assert.That(average.Value, Is.EqualTo(-0.49762458373978324).Within(1e-12));
        average.AddRepeated(1.23, 1);
        Assert.That(average.Value, Is.EqualTo(0.27773151632279214).Within(1e-12));
    }

    [Test]
    public void The_sum_follows_its_samples_and_leaks()
    {
        var sum = new LeakyIntegrator(Share, 17);
        sum.Add(6);
        Assert.That(sum.Value, Is.EqualTo(15.370417841281931));
        sum.Add(-1.16);
        Assert.That(sum.Value, Is.EqualTo(7.312190445170959));
        sum.Add(1.23);
        Assert.That(sum.Value, Is.EqualTo(5.260487047428308).Within(1e-12));
    }

    [Test]
    public void The_sum_of_repeated_samples_in_closed_form()
    {
        var sum = new LeakyIntegrator(Share, 17);
        sum.AddRepeated(6, 11);
        Assert.That(sum.Value, Is.EqualTo(13.374196472992809).Within(1e-12));
        sum.AddRepeated(-1.16, 4);
        Assert.That(sum.Value, Is.EqualTo(-1.1115419303895382).Within(1e-12));
        sum.AddRepeated(1.23, 1);
        Assert.That(sum.Value, Is.EqualTo(0.617316921420289).Within(1e-12));
    }

    [Test]
    public void Repeated_samples_are_the_same_as_one_after_the_other() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Double[-10, 10], Gen.Int[0, 60]).Sample((share, sample, k) =>
        {
            (Ewma average, Ewma averageByOne) = (new Ewma(share, 3), new Ewma(share, 3));
            (LeakyIntegrator sum, LeakyIntegrator sumByOne) = (new LeakyIntegrator(share, 3),
                new LeakyIntegrator(share, 3));
            average.AddRepeated(sample, (ulong)k);
            sum.AddRepeated(sample, (ulong)k);
            for (int i = 0; i < k; i++)
            {
                averageByOne.Add(sample);
                sumByOne.Add(sample);
            }

            return Math.Abs(average.Value - averageByOne.Value) < 1e-9
                && Math.Abs(sum.Value - sumByOne.Value) < 1e-7;
        });

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    public void Shares_outside_the_open_unit_interval_are_refused(double share)
    {
        Assert.That(() => new Ewma(share, 0), Throws.ArgumentException);
        Assert.That(() => new LeakyIntegrator(share, 0), Throws.ArgumentException);
    }
}
