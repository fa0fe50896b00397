using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis.Divergence;

/// <summary>A grid as tables: cases down, strategies across.</summary>
public static class GridTables
{
    private const string None = "-";

    /// <summary>What a terminal shows: who comes to another end, what is lost, and the scoreboard.</summary>
    public static IReadOnlyList<SummaryTable> Headlines(GridStudy grid) =>
    [
        .. grid.Sensitivities.Select(sensitivity => Manifest(grid, sensitivity)),
        Lost(grid, DivergenceMetrics.ExecutionLost),
        .. grid.Scoreboard.Count > 0 ? (IEnumerable<SummaryTable>)[Scores(grid)] : [],
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SummaryTable> Of(GridStudy grid) =>
    [
        .. grid.Scoreboard.Count > 0 ? (IEnumerable<SummaryTable>)[Scores(grid)] : [],
        .. grid.Sensitivities.Select(sensitivity => Manifest(grid, sensitivity)),
        .. grid.Sensitivities.Select(sensitivity => Given(grid, sensitivity)),
        Matrix(grid, $"exposed, share of starts at sensitivity {Text(grid.Sensitivities[^1])}",
            ExposedNotes, (cell, _) => ShareText(cell.Exposed), grid.Sensitivities[^1]),
        .. grid.Sensitivities.Select(sensitivity => Undetected(grid, sensitivity)),
        .. GridCell.Losses.Select(metric => Lost(grid, metric)),
    ];

    private static readonly string[] ExposedNotes =
    [
        "those that ran another behaviour than the specified one on a block or chunk; at the lowest sensitivity, where "
            + "fewest end over being wrong",
    ];

    private static SummaryTable Manifest(GridStudy grid, double sensitivity) => Matrix(grid,
        $"manifest divergence, share of starts at sensitivity {Text(sensitivity)}",
        ["those that came to another end than the specified one, counted: share [95 % interval] of starts"],
        (cell, _) => cell.Starts == 0 ? None : $"{ShareText(cell.Manifest)} of {cell.Starts}", sensitivity);

    private static SummaryTable Given(GridStudy grid, double sensitivity) => Matrix(grid,
        $"manifest divergence predicted from the exposed chunks, at sensitivity {Text(sensitivity)}",
        [
            "mean over starts of 1 − (1 − s)^k ± 95 % interval over runs, k their exposed chunks at the lowest "
                + "sensitivity, where hardly anybody ends over being wrong: to be held against what was counted, and "
                + "the figure where differences are too rare to be counted",
        ], (cell, _) => cell.Given is { } given ? given.ToShortText(3) : None, sensitivity);

    private static SummaryTable Undetected(GridStudy grid, double sensitivity) => Matrix(grid,
        $"never detected, share of the manifest at sensitivity {Text(sensitivity)}",
        ["what nothing found until the run's end; - where nothing was manifest"],
        (cell, _) => ShareText(cell.Undetected), sensitivity);

    private static SummaryTable Lost(GridStudy grid, MetricDefinition metric) => Matrix(grid,
        $"{metric.Name} (s per run) at sensitivity {Text(grid.Sensitivities[0])}",
        [
            $"{metric.Meaning}: mean ± 95 % interval over runs; in brackets what is beyond the same strategy's "
                + $"'{grid.Cases[0].Name}', paired by seed",
        ], (cell, _) => LossText(cell, metric), grid.Sensitivities[0]);

    private static SummaryTable Matrix(
        GridStudy grid, string title, IReadOnlyList<string> notes, Func<GridCell, string, string> text,
        double sensitivity)
    {
        List<IReadOnlyList<string>> rows = [];
        foreach (GridCase one in grid.Cases)
        {
            rows.Add([one.Name, ClassText(one), .. grid.Strategies.Select(strategy =>
                text(grid.Cell(strategy, one, sensitivity), strategy))]);
        }

        return new SummaryTable($"{grid.Scenario}: {title}", ["case", "starts of", .. grid.Strategies], rows,
            [.. notes, CoverageText(grid, sensitivity)]);
    }

    private static SummaryTable Scores(GridStudy grid)
    {
        List<IReadOnlyList<string>> rows = [];
        List<string> notes =
            ["met: every seed meets it; not always: some do. At the first sensitivity; seeds that meet it of all"];
        foreach (IGrouping<string, GridScore> criterion in
            grid.Scoreboard.GroupBy(score => score.Criterion, StringComparer.Ordinal))
        {
            rows.Add([criterion.Key, "", .. criterion.Select(score =>
                FormattableString.Invariant($"{score.Verdict} ({score.Met} of {score.Seeds})"))]);
            IEnumerable<string> conditions = criterion.First().Conditions
                .Select(condition => $"{condition.Outcome.Text} in {condition.Case}");
            notes.Add($"{criterion.Key}: {string.Join(" and ", conditions)}");
        }

        return new SummaryTable($"{grid.Scenario}: scoreboard", ["criterion", "", .. grid.Strategies], rows, notes);
    }

    private static string ClassText(GridCase one) =>
        one.Class is { } of ? ClassMetrics.NameOf(of) : "restarts and new nodes";

    private static string CoverageText(GridStudy grid, double sensitivity)
    {
        int[] runs = [.. grid.Cells.Where(cell => cell.Sensitivity == sensitivity).Select(cell => cell.Runs)];
        string whose = grid.Role is { } role ? $" at {role.ToString().ToLowerInvariant()} nodes" : "";
        return FormattableString.Invariant($"n = {runs.Min()} to {runs.Max()} runs per cell of {grid.Seeds} planned; ")
            + $"starts{whose}; the run is the unit of every interval; how long operators take is an assumption";
    }

    private static string LossText(GridCell cell, MetricDefinition metric)
    {
        foreach (GridLoss loss in cell.Lost)
        {
            if (loss.Metric != metric || loss.Mean is not { } mean) continue;
            string text = mean.ToBareText(1);
            return loss.More is { } more
                ? $"{text} ({(more.Estimate.Value > 0 ? "+" : "")}{more.Estimate.ToBareText(1)})"
                : text;
        }

        return None;
    }

    private static string ShareText(Estimate? share) => share is null ? None
        : share.HasInterval ? FormattableString.Invariant($"{share.Value:F2} [{share.Low:F2}, {share.High:F2}]")
        : FormattableString.Invariant($"{share.Value:F2}");

    private static string Text(double sensitivity) => FormattableString.Invariant($"{sensitivity:0.#########}");
}
