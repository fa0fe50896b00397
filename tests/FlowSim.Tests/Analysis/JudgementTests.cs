using System;
using System.Collections.Generic;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Analysis.Statistics;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class JudgementTests
{
    /// <summary>Newcombe 1998, table I, Wilson's method; at the ends 1 − 0.025^(1/n), which is exact.</summary>
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    [TestCase(0, 20, 0.0, 0.1684)]
    [TestCase(20, 20, 0.8316, 1.0)]
    [TestCase(0, 1000, 0.0, 0.0037)]
    public void TheIntervalOfAShareAgreesWithPublishedTables(int k, int n, double low, double high)
    {
        Estimate share = Proportion.Of(k, n);
        Assert.That(share.Low, Is.EqualTo(low).Within(5.1e-5));
        Assert.That(share.High, Is.EqualTo(high).Within(5.1e-5));
    }

    /// <summary>Ranks of the sign test's 95 % interval, as printed in tables of the binomial (n, ½).</summary>
    [TestCase(5, 0)]
    [TestCase(6, 1)]
    [TestCase(10, 2)]
    [TestCase(20, 6)]
    [TestCase(30, 10)]
    public void TheIntervalOfAMedianIsBetweenOrderStatistics(int n, int rank)
    {
        double[] runs = new double[n];
        for (int i = 0; i < n; i++) runs[i] = n - i;
        Estimate median = Median.Of(runs, "s")!;
        Assert.That(median.Value, Is.EqualTo((n + 1) / 2.0));
        Assert.That(median.Low, Is.EqualTo(rank == 0 ? double.NaN : rank));
        Assert.That(median.High, Is.EqualTo(rank == 0 ? double.NaN : n + 1 - rank));
    }

    /// <summary>Holm's own step-down by hand: 4 × 0.005, 3 × 0.01, 2 × 0.03, and 0.04 raised to that.</summary>
    [Test]
    public void HolmStepsDownAndNeverFalls() =>
        Assert.That(Holm.Adjusted([0.01, 0.04, 0.03, 0.005]),
            Is.EqualTo(new[] { 0.03, 0.06, 0.06, 0.02 }).Within(1e-12));

    /// <summary>With 2 pairs t has the closed form of Cauchy: P = 1 − (2/π) arctan t.</summary>
    [TestCase(1, 3)]
    [TestCase(-5, -1)]
    [TestCase(2, 2.5)]
    public void ThePValueIsStudents(double first, double second)
    {
        PairedSample sample = PairedSample.Of([first, second])!;
        double t = Math.Abs(first + second) / Math.Abs(first - second);
        Assert.That(sample.P, Is.EqualTo(1 - 2 / Math.PI * Math.Atan(t)).Within(1e-12));
        // The same law's 95 % quantile is tan(0.475 π).
        double half = Math.Tan(0.475 * Math.PI) * Math.Abs(first - second) / 2;
        Assert.That(sample.HalfWidth(0.95), Is.EqualTo(half).Within(1e-9 * half));
    }

    [TestCase(0.5, 0.1, 1.0, true, Claim.Equivalent)]
    [TestCase(0.5, 0.1, 0.55, true, Claim.Better)]
    [TestCase(0.5, 0.1, 0.55, false, Claim.Worse)]
    [TestCase(-0.5, 0.1, 0.55, false, Claim.Better)]
    [TestCase(0.5, 0.1, 0.55, null, Claim.Differs)]
    [TestCase(0.5, 0.1, null, null, Claim.Differs)]
    [TestCase(0.01, 0.1, null, true, Claim.Undecided)]
    [TestCase(0.01, 0.1, 0.05, true, Claim.Undecided)]
    [TestCase(0.0, 0.0, null, true, Claim.Identical)]
    [TestCase(0.1, 0.0, 0.2, true, Claim.Equivalent)]
    [TestCase(0.3, 0.0, 0.2, true, Claim.Better)]
    public void TheClaimFollowsIntervalsMarginAndDirection(
        double mean, double deviation, double? margin, bool? isHigherGood, Claim claim)
    {
        var sample = new PairedSample(10, mean, deviation);
        Assert.That(Judgement.Of(sample, sample.P, margin, isHigherGood), Is.EqualTo(claim));
    }

    /// <summary>Pairs that all differ by one: the sign test needs six at 5 % and eleven at a fiftieth of it.</summary>
    [TestCase(2, 1, Claim.Undecided)]
    [TestCase(5, 1, Claim.Undecided)]
    [TestCase(6, 1, Claim.Better)]
    [TestCase(6, 50, Claim.Undecided)]
    [TestCase(11, 50, Claim.Better)]
    public void AFewPairsThatDifferByTheSameShowNothing(int pairs, int claims, Claim claim)
    {
        double[] differences = new double[pairs];
        Array.Fill(differences, -1);
        PairedSample sample = PairedSample.Of(differences)!;
        Assert.That(sample.P, Is.EqualTo(Math.Pow(2, 1 - pairs)).Within(1e-12));
        Assert.That(Judgement.Of(sample, claims * sample.P, 0.5, false), Is.EqualTo(claim));
        int needed = SeedsNeeded.Of(sample, 0.5, 0.05 / claims)!.Value;
        Assert.That(needed, Is.EqualTo(claims == 1 ? 6 : 11));
    }

    /// <summary>1.1 − 1 and 0.7 − 0.6 differ in the last bits only.</summary>
    [Test]
    public void RoundingIsNoSpread()
    {
        PairedSample sample = PairedSample.Of([1.1 - 1, 0.7 - 0.6])!;
        Assert.That(sample.Deviation, Is.GreaterThan(0));
        Assert.That(sample.HasSpread, Is.False);
        Assert.That(sample.P, Is.EqualTo(0.5));
    }

    /// <summary>The 90 % interval decides equivalence, not the 95 % one.</summary>
    [Test]
    public void EquivalenceIsTwoOneSidedTests()
    {
        var sample = new PairedSample(10, 0, 1);
        double margin = (sample.HalfWidth(0.9) + sample.HalfWidth(0.95)) / 2;
        Assert.That(Judgement.IsEquivalent(sample, margin), Is.True);
        Assert.That(Judgement.IsEquivalent(sample, 0.99 * sample.HalfWidth(0.9)), Is.False);
    }

    [Test]
    public void ADifferenceThatTheAdjustmentTakesAwayIsUndecided()
    {
        var sample = new PairedSample(10, 0.5, 0.5);
        Assert.That(sample.P, Is.LessThan(0.05));
        Assert.That(Judgement.Of(sample, 20 * sample.P, 0.1, true), Is.EqualTo(Claim.Undecided));
    }

    /// <summary>Cohen's table, paired t test, two-sided 5 %, power 80 %: effect 0.5 needs 34 pairs.</summary>
    [TestCase(0.5, 34)]
    [TestCase(0.8, 15)]
    public void TheSeedsNeededAreCohens(double effect, int seeds)
    {
        int needed = SeedsNeeded.Of(new PairedSample(5, effect, 1), null, 0.05)!.Value;
        Assert.That(needed, Is.EqualTo(seeds).Within(1));
    }

    [Test]
    public void NearEqualMeansNeedSeedsForEquivalence()
    {
        int? forMargin = SeedsNeeded.Of(new PairedSample(5, 0, 1), 0.5, 0.05);
        Assert.That(forMargin, Is.InRange(20, 40));
        Assert.That(SeedsNeeded.Of(new PairedSample(5, 0, 1), null, 0.05), Is.Null);
    }

    /// <summary>
    /// Fifty metrics without a difference: any of them is called better or worse in at most 5 % of the comparisons,
    /// and a true difference just as large as the margin is called equivalent in at most 5 %.
    /// </summary>
    [Test]
    public void FalseClaimsAreAsRareAsPromised()
    {
        const int comparisons = 1000;
        const int metrics = 50;
        const int seeds = 8;
        Luck.Purpose draws = new Luck(7).For("error rates");
        int wrong = 0;
        int falselyEqual = 0;
        for (ulong comparison = 0; comparison < comparisons; comparison++)
        {
            List<PairedSample> samples = [];
            for (ulong metric = 0; metric < metrics; metric++)
            {
                double[] differences = new double[seeds];
                for (ulong i = 0; i < seeds; i++)
                {
                    double p = ((draws.Draw(comparison, metric, i) >> 11) + 0.5) / (1UL << 53);
                    differences[i] = DeterministicMath.NormalQuantile(p);
                }

                samples.Add(PairedSample.Of(differences)!);
            }

            double[] adjusted = Holm.Adjusted(samples.ConvertAll(sample => sample.P));
            bool isWrong = false;
            for (int i = 0; i < metrics; i++)
                isWrong |= Judgement.Of(samples[i], adjusted[i], 0.001, true) is Claim.Better or Claim.Worse;
            wrong += isWrong ? 1 : 0;
            PairedSample atTheMargin = samples[0] with { Mean = samples[0].Mean + 2 };
            falselyEqual += Judgement.IsEquivalent(atTheMargin, 2) ? 1 : 0;
        }

        // Four standard deviations of a binomial share: 4 √(0.05 · 0.95 / 1000) = 0.0276.
        Assert.That(wrong / (double)comparisons, Is.EqualTo(0.05).Within(0.0276));
        Assert.That(falselyEqual / (double)comparisons, Is.EqualTo(0.05).Within(0.0276));
    }

    [Test]
    public void AStudyIsJudgedByTheMarginOfTheScenario()
    {
        Measurement[] runs =
        [
            Run("base", 1, 1.60, 0.2), Run("base", 2, 1.61, -0.3), Run("base", 3, 1.62, null),
            Run("other", 1, 1.6301, 0.3), Run("other", 2, 1.64, 0.3), Run("other", 3, 1.6499, 0.1),
        ];
        Judged usual = Of(runs, "finality-p50");
        Judged wide = Of(runs, "finality-p50", new Margin(0.04, false));
        Judged share = Of(runs, "finality-p50", new Margin(0.01, true));
        Judged end = Of(runs, "epoch-end-error");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(usual.Claim, Is.EqualTo(Claim.Worse));
            Assert.That(wide.Claim, Is.EqualTo(Claim.Equivalent));
            Assert.That(share.Claim, Is.EqualTo(Claim.Worse));
            Assert.That(end.Claim, Is.EqualTo(Claim.Incomplete), "a seed lacks it in the baseline");
            Assert.That(CompareTable.VerdictText(end), Is.EqualTo("incomplete: 1 seeds not measured in both"));
            // |0.3| − |0.2| and |0.3| − |−0.3|: distances from 0.
            Assert.That(end.Sample!.Mean, Is.EqualTo(0.05).Within(1e-12));
            Assert.That(Of(runs, "block-rate").Claim, Is.EqualTo(Claim.NotMeasured));
        }
    }

    /// <summary>What only one of two sets ever comes to is not "not measured": the other may never recover.</summary>
    [Test]
    public void AMetricThatOneSetHasNowhereIsIncomplete()
    {
        Measurement[] runs =
        [
            Run("base", 1, 1.60, null), Run("base", 2, 1.61, null),
            Run("other", 1, 1.63, 0.3), Run("other", 2, 1.64, 0.3),
        ];
        Judged end = Of(runs, "epoch-end-error");
        Assert.That(end.Claim, Is.EqualTo(Claim.Incomplete));
        Assert.That(CompareTable.VerdictText(end), Is.EqualTo("incomplete: 2 seeds not measured in both"));
    }

    [Test]
    public void EveryMetricHasACriterion()
    {
        foreach (MetricDefinition metric in MetricCatalogue.All)
        {
            Criterion criterion = Criteria.Of(metric);
            Assert.That(criterion.Margin?.Width, Is.GreaterThan(0), metric.Name);
            Assert.That(criterion.Why, Is.Not.Empty, metric.Name);
        }
    }

    internal static Measurement Run(string set, ulong seed, double finality, double? endError)
    {
        List<MetricValue> values = [new("finality-p50", finality)];
        if (endError is { } error) values.Add(new("epoch-end-error", error));
        return StudyTests.Run(set, seed, null) with { Values = values };
    }

    private static Judged Of(Measurement[] runs, string metric, Margin? margin = null)
    {
        Dictionary<string, Margin> margins = new(StringComparer.Ordinal);
        if (margin is { } own) margins.Add(metric, own);
        foreach (JudgedMetric judged in JudgedStudy.Of(runs, margins).Metrics)
        {
            if (string.Equals(judged.Metric.Name, metric, StringComparison.Ordinal)) return judged.Others[0];
        }

        throw new KeyNotFoundException(metric);
    }
}
