using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Divergence;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;
using FlowSim.Chain;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Records;
using FlowSim.Scenarios.Running;
using FlowSim.Tests.Analysis;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Which runs a cell and a score are made of, and what lies over what; every run has figures of its own.
/// </summary>
public sealed class GridReportTests
{
    private const string Text = """
        format: 1
        scenarios:
          - name: tiny
            question: Whose?
            profile: mainnet-2025
            nodes: { consensus: 4, collection: 1, execution: 3, verification: 3, access: 1 }
            pipeline: { clusters: 1, workload: { rate: 0.5 }, switches: { ledger: service } }
            epoch: { views: 1000, target-view-time: 800ms }
            protocol: { staking-views: 800, dkg-phase-views: 20, safety-threshold: 20, extension-views: 100 }
            upgrade:
              images:
                - { name: old, version: 0.41.0 }
                - { name: new, version: 0.42.0, behaviours: [ { name: metering, sensitivity: 1 } ] }
              operators: { downtime: 5s }
            seeds: 1..3
            duration: { time: 40s }
            sets: [ { name: base } ]
            grid:
              sensitivities: [1, 0.1, 0.0000001]
              strategies:
                - { name: a, protocol: { safety-threshold: 30 }, upgrade: { operators: { downtime: 7s } } }
                - { name: b }
              cases:
                - { name: calm }
                - name: early
                  class: rj2
                  protocol: { safety-threshold: 40 }
                  upgrade: { operators: { downtime: 9s } }
              scoreboard:
                - { name: short, all: [ { case: calm, metric: execution-lost, max: 109 } ] }
                - { name: long, all: [ { case: early, metric: execution-lost, min: 1202 } ] }
        """;

    private static readonly IReadOnlyList<PlannedRun> Runs = Plan.Of(Written.Load(Text));

    [TestCase("a+calm+1", 30, 7, 1_000_000_000)]
    [TestCase("a+early+0.1", 40, 9, 100_000_000)]
    [TestCase("b+calm+0.0000001", 20, 5, 100)]
    [TestCase("b+early+1", 40, 9, 1_000_000_000)]
    public void A_case_lies_over_a_strategy_and_that_over_the_scenario(
        string cell, int threshold, int downtime, long perBillion)
    {
        RunSpec spec = Runs.First(run => string.Equals(run.Set.Name, cell, StringComparison.Ordinal)).Spec;
        Assert.That(spec.Protocol!.SafetyThreshold, Is.EqualTo(threshold));
        Assert.That(spec.Upgrade!.Operators.DowntimeOf(Role.Access).Value(0) / 1e9, Is.EqualTo(downtime));
        Assert.That(spec.Upgrade.Images[1].Behaviours[0].Behaviour.SensitivityPerBillion, Is.EqualTo(perBillion));
    }

    [Test]
    public void A_cell_has_the_runs_of_its_strategy_case_and_sensitivity()
    {
        GridStudy grid = Report(Runs);
        Assert.That(grid.Cells.Select(cell => cell.Lost[0].Mean!.Value),
            Is.EqualTo(Runs.Where(run => run.Spec.Seed == 2).Select(LostIn)));
        Assert.That(grid.Cells.Select(cell => (cell.Strategy, cell.Case.Name, cell.Sensitivity)).Distinct().Count(),
            Is.EqualTo(12));
        foreach (GridCell cell in grid.Cells)
            Assert.That(grid.Cell(cell.Strategy, cell.Case, cell.Sensitivity), Is.SameAs(cell));
    }

    /// <summary>What is lost differs by 100 with the case and by 1,000 with the strategy; the second seed has no more
    /// to tell than the first.</summary>
    [Test]
    public void A_case_is_held_against_the_first_of_the_same_strategy_at_the_same_sensitivity()
    {
        foreach (GridCell cell in Report(Runs).Cells)
        {
            PairedDifference? more = cell.Lost[0].More;
            Assert.That(more is null, Is.EqualTo(cell.Case.Name is "calm"));
            if (more is null) continue;
            Assert.That((more.Estimate.Value, more.Estimate.Low, more.Estimate.High, more.Estimate.N),
                Is.EqualTo((100d, 100d, 100d, 3)), "the seeds, apart by 1, cancel");
        }
    }

    /// <summary>One exposed chunk in each run at the lowest sensitivity, nine at the others.</summary>
    [Test]
    public void Exposure_is_that_at_the_lowest_sensitivity() => Assert.That(
        Report(Runs).Cells.Where(cell => cell.Case.Name is "early").Select(cell => cell.Given!.Value),
        Is.EqualTo(new[] { 1, 0.1, 1e-7, 1, 0.1, 1e-7 }).Within(1e-9));

    [Test]
    public void A_score_is_about_the_seeds_at_the_first_sensitivity()
    {
        IReadOnlyList<GridScore> scores = Report(Runs).Scoreboard;
        Assert.That(scores.Select(score => $"{score.Criterion} {score.Strategy} {score.Verdict}: {score.Met}"),
            Is.EqualTo(new[] { "short a met: 3", "short b not met: 0", "long a not met: 0", "long b not always: 2" }));
        Assert.That(Report([.. Runs.Where(run => run.Spec.Seed != 2)]).Scoreboard.Select(score => score.Verdict),
            Is.All.EqualTo("incomplete"));
    }

    [Test]
    public void A_run_that_is_short_of_its_plan_counts_nowhere()
    {
        PlannedRun cut = Runs[0];
        GridStudy grid = Report(Runs, cut);
        Assert.That(grid.Cells.Select(cell => cell.Runs), Is.EqualTo(new[] { 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 }));
        Assert.That(grid.Scoreboard[0].Verdict, Is.EqualTo("incomplete"));
    }

    /// <summary>The seed, 10 per sensitivity, 100 per case, 1,000 per strategy.</summary>
    private static double LostIn(PlannedRun run)
    {
        string[] parts = run.Set.Name.Split('+');
        return (double)run.Spec.Seed + 10 * Array.IndexOf(["1", "0.1", "0.0000001"], parts[2])
            + (parts[1] is "early" ? 200 : 100) + (parts[0] is "b" ? 1_000 : 0);
    }

    private static GridStudy Report(IReadOnlyList<PlannedRun> runs, PlannedRun? cut = null)
    {
        (PlannedRun, RunRecord)[] on = [.. runs.Select(run => (run, Record(run, run == cut)))];
        return GridReport.Of(new OnRecord(runs[0].Scenario, runs.Count, on, []), runs[0].Scenario.Grid!);
    }

    private static RunRecord Record(PlannedRun run, bool isCut)
    {
        bool isLowest = run.Set.Name.EndsWith("0.0000001", StringComparison.Ordinal);
        double own = run.Set.Name.EndsWith("0.1", StringComparison.Ordinal) ? 0.1 : isLowest ? 1e-7 : 1;
        Measurement measured = StudyTests.Run(run.Set.Name, run.Spec.Seed, null) with
        {
            Values = [new MetricValue(DivergenceMetrics.ExecutionLost.Name, LostIn(run))],
            Starts =
            [
                new ProcessStart(RejoinClass.Rj2, 5, Role.Execution, 1, 0, 0, true)
                {
                    ManifestChance = Sensitivity.OfAny(own, isLowest ? 1 : 9),
                },
            ],
        };
        return new RunRecord(run.Identity, "", "", "", [], 1, isCut ? run.Spec.Stop.View.Value : 0, 0, 0, measured);
    }
}
