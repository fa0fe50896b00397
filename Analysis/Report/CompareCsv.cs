using System.Globalization;
using System.IO;
using CsvHelper;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis.Report;

/// <summary>A judged study as a file: a line per metric and set, the baseline's with no difference.</summary>
public static class CompareCsv
{
    private static readonly string[] Columns =
    [
        "scenario", "metric", "unit", "set", "baseline", "runs", "n", "mean", "low95", "high95", "pairs",
        "difference", "difference-low95", "difference-high95", "difference-low90", "difference-high90", "margin",
        "p-holm", "verdict", "seeds-needed",
    ];

    public static void Write(TextWriter text, JudgedStudy judged)
    {
        using CsvWriter csv = CsvFormat.Writer(text);
        foreach (string column in Columns) csv.WriteField(column);
        csv.NextRecord();
        foreach (JudgedMetric metric in judged.Metrics)
        {
            Begin(csv, judged, metric, metric.Baseline);
            for (int i = 0; i < 10; i++) csv.WriteField("");
            csv.NextRecord();
            foreach (Judged other in metric.Others)
            {
                Begin(csv, judged, metric, other.Figure);
                Write(csv, metric, other);
                csv.NextRecord();
            }
        }
    }

    private static void Begin(CsvWriter csv, JudgedStudy judged, JudgedMetric metric, SetFigure figure)
    {
        csv.WriteField(judged.Study.Scenario);
        csv.WriteField(metric.Metric.Name);
        csv.WriteField(metric.Metric.Unit);
        csv.WriteField(figure.Set);
        csv.WriteField(judged.Study.Sets[0]);
        csv.WriteField(Whole(figure.Runs));
        csv.WriteField(Whole(figure.Estimate?.N ?? 0));
        csv.WriteField(CsvFormat.Number(figure.Estimate?.Value));
        csv.WriteField(CsvFormat.Number(figure.Estimate?.Low));
        csv.WriteField(CsvFormat.Number(figure.Estimate?.High));
    }

    private static void Write(CsvWriter csv, JudgedMetric metric, Judged other)
    {
        csv.WriteField(Whole(other.Sample?.N ?? 0));
        csv.WriteField(CsvFormat.Number(other.Sample?.Mean));
        foreach (double confidence in (double[])[Estimate.Confidence, Judgement.EquivalenceConfidence])
        {
            double? half = other.Sample is { HasError: true } sample ? sample.HalfWidth(confidence) : null;
            csv.WriteField(CsvFormat.Number(other.Sample?.Mean - half));
            csv.WriteField(CsvFormat.Number(other.Sample?.Mean + half));
        }

        csv.WriteField(CsvFormat.Number(metric.Margin));
        csv.WriteField(CsvFormat.Number(other.AdjustedP));
        csv.WriteField(CompareTable.Name(other.Claim));
        csv.WriteField(other.SeedsNeeded is { } seeds ? Whole(seeds) : "");
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
