using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis.Report;

/// <summary>A judged study as a table: per metric each set's figure, and the others against the baseline.</summary>
public static class CompareTable
{
    /// <summary>The table of some metrics.</summary>
    /// <param name="judged">The study.</param>
    /// <param name="isShown">Which metrics; what is left out changes no verdict.</param>
    public static SummaryTable Of(JudgedStudy judged, Predicate<MetricDefinition> isShown)
    {
        IReadOnlyList<string> sets = judged.Study.Sets;
        List<string> header = ["metric", "unit", $"{sets[0]} (baseline)"];
        for (int i = 1; i < sets.Count; i++) header.AddRange([sets[i], $"{sets[i]} − {sets[0]}", "verdict"]);
        header.Add("margin");
        List<IReadOnlyList<string>> rows = [];
        foreach (JudgedMetric metric in judged.Metrics)
        {
            if (isShown(metric.Metric)) rows.Add(RowOf(metric));
        }

        string title = string.Create(CultureInfo.InvariantCulture,
            $"{judged.Study.Scenario}: sets compared to {sets[0]} ({judged.Study.Seeds} seeds)");
        return new SummaryTable(title, header, rows, NotesOf(judged));
    }

    /// <summary>The verdict as reports print it, with what would decide an open one.</summary>
    public static string VerdictText(Judged judged)
    {
        if (judged.Claim is Claim.Incomplete)
            return FormattableString.Invariant($"incomplete: {judged.Unpaired} seeds not measured in both");
        if (judged.Claim is not Claim.Undecided) return Name(judged.Claim);
        if (judged.Sample is not { HasError: true } sample) return "undecided: one seed has no interval";
        return judged.SeedsNeeded is { } all
            ? FormattableString.Invariant($"undecided: about {Math.Max(1, all - sample.N)} more seeds")
            : FormattableString.Invariant($"undecided: more than {SeedsNeeded.Most} seeds");
    }

    /// <summary>The name of a claim, as files have it.</summary>
    public static string Name(Claim claim) => claim switch
    {
        Claim.NotMeasured => "not measured",
        Claim.Incomplete => "incomplete",
        Claim.Undecided => "undecided",
        Claim.Identical => "identical",
        Claim.Equivalent => "equivalent",
        Claim.Better => "better",
        Claim.Worse => "worse",
        _ => "differs",
    };

    private static List<string> RowOf(JudgedMetric metric)
    {
        MetricDefinition of = metric.Metric;
        List<string> row = [of.Name, of.Unit, SummaryTable.FigureText(metric.Baseline, of.Decimals)];
        foreach (Judged other in metric.Others)
        {
            row.Add(SummaryTable.FigureText(other.Figure, of.Decimals));
            row.Add(DifferenceText(other.Sample, of));
            row.Add(VerdictText(other));
        }

        row.Add(MarginText(metric));
        return row;
    }

    private static string DifferenceText(PairedSample? sample, MetricDefinition of)
    {
        if (sample is null) return "-";
        double half = sample.HasError ? sample.HalfWidth(Estimate.Confidence) : double.NaN;
        return new Estimate(sample.Mean, sample.Mean - half, sample.Mean + half, of.Unit, sample.N)
            .ToSignedText(of.Decimals);
    }

    private static string MarginText(JudgedMetric metric)
    {
        string good = metric.Criterion.Good switch
        {
            Good.Lower => "lower is better",
            Good.Higher => "higher is better",
            Good.Zero => "nearer to 0 is better",
            _ => "no direction",
        };
        string width = metric.Criterion.Margin switch
        {
            null => "none",
            { IsRelative: true, Width: var share } => FormattableString.Invariant($"±{share * 100:0.###} %"),
            { Width: var amount } => FormattableString.Invariant($"±{amount:0.######} {metric.Metric.Unit}"),
        };
        return $"{width}, {good}";
    }

    private static List<string> NotesOf(JudgedStudy judged) =>
    [
        "value ± half-width of the 95 % confidence interval over n seeds (Student's t); \"-\" is not measured",
        .. SummaryTable.AlikeNotes(judged.Study),
        "differences are paired by seed, of absolute values where nearer to 0 is better",
        "identical: all pairs agree, which is no proof: what is rare may have been missed",
        "equivalent: the 90 % interval of the difference lies within the margin (two one-sided tests at 5 %)",
        FormattableString.Invariant($"better, worse, differs: not equivalent, and shown at 5 % after Holm's ")
            + FormattableString.Invariant($"adjustment over all {judged.Claims} differences of this comparison, ")
            + "shown or not; so an interval off 0 alone may stay undecided",
        "undecided: the seeds named would decide with 80 % chance if mean and spread stay as they are; pairs that "
            + "differ by the same are judged by their signs",
    ];
}
