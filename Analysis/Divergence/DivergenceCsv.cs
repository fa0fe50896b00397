using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;

namespace FlowSim.Analysis.Divergence;

/// <summary>A file with a line per run and start of a process; first starts only where they were exposed.</summary>
public static class DivergenceCsv
{
    private static readonly string[] Columns =
    [
        "scenario", "set", "seed", "class", "node", "role", "image", "started-at [s]", "head", "rejoin",
        "exposed-blocks", "exposed-chunks", "manifest-chance", "manifest-height", "manifest-at [s]", "heirs",
        "detected-at [s]", "detected-by", "checked-at [s]", "repaired-at [s]",
    ];

    public static void Write(TextWriter text, IReadOnlyList<Measurement> runs)
    {
        using CsvWriter csv = CsvFormat.Writer(text);
        foreach (string column in Columns) csv.WriteField(column);
        csv.NextRecord();
        foreach (Measurement run in runs)
        {
            foreach (ProcessStart start in run.Starts) Write(csv, run.Key, start);
        }
    }

    private static void Write(CsvWriter csv, RunKey key, ProcessStart start)
    {
        csv.WriteField(key.Scenario);
        csv.WriteField(key.Set);
        csv.WriteField(key.Seed.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(ClassMetrics.NameOf(start.Class));
        csv.WriteField(Whole(start.Node));
        csv.WriteField(start.Role.ToString().ToLowerInvariant());
        csv.WriteField(Whole(start.Image));
        csv.WriteField(CsvFormat.Number(start.StartedAtSeconds));
        csv.WriteField(start.Head.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(start.IsRejoin ? "1" : "0");
        csv.WriteField(Whole(start.ExposedBlocks));
        csv.WriteField(Whole(start.ExposedChunks));
        csv.WriteField(CsvFormat.Number(start.ManifestChance));
        csv.WriteField(start.ManifestHeight?.ToString(CultureInfo.InvariantCulture) ?? "");
        csv.WriteField(CsvFormat.Number(start.ManifestAtSeconds));
        csv.WriteField(Whole(start.Heirs));
        csv.WriteField(CsvFormat.Number(start.DetectedAtSeconds));
        csv.WriteField(DetectorName(start.By));
        csv.WriteField(CsvFormat.Number(start.CheckedAtSeconds));
        csv.WriteField(CsvFormat.Number(start.RepairedAtSeconds));
        csv.NextRecord();
    }

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string DetectorName(Detector by) => by switch
    {
        Detector.Checker => "checker",
        Detector.ChunkFault => "chunk-fault",
        Detector.Suppressor => "suppressor",
        Detector.StateMismatch => "state-mismatch",
        _ => "",
    };
}
