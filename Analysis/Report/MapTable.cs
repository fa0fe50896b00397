using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis.Report;

/// <summary>A map as a table and as a file: a line per cell.</summary>
public static class MapTable
{
    private static readonly string[] Columns =
    [
        "scenario", "x", "y", "outcome", "met", "runs", "probability", "low95", "high95", "not-measured", "cut-short",
        "median", "median-low95", "median-high95", "measured",
    ];

    public static SummaryTable Of(MapStudy map)
    {
        string unit = map.Outcome.Metric.Unit;
        List<IReadOnlyList<string>> rows = [];
        foreach (MapCell cell in map.Cells)
        {
            rows.Add([cell.Y, cell.X, FormattableString.Invariant($"{cell.Met} of {cell.Runs}"),
                cell.Probability is { } share ? $"{Percent(share.Value)} % [{RangeText(share)}]" : "-",
                Whole(cell.Unmeasured), Whole(cell.Cut), MedianText(cell, map.Outcome.Metric.Decimals)]);
        }

        return new SummaryTable($"{map.Scenario}: {map.Outcome.Text}",
            [map.YName, map.XName, "met", "probability [95 %]", "not measured", "cut short", $"median ({unit})"], rows,
            [
                "probability with Wilson's 95 % interval, Clopper and Pearson's where all runs met it or none did",
                "a run without the metric, or cut short of its plan, counts as not met",
                $"median of {map.Outcome.MeasuredText} over the runs that have it, with the 95 % interval between "
                    + "order statistics; where runs are not measured it tells of the others only",
                "all cells have the same seeds; the nodes of a smaller share are among those of a larger one",
            ]);
    }

    public static void WriteCsv(TextWriter text, MapStudy map)
    {
        using CsvWriter csv = CsvFormat.Writer(text);
        foreach (string column in Columns) csv.WriteField(column);
        csv.NextRecord();
        foreach (MapCell cell in map.Cells)
        {
            foreach (string field in (string[])[map.Scenario, cell.X, cell.Y, map.Outcome.Text]) csv.WriteField(field);
            csv.WriteField(Whole(cell.Met));
            csv.WriteField(Whole(cell.Runs));
            Write(csv, cell.Probability);
            csv.WriteField(Whole(cell.Unmeasured));
            csv.WriteField(Whole(cell.Cut));
            Write(csv, cell.Median);
            csv.WriteField(Whole(cell.Median?.N ?? 0));
            csv.NextRecord();
        }
    }

    /// <summary>The interval of a share in per cent, for instance <c>39–78 %</c>.</summary>
    public static string RangeText(Estimate share) => $"{Percent(share.Low)}–{Percent(share.High)} %";

    /// <summary>A share in per cent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture);

    private static string MedianText(MapCell cell, int decimals)
    {
        if (cell.Median is not { } median) return "-";
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        string interval = median.HasInterval ? $" [{Text(median.Low)}, {Text(median.High)}]" : " [no interval]";
        return FormattableString.Invariant($"{Text(median.Value)}{interval} (n={median.N})");
    }

    private static void Write(CsvWriter csv, Estimate? estimate)
    {
        csv.WriteField(CsvFormat.Number(estimate?.Value));
        csv.WriteField(CsvFormat.Number(estimate?.Low));
        csv.WriteField(CsvFormat.Number(estimate?.High));
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
