using System;
using System.IO;
using System.Linq;
using FlowSim.Analysis;
using FlowSim.Analysis.Divergence;
using FlowSim.Analysis.Report;
using FlowSim.Analysis.Statistics;
using NUnit.Framework;

namespace FlowSim.Tests.Divergence;

/// <summary>Where each figure of a grid is written down; all cells and figures differ.</summary>
public sealed class GridTableTests
{
    private static readonly GridCase First = new("calm", null);
    private static readonly GridCase Second = new("restored", RejoinClass.Rj6);
    private static readonly GridStudy Grid = Study(Cell("a", First, 1, 1), Cell("a", First, 0.01, 2),
        Cell("a", Second, 1, 3), Cell("a", Second, 0.01, 4), Cell("b", First, 1, 5), Cell("b", First, 0.01, 6),
        Cell("b", Second, 1, 7), Cell("b", Second, 0.01, 8));

    [TestCase("manifest divergence, share of starts at sensitivity 1", "0.21 [0.20, 0.22] of 1001",
        "0.25 [0.24, 0.26] of 1005", "0.23 [0.22, 0.24] of 1003", "0.27 [0.26, 0.28] of 1007")]
    [TestCase("manifest divergence, share of starts at sensitivity 0.01", "0.22 [0.21, 0.23] of 1002",
        "0.26 [0.25, 0.27] of 1006", "0.24 [0.23, 0.25] of 1004", "0.28 [0.27, 0.29] of 1008")]
    [TestCase("manifest divergence predicted from the exposed chunks, at sensitivity 1", "0.31 ± 0.01 (n=3)",
        "0.35 ± 0.01 (n=3)", "0.33 ± 0.01 (n=3)", "0.37 ± 0.01 (n=3)")]
    [TestCase("exposed, share of starts at sensitivity 0.01", "0.12 [0.11, 0.13]", "0.16 [0.15, 0.17]",
        "0.14 [0.13, 0.15]", "0.18 [0.17, 0.19]")]
    [TestCase("never detected, share of the manifest at sensitivity 1", "0.41 [0.40, 0.42]", "0.45 [0.44, 0.46]",
        "0.43 [0.42, 0.44]", "0.47 [0.46, 0.48]")]
    [TestCase("execution-lost (s per run) at sensitivity 1", "51.0 ± 1.0 (+61.0 ± 1.0)", "55.0 ± 1.0 (+65.0 ± 1.0)",
        "53.0 ± 1.0 (+63.0 ± 1.0)", "57.0 ± 1.0 (+67.0 ± 1.0)")]
    [TestCase("sealing-lost (s per run) at sensitivity 1", "71.0 ± 1.0 (-81.0 ± 1.0)", "75.0 ± 1.0 (-85.0 ± 1.0)",
        "73.0 ± 1.0 (-83.0 ± 1.0)", "77.0 ± 1.0 (-87.0 ± 1.0)")]
    [TestCase("finality-lost (s per run) at sensitivity 1", "91.0", "95.0", "93.0", "97.0")]
    public void Each_figure_stands_at_its_strategy_and_case(string title, string aFirst, string bFirst, string aSecond,
        string bSecond)
    {
        SummaryTable table = Table(Grid, title);
        Assert.That(table.Header.Skip(2), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(table.Rows[0].Skip(2), Is.EqualTo(new[] { aFirst, bFirst }));
        Assert.That(table.Rows[1].Skip(2), Is.EqualTo(new[] { aSecond, bSecond }));
    }

    [Test]
    public void A_terminal_shows_who_diverges_what_it_costs_and_the_scores() => Assert.That(
        GridTables.Headlines(Grid).Select(table => table.Title), Is.EqualTo(new[]
        {
            "g: manifest divergence, share of starts at sensitivity 1",
            "g: manifest divergence, share of starts at sensitivity 0.01",
            "g: execution-lost (s per run) at sensitivity 1", "g: scoreboard",
        }));

    /// <summary>A dash is no measurement, 0 is one.</summary>
    [Test]
    public void What_did_not_happen_is_a_dash_and_what_never_came_of_it_is_0()
    {
        Estimate none = Proportion.Of(0, 3);
        GridCell absent = Empty("a") with { Exposed = null, Manifest = null, Given = null, Undetected = null };
        GridCell harmless = Empty("b") with
        {
            Starts = 3, Exposed = none, Manifest = none, Given = new Estimate(0, 0, 0, "share", 3), Undetected = null,
        };
        GridStudy grid = new("g", ["a", "b"], [First], [1], null, 3, [absent, harmless], []);
        Assert.That(GridTables.Of(grid).Select(table => string.Join(' ', table.Rows[0].Skip(2))), Is.EqualTo(new[]
        {
            "- 0.00 [0.00, 0.71] of 3", "- 0 (n=3, all alike)", "- 0.00 [0.00, 0.71]", "- -", "- -", "- -", "- -",
        }));
    }

    [Test]
    public void Files_have_each_figure_under_its_name()
    {
        using StringWriter cells = new();
        GridCsv.WriteCells(cells, Grid);
        string[][] lines = [.. cells.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(','))];
        string Of(string name) => lines[4][Array.IndexOf(lines[0], name)];
        Assert.That(lines, Has.Length.EqualTo(9));
        Assert.That(lines[4].Take(7), Is.EqualTo(new[] { "g", "a", "restored", "rj6", "0.01", "3", "1004" }));
        Assert.That(((string[])["exposed", "manifest", "manifest-given-exposure", "never-detected", "execution-lost",
            "execution-lost-beyond-first-case", "sealing-lost", "sealing-lost-beyond-first-case", "finality-lost"])
            .Select(Of), Is.EqualTo(new[] { "0.14", "0.24", "0.34", "0.44", "54", "64", "74", "-84", "94" }));
        Assert.That((Of("execution-lost-low95"), Of("execution-lost-high95"), Of("execution-lost-n")),
            Is.EqualTo(("53", "55", "3")));
        Assert.That((Of("finality-lost-beyond-first-case"), Of("finality-lost-beyond-first-case-n")),
            Is.EqualTo(("", "0")));
        using StringWriter scores = new();
        GridCsv.WriteScores(scores, Grid);
        Assert.That(scores.ToString().Split('\n')[1],
            Is.EqualTo("g,safe,restored: finality-lost ≤ 5 s,a,incomplete,1,2,3"));
    }

