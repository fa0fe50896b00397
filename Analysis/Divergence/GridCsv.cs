using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using FlowSim.Analysis.Report;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis.Divergence;

/// <summary>A grid as files: a line per cell, and a line per criterion and strategy.</summary>
public static class GridCsv
{
    /// <summary>Cells: shares with their 95 % intervals, seconds lost per run.</summary>
    public static void WriteCells(TextWriter text, GridStudy grid)
    {
        using CsvWriter csv = CsvFormat.Writer(text);
        WriteAll(csv, ["scenario", "strategy", "case", "class", "sensitivity", "runs", "starts"]);
        foreach (string share in (string[])["exposed", "manifest", "manifest-given-exposure", "never-detected"])
            WriteAll(csv, [share, $"{share}-low95", $"{share}-high95", $"{share}-n"]);
        foreach (Metrics.MetricDefinition metric in GridCell.Losses)
        {
            foreach (string figure in (string[])[metric.Name, $"{metric.Name}-beyond-first-case"])
                WriteAll(csv, [figure, $"{figure}-low95", $"{figure}-high95", $"{figure}-n"]);
        }

        csv.NextRecord();
        foreach (GridCell cell in grid.Cells) Write(csv, grid, cell);
    }

    /// <summary>The scoreboard.</summary>
    public static void WriteScores(TextWriter text, GridStudy grid)
    {
        using CsvWriter csv = CsvFormat.Writer(text);
        WriteAll(csv, ["scenario", "criterion", "conditions", "strategy", "verdict", "met", "seeds", "planned"]);
        csv.NextRecord();
        foreach (GridScore score in grid.Scoreboard)
        {
            List<string> conditions = [];
            foreach (GridCondition condition in score.Conditions)
                conditions.Add($"{condition.Case}: {condition.Outcome.Text}");
            WriteAll(csv, [grid.Scenario, score.Criterion, string.Join("; ", conditions), score.Strategy,
                score.Verdict, Whole(score.Met), Whole(score.Seeds), Whole(score.Planned)]);
            csv.NextRecord();
        }
    }

    private static void Write(CsvWriter csv, GridStudy grid, GridCell cell)
    {
        WriteAll(csv, [grid.Scenario, cell.Strategy, cell.Case.Name,
            cell.Case.Class is { } of ? ClassMetrics.NameOf(of) : "", CsvFormat.Number(cell.Sensitivity),
            Whole(cell.Runs), Whole(cell.Starts)]);
        foreach (Estimate? share in (Estimate?[])[cell.Exposed, cell.Manifest, cell.Given, cell.Undetected])
            Write(csv, share);
        for (int i = 0; i < GridCell.Losses.Count; i++)
        {
            GridLoss? loss = i < cell.Lost.Count ? cell.Lost[i] : null;
            Write(csv, loss?.Mean);
            Write(csv, loss?.More?.Estimate);
        }

        csv.NextRecord();
    }

    private static void Write(CsvWriter csv, Estimate? estimate) => WriteAll(csv, [CsvFormat.Number(estimate?.Value),
        CsvFormat.Number(estimate?.Low), CsvFormat.Number(estimate?.High), Whole(estimate?.N ?? 0)]);

    private static void WriteAll(CsvWriter csv, IReadOnlyList<string> fields)
    {
        foreach (string field in fields) csv.WriteField(field);
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
