using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Analysis.Report;

/// <summary>A file with a line per run and a column per metric, in the order of the catalogue.</summary>
public static class RunsCsv
{
    public static void Write(TextWriter text, IReadOnlyList<Measurement> runs)
    {
        using CsvWriter csv = CsvFormat.Writer(text);
        foreach (string column in (string[])["scenario", "set", "seed", "digest"]) csv.WriteField(column);
        foreach (MetricDefinition metric in MetricCatalogue.All) csv.WriteField(metric.Heading);
        csv.NextRecord();
        foreach (Measurement run in runs) Write(csv, run);
    }

    private static void Write(CsvWriter csv, Measurement run)
    {
        csv.WriteField(run.Key.Scenario);
        csv.WriteField(run.Key.Set);
        csv.WriteField(run.Key.Seed.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(run.Digest ?? "");
        foreach (MetricDefinition metric in MetricCatalogue.All)
        {
            csv.WriteField(CsvFormat.Number(run[metric.Name]));
        }

        csv.NextRecord();
    }
}