    private static SummaryTable Table(GridStudy grid, string title) =>
        GridTables.Of(grid).Single(table => string.Equals(table.Title, $"g: {title}", StringComparison.Ordinal));

    private static GridStudy Study(params GridCell[] cells) => new("g", ["a", "b"], [First, Second], [1, 0.01], null,
        3, cells,
        [
            new GridScore("safe", [new GridCondition("restored", new Outcome(DivergenceMetrics.FinalityLost, null, 5))],
                "a", 1, 2, 3),
            new GridScore("safe", [], "b", 3, 3, 3),
        ]);

    private static GridCell Empty(string strategy) =>
        new(strategy, First, 1, 3, 0, null, null, null, null, []);

    private static GridCell Cell(string strategy, GridCase one, double sensitivity, int number) => new(strategy, one,
        sensitivity, 3, 1_000 + number, Share(10 + number), Share(20 + number), Share(30 + number), Share(40 + number),
        [
            new GridLoss(GridCell.Losses[0], Seconds(50 + number), More(60 + number)),
            new GridLoss(GridCell.Losses[1], Seconds(70 + number), More(-80 - number)),
            new GridLoss(GridCell.Losses[2], new Estimate(90 + number, double.NaN, double.NaN, "s", 1), null),
        ]);

    private static Estimate Share(int percent) =>
        new(percent / 100.0, (percent - 1) / 100.0, (percent + 1) / 100.0, "share", 3);

    private static Estimate Seconds(int value) => new(value, value - 1, value + 1, "s", 3);

    private static PairedDifference More(int value) =>
        PairedDifference.Of([(value, 0)], "s")! with { Estimate = Seconds(value) };
}
