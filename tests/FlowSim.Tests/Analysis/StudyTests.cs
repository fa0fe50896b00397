using System;
using System.Collections.Generic;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class StudyTests
{
    [Test]
    public void SetsArePairedBySeedWhateverTheOrder()
    {
        Study study = Study.Of(
        [
            Run("base", 1, 10), Run("base", 2, 20), Run("base", 3, 30),
            Run("other", 3, 31.2), Run("other", 1, 11), Run("other", 2, 20.8), Run("other", 4, 400),
        ]);
        SetFigure other = Of(study, "mean-view-time").Sets[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(study.Sets, Is.EqualTo(new[] { "base", "other" }));
            Assert.That(study.Seeds, Is.EqualTo(4));
            Assert.That(other.Runs, Is.EqualTo(4));
            Assert.That(other.ToBaseline!.Estimate.N, Is.EqualTo(3));
            Assert.That(other.ToBaseline.Estimate.Value, Is.EqualTo(1).Within(1e-9));
            Assert.That(other.ToBaseline.Verdict, Is.EqualTo(Verdict.Higher));
            Assert.That(Of(study, "mean-view-time").Sets[0].ToBaseline, Is.Null);
        }
    }

    [Test]
    public void ARunThatWasNotMeasuredLowersNAndIsNoZero()
    {
        Study study = Study.Of([Run("base", 1, 10), Run("base", 2, null), Run("other", 1, null)]);
        MetricComparison metric = Of(study, "mean-view-time");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(metric.Sets[0].Estimate!.N, Is.EqualTo(1));
            Assert.That(metric.Sets[0].Runs, Is.EqualTo(2));
            Assert.That(metric.Sets[1].Estimate, Is.Null);
            Assert.That(metric.Sets[1].ToBaseline, Is.Null);
        }
    }

    [Test]
    public void RunsThatDoNotBelongTogetherAreRefused()
    {
        Measurement foreign = Run("base", 2, 1) with { Key = new RunKey("elsewhere", "base", 2) };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Study.Of([]), Throws.ArgumentException);
            Assert.That(() => Study.Of([Run("base", 1, 1), Run("base", 1, 1)]), Throws.ArgumentException);
            Assert.That(() => Study.Of([Run("base", 1, 1), foreign]), Throws.ArgumentException);
        }
    }

    [Test]
    public void EveryMetricIsDescribedOnceAndNamedInKebabCase()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (MetricDefinition metric in MetricCatalogue.All)
        {
            Assert.That(names.Add(metric.Name), metric.Name);
            Assert.That(metric.Name, Does.Match("^[a-z0-9]+(-[a-z0-9]+)*$"));
            Assert.That(metric.Meaning, Is.Not.Empty);
        }
    }

    internal static Measurement Run(string set, ulong seed, double? meanViewTime)
    {
        MetricValue[] values = meanViewTime is { } value ? [new("mean-view-time", value)] : [];
        return new Measurement(
            new RunKey("scenario", set, seed), values, new DurationHistogram(), new ViewSeries(1, []));
    }

    private static MetricComparison Of(Study study, string name)
    {
        foreach (MetricComparison metric in study.Metrics)
        {
            if (string.Equals(metric.Metric.Name, name, StringComparison.Ordinal)) return metric;
        }

        throw new KeyNotFoundException(name);
    }
}
