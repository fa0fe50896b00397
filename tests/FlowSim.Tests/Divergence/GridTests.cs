using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.Analysis;
using FlowSim.Analysis.Divergence;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;
using FlowSim.Chain;
using FlowSim.Tests.Analysis;
using NUnit.Framework;

namespace FlowSim.Tests.Divergence;

/// <summary>Strategies against cases: what cells and scores are made of.</summary>
public sealed class GridTests
{
    private static readonly GridCase Restored = new("restored", RejoinClass.Rj6);

    [Test]
    public void A_cell_counts_starts_of_its_class_at_nodes_of_the_role()
    {
        Measurement[] runs =
        [
            Run(1, 30, Start(RejoinClass.Rj6, chunks: 10, isManifest: true),
                Start(RejoinClass.Rj1, chunks: 10, isManifest: true)),
            Run(2, 10, Start(RejoinClass.Rj6, chunks: 10, isManifest: false),
                Start(RejoinClass.Rj6, chunks: 10, isManifest: true, role: Role.Verification)),
            Run(3, 20, Start(RejoinClass.Rj6, chunks: 0, isManifest: false)),
        ];
        GridCell cell = GridCell.Of("hcu", Restored, 0.01, Role.Execution, runs, [Run(1, 5), Run(2, 5), Run(3, 5)],
            GridCell.Predicted(Restored, Role.Execution, runs, 0.01, 0.1));
        Assert.That((cell.Runs, cell.Starts), Is.EqualTo((3, 3)));
        Assert.That(cell.Exposed!.Value, Is.EqualTo(2d / 3).Within(1e-12));
        Assert.That(cell.Manifest!.Value, Is.EqualTo(1d / 3).Within(1e-12));
        Assert.That(cell.Given!.Value, Is.EqualTo(2 * Sensitivity.OfAny(0.1, 10) / 3).Within(1e-12));
        Assert.That(cell.Undetected!.Value, Is.EqualTo(1), "nothing found the only one");
        GridLoss loss = cell.Lost[0];
        Assert.That(loss.Metric, Is.EqualTo(DivergenceMetrics.ExecutionLost));
        Assert.That((loss.Mean!.Value, loss.More!.Estimate.Value), Is.EqualTo((20d, 15d)));
    }

    [Test]
    public void A_prediction_is_a_mean_over_starts_as_the_count_beside_it_is()
    {
        Measurement[] runs =
        [
            Run(1, 0, Start(RejoinClass.Rj6, 1, false)),
            Run(2, 0, Start(RejoinClass.Rj6, 0, false), Start(RejoinClass.Rj6, 0, false)),
            Run(3, 0, Start(RejoinClass.Rj1, 1, false)),
        ];
        Estimate given = GridCell.Predicted(Restored, null, runs, 0.01, 0.5)!;
        Assert.That((given.Value, given.N), Is.EqualTo((0.5 / 3, 2)).Within(1e-12));
    }

    [Test]
    public void What_is_lost_beyond_the_first_case_is_paired_by_seed()
    {
        GridCell cell = GridCell.Of("hcu", Restored, 1, null, [Run(1, 30), Run(2, 10), Run(3, 20)],
            [Run(3, 15), Run(1, 25)], null);
        Estimate more = cell.Lost[0].More!.Estimate;
        Assert.That((more.Value, more.Low, more.High, more.N), Is.EqualTo((5d, 5d, 5d, 2)));
    }

    [Test]
    public void Detected_are_those_manifest_that_somebody_found()
    {
        ProcessStart manifest = Start(RejoinClass.Rj6, 10, true);
        GridCell cell = GridCell.Of("hcu", Restored, 1, null,
            [Run(1, 0, manifest with { By = Detector.Checker }, manifest, manifest with { By = Detector.ChunkFault },
                manifest with { By = Detector.Suppressor }, Start(RejoinClass.Rj6, 10, false))], null, null);
        Assert.That((cell.Starts, cell.Manifest!.Value, cell.Undetected!.Value), Is.EqualTo((5, 0.8, 0.25)));
    }

    [TestCase(1e-9)]
    [TestCase(1e-4)]
    [TestCase(0.3)]
    public void A_chance_at_one_sensitivity_tells_that_at_another(double from)
    {
        double chance = Sensitivity.OfAny(from, 7);
        Assert.That(Sensitivity.Scaled(chance, from, 0.02), Is.EqualTo(Sensitivity.OfAny(0.02, 7)).Within(1e-9));
        Assert.That((Sensitivity.Scaled(chance, from, 1), Sensitivity.Scaled(0, from, 1)), Is.EqualTo((1d, 0d)));
    }

