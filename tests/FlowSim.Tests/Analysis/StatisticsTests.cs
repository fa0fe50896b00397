using System;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class StatisticsTests
{
    /// <summary>Two-sided 95 % quantiles from printed tables of Student's t.</summary>
    [TestCase(2, 12.706)]
    [TestCase(3, 4.303)]
    [TestCase(10, 2.262)]
    [TestCase(30, 2.045)]
    public void TheIntervalOfAMeanUsesStudentsQuantile(int n, double quantile)
    {
        // Half at −1 and half at +1 about 5, one at 5 if n is odd: the squares add up to the others.
        double[] runs = new double[n];
        for (int i = 0; i < n; i++) runs[i] = 5 + (i == n - 1 && n % 2 == 1 ? 0 : i % 2 == 0 ? -1 : 1);
        double deviation = Math.Sqrt((n - n % 2) / (double)(n - 1));
        Estimate estimate = Estimate.OfMean(runs, "s")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(estimate.Value, Is.EqualTo(5).Within(1e-12));
            Assert.That(estimate.High - 5, Is.EqualTo(quantile * deviation / Math.Sqrt(n)).Within(5e-4 * 2));
            Assert.That(5 - estimate.Low, Is.EqualTo(estimate.High - 5).Within(1e-12));
        }
    }

    [Test]
    public void OneRunHasNoIntervalAndNoRunNoEstimate()
    {
        Estimate one = Estimate.OfMean([0.8], "s")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(one.HasInterval, Is.False);
            Assert.That(one.High, Is.NaN);
            Assert.That(one.ToText(4), Is.EqualTo("0.8000 (n=1, no interval)"));
            Assert.That(Estimate.OfMean([], "s"), Is.Null);
        }
    }

    [TestCase(0.80012, 0.0003, "0.8001 ± 0.0003 (n=10)")]
    [TestCase(0.80012, 0.000001, "0.8001 ± <0.0001 (n=10)")]
    [TestCase(0.80012, 0.0, "0.8001 (n=10, all alike)")]
    public void ASmallIntervalDoesNotReadAsNone(double value, double half, string text)
    {
        Assert.That(new Estimate(value, value - half, value + half, "s", 10).ToText(4), Is.EqualTo(text));
    }

    [Test]
    public void IntervalsCoverTheTruthAsOftenAsTheySay()
    {
        const int samples = 2000;
        Luck.Purpose draws = new Luck(1).For("coverage");
        int covered = 0;
        for (ulong sample = 0; sample < samples; sample++)
        {
            double[] runs = new double[5];
            for (ulong i = 0; i < 5; i++)
            {
                double p = ((draws.Draw(sample, i) >> 11) + 0.5) / (1UL << 53);
                runs[i] = 3 + DeterministicMath.NormalQuantile(p);
            }

            Estimate estimate = Estimate.OfMean(runs, "s")!;
            if (estimate.Low <= 3 && 3 <= estimate.High) covered++;
        }

        // Four standard deviations of a binomial share: 4 √(0.95 · 0.05 / 2000).
        Assert.That(covered / (double)samples, Is.EqualTo(0.95).Within(0.0195));
    }

    [TestCase(new[] { 0.3, 0.2, 0.1 }, Verdict.NoDifferenceShown)]
    [TestCase(new[] { 0.3, 0.2, 0.25 }, Verdict.Higher)]
    [TestCase(new[] { -0.3, -0.2, -0.25 }, Verdict.Lower)]
    [TestCase(new[] { 0.0, 0.0, 0.0 }, Verdict.Identical)]
    [TestCase(new[] { 0.3 }, Verdict.NoInterval)]
    [TestCase(new[] { 0.25, 0.25, 0.25, 0.25, 0.25 }, Verdict.NoInterval)]
    [TestCase(new[] { 0.25, 0.25, 0.25, 0.25, 0.25, 0.25 }, Verdict.Higher)]
    public void TheVerdictFollowsTheIntervalOfDifferences(double[] differences, Verdict verdict)
    {
        var pairs = new (double, double)[differences.Length];
        for (int i = 0; i < pairs.Length; i++) pairs[i] = (100 * i + differences[i], 100 * i);
        Assert.That(PairedDifference.Of(pairs, "s")!.Verdict, Is.EqualTo(verdict));
    }

    /// <summary>Ranks from sums of binomial probabilities, computed elsewhere.</summary>
    [TestCase(10, 0.5, 5, 2, 9)]
    [TestCase(20, 0.5, 10, 6, 15)]
    [TestCase(71, 0.95, 68, 63, null)]
    [TestCase(72, 0.95, 69, 64, 72)]
    [TestCase(5, 0.5, 3, null, null)]
    public void QuantilesOverRunsAreBoundedByOrderStatistics(int n, double q, int value, int? low, int? high)
    {
        double[] runs = new double[n];
        for (int i = 0; i < n; i++) runs[i] = n - i;
        RunQuantile quantile = RunQuantile.Of(runs, q)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(quantile.Value, Is.EqualTo(value));
            Assert.That(quantile.Low, Is.EqualTo(low ?? double.NegativeInfinity));
            Assert.That(quantile.High, Is.EqualTo(high ?? double.PositiveInfinity));
            Assert.That(RunQuantile.Of([], q), Is.Null);
        }
    }

    [Test]
    public void ATailWithoutEnoughRunsSaysSo()
    {
        Assert.That(new RunQuantile(0.95, 0.41, 0.3, double.PositiveInfinity, 10).ToText(2),
            Is.EqualTo("p95 0.41 (0.30 or more)"));
        Assert.That(new RunQuantile(0.5, 0.41, 0.3, 0.5, 10).ToText(2), Is.EqualTo("p50 0.41 (0.30 to 0.50)"));
    }

    [Test]
    public void QuantilesOfAHistogramAreWithinABinOfTheSamples()
    {
        var histogram = new DurationHistogram();
        for (int ms = 1; ms <= 1000; ms++) histogram.Add(SimDuration.FromMilliseconds(ms));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(histogram.Quantile(0.5), Is.EqualTo(0.5).Within(0.0011));
            Assert.That(histogram.Quantile(0.99), Is.EqualTo(0.99).Within(0.0011));
            Assert.That(histogram.Quantile(1), Is.EqualTo(1).Within(1e-12));
            Assert.That(histogram.Quantile(0), Is.EqualTo(0.001).Within(1e-12));
            Assert.That(new DurationHistogram().Quantile(0.5), Is.Null);
        }
    }

    [Test]
    public void AQuantileBeyondTheLastBinIsNotInvented()
    {
        var histogram = new DurationHistogram();
        histogram.Add(SimDuration.FromSeconds(1));
        histogram.Add(SimDuration.FromSeconds(121));
        histogram.Add(histogram);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(histogram.Total, Is.EqualTo(4));
            Assert.That(histogram.Overflow, Is.EqualTo(2));
            Assert.That(histogram.Quantile(0.5), Is.EqualTo(1).Within(0.0011));
            Assert.That(histogram.Quantile(0.6), Is.Null);
        }
    }
}
