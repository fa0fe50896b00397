using System;
using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis;

/// <summary>One set against the baseline by one metric.</summary>
/// <param name="Figure">The set's own figure.</param>
/// <param name="Sample">Differences of compared figures on the seeds both have; null for none.</param>
/// <param name="Unpaired">Common seeds that were measured in one of the two only, or in neither.</param>
/// <param name="AdjustedP">p-value of the difference after Holm's adjustment.</param>
/// <param name="Claim">What follows.</param>
/// <param name="SeedsNeeded">Seeds in all that would likely decide; null if decided, or too many.</param>
public sealed record Judged(
    SetFigure Figure, PairedSample? Sample, int Unpaired, double AdjustedP, Claim Claim, int? SeedsNeeded);

/// <summary>One metric over all sets.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Criterion">How it judges.</param>
/// <param name="Margin">What counts as equal, in the metric's unit; null for nothing.</param>
/// <param name="Baseline">The baseline's figure.</param>
/// <param name="Others">The other sets.</param>
public sealed record JudgedMetric(
    MetricDefinition Metric, Criterion Criterion, double? Margin, SetFigure Baseline, IReadOnlyList<Judged> Others);

/// <summary>A study whose differences are judged; the first set is the baseline.</summary>
/// <remarks>
/// The family of claims that Holm's adjustment covers is every metric of the catalogue in every set compared, shown
/// or not: what a reader chooses to look at changes no verdict.
/// </remarks>
/// <param name="Study">The figures.</param>
/// <param name="Metrics">Every metric of the catalogue.</param>
/// <param name="Claims">Differences that the adjustment is over.</param>
public sealed record JudgedStudy(Study Study, IReadOnlyList<JudgedMetric> Metrics, int Claims)
{
    /// <summary>Judges the sets of one scenario.</summary>
    /// <param name="runs">Its runs, the baseline's first.</param>
    /// <param name="margins">Margins that take the place of the usual ones, by metric.</param>
    public static JudgedStudy Of(IReadOnlyList<Measurement> runs, IReadOnlyDictionary<string, Margin> margins)
    {
        var study = Study.Of(runs);
        SetOfRuns[] sets = SetOfRuns.Group(runs);
        var samples = new List<PairedSample?>();
        foreach (MetricComparison metric in study.Metrics)
        {
            for (int i = 1; i < sets.Length; i++) samples.Add(SampleOf(sets[i], sets[0], metric.Metric));
        }

        List<double> tested = [];
        foreach (PairedSample? sample in samples)
        {
            if (sample is { HasError: true }) tested.Add(sample.P);
        }

        var adjusted = new Queue<double>(Holm.Adjusted(tested));
        var judged = new List<JudgedMetric>();
        foreach (MetricComparison metric in study.Metrics)
        {
            int at = judged.Count * (sets.Length - 1);
            judged.Add(Judge(metric, sets, samples.GetRange(at, sets.Length - 1), adjusted, tested.Count, margins));
        }

        return new JudgedStudy(study, judged, tested.Count);
    }

    private static PairedSample? SampleOf(SetOfRuns set, SetOfRuns baseline, MetricDefinition metric)
    {
        Criterion criterion = Criteria.Of(metric);
        List<double> differences = [];
        foreach ((double value, double other) in set.Pairs(baseline, metric.Name))
            differences.Add(criterion.Compared(value) - criterion.Compared(other));
        return PairedSample.Of(differences);
    }

    private static JudgedMetric Judge(MetricComparison metric, SetOfRuns[] sets, List<PairedSample?> samples,
        Queue<double> adjusted, int claims, IReadOnlyDictionary<string, Margin> margins)
    {
        Criterion criterion = Criteria.Of(metric.Metric);
        if (margins.TryGetValue(metric.Metric.Name, out Margin own)) criterion = criterion with { Margin = own };
        double? margin = metric.Sets[0].Estimate is { } mean ? criterion.Margin?.InUnit(mean.Value) : null;
        var others = new List<Judged>();
        for (int i = 1; i < sets.Length; i++)
        {
            PairedSample? sample = samples[i - 1];
            int unpaired = CommonSeeds(sets[i], sets[0]) - (sample?.N ?? 0);
            double p = sample is { HasError: true } ? adjusted.Dequeue() : double.NaN;
            bool isMeasured = (metric.Sets[i].Estimate ?? metric.Sets[0].Estimate) is not null;
            Claim claim = unpaired > 0 && isMeasured ? Claim.Incomplete
                : sample is null ? Claim.NotMeasured
                : Judgement.Of(sample, p, margin, criterion.IsHigherGood);
            int? needed = claim == Claim.Undecided
                ? SeedsNeeded.Of(sample!, margin, Judgement.Alpha / Math.Max(1, claims))
                : null;
            others.Add(new Judged(metric.Sets[i], sample, unpaired, p, claim, needed));
        }

        return new JudgedMetric(metric.Metric, criterion, margin, metric.Sets[0], others);
    }

    private static int CommonSeeds(SetOfRuns set, SetOfRuns baseline)
    {
        HashSet<ulong> seeds = [];
        foreach (Measurement run in baseline.Runs) seeds.Add(run.Key.Seed);
        int common = 0;
        foreach (Measurement run in set.Runs) common += seeds.Contains(run.Key.Seed) ? 1 : 0;
        return common;
    }
}