    [Test]
    public void A_case_without_a_class_counts_all_but_first_starts()
    {
        Measurement run = Run(1, 0, Start(RejoinClass.First, 5, true), Start(RejoinClass.Rj1, 0, false),
            Start(RejoinClass.Other, 5, true, Role.Access));
        GridCell cell = GridCell.Of("hcu", new GridCase("window", null), 1, null, [run], null, null);
        Assert.That((cell.Starts, cell.Manifest!.Value), Is.EqualTo((2, 0.5)));
        Assert.That(cell.Lost[0].More, Is.Null, "the first case is not held against itself");
    }

    [Test]
    public void A_cell_without_runs_says_nothing()
    {
        GridCell cell = GridCell.Of("hcu", Restored, 1, null, [], [], GridCell.Predicted(Restored, null, [], 0.1, 1));
        Assert.That(cell is { Runs: 0, Starts: 0, Exposed: null, Given: null, Lost.Count: 0 });
    }

    [TestCase(10, 10, 10, "met")]
    [TestCase(10, 10, 20, "not always")]
    [TestCase(20, 20, 20, "not met")]
    [TestCase(10, 10, null, "incomplete")]
    public void A_criterion_is_met_if_every_condition_holds_under_every_seed(
        double one, double two, double? three, string verdict)
    {
        Outcome outcome = new(DivergenceMetrics.ExecutionLost, null, 10);
        double?[] lost = [one, two, three];
        var score = GridScore.Of("nobody need stand by",
            [new GridCondition("a", outcome), new GridCondition("b", outcome)], "hcu", [1, 2, 3],
            (of, seed) => of is "a" ? Run(seed, 0) : lost[seed - 1] is { } value ? Run(seed, value) : null);
        Assert.That(score.Verdict, Is.EqualTo(verdict));
    }

    [Test]
    public void Tables_and_files_have_every_cell()
    {
        string[] strategies = ["hcu", "rolling"];
        GridCase[] cases = [new("window", null), Restored];
        List<GridCell> cells = [];
        foreach (string strategy in strategies)
        {
            foreach (GridCase one in cases)
                cells.Add(GridCell.Of(
                    strategy, one, 1, null, [Run(1, 3, Start(RejoinClass.Rj6, 5, true))], null, null));
        }

        var grid = new GridStudy("g", strategies, cases, [1], null, 1, cells,
            [new GridScore("safe", [], "hcu", 1, 1, 1), new GridScore("safe", [], "rolling", 0, 1, 1)]);
        Assert.That(GridTables.Of(grid).Select(table => table.Title), Is.EqualTo(new[]
        {
            "g: scoreboard", "g: manifest divergence, share of starts at sensitivity 1",
            "g: manifest divergence predicted from the exposed chunks, at sensitivity 1",
            "g: exposed, share of starts at sensitivity 1", "g: never detected, share of the manifest at sensitivity 1",
            "g: execution-lost (s per run) at sensitivity 1", "g: sealing-lost (s per run) at sensitivity 1",
            "g: finality-lost (s per run) at sensitivity 1",
        }));
        Assert.That(GridTables.Of(grid)[0].Rows[0],
            Is.EqualTo(new[] { "safe", "", "met (1 of 1)", "not met (0 of 1)" }));
        Assert.That(GridTables.Of(grid)[1].Rows[1].Take(2), Is.EqualTo(new[] { "restored", "rj6" }));
        using StringWriter text = new();
        GridCsv.WriteCells(text, grid);
        Assert.That(text.ToString().Split('\n'),
            Has.Length.EqualTo(6).And.ItemAt(1).StartsWith("g,hcu,window,,1,1,1,1,"));
    }

    private static ProcessStart Start(RejoinClass of, long chunks, bool isManifest, Role role = Role.Execution) =>
        new(of, 8, role, 1, 0, 0, true)
        {
            ExposedBlocks = chunks,
            ExposedChunks = chunks,
            ManifestChance = Sensitivity.OfAny(0.01, chunks),
            ManifestHeight = isManifest ? 7 : null,
        };

    private static Measurement Run(ulong seed, double lost, params ProcessStart[] starts) =>
        StudyTests.Run("cell", seed, null) with
        {
            Values = [new MetricValue(DivergenceMetrics.ExecutionLost.Name, lost)],
            Starts = starts,
        };
}
