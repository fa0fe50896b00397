using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Analysis.Report;

/// <summary>
/// A file with a line per run and view kept; the stride says how many views one line stands for.
/// </summary>
public static class ViewsCsv
{
    private static readonly string[] Columns =
    [
        "scenario", "set", "seed", "stride", "view", "leader", "published [s]", "entered [s]", "duration [s]",
        "controller-error [s]", "target-view-duration [s]", "publication-delay [s]", "finality [s]",
        "finalized",
    ];

    public static void Write(TextWriter text, IReadOnlyList<Measurement> runs)
    {
        using CsvWriter csv = CsvFormat.Writer(text);
        foreach (string column in Columns) csv.WriteField(column);
        csv.NextRecord();
        foreach (Measurement run in runs)
        {
            foreach (ViewRow row in run.Views.Rows) Write(csv, run, in row);
        }
    }

    private static void Write(CsvWriter csv, Measurement run, in ViewRow row)
    {
        csv.WriteField(run.Key.Scenario);
        csv.WriteField(run.Key.Set);
        csv.WriteField(run.Key.Seed.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(run.Views.Stride.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(row.View.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(row.Leader < 0 ? "" : row.Leader.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(CsvFormat.Number(row.PublishedSeconds));
        csv.WriteField(CsvFormat.Number(row.EnteredSeconds));
        csv.WriteField(CsvFormat.Number(row.DurationSeconds));
        csv.WriteField(CsvFormat.Number(row.ErrorSeconds));
        csv.WriteField(CsvFormat.Number(row.TargetSeconds));
        csv.WriteField(CsvFormat.Number(row.DelaySeconds));
        csv.WriteField(CsvFormat.Number(row.FinalitySeconds));
        csv.WriteField(row.Finalized ? "1" : "0");
        csv.NextRecord();
    }
}
