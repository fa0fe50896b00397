using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Scenarios;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Strategies against cases in a scenario, from the file to the tables.</summary>
public sealed class GridFormatTests
{
    /// <summary>Its line 19 is the grid's.</summary>
    private const string Text = """
        format: 1
        scenarios:
          - name: tiny
            question: Who comes back wrong?
            profile: mainnet-2025
            nodes: { consensus: 4, collection: 1, execution: 3, verification: 3, access: 1 }
            pipeline: { clusters: 1, workload: { rate: 0.5 }, switches: { ledger: service } }
            epoch: { views: 1000, target-view-time: 800ms }
            protocol: { staking-views: 900, dkg-phase-views: 20, safety-threshold: 20, extension-views: 100 }
            upgrade:
              images:
                - { name: old, version: 0.41.0 }
                - { name: new, version: 0.42.0, behaviours: [ { name: metering, sensitivity: 0.5 } ] }
              operators: { downtime: 5s }
            seeds: 1..2
            duration: { time: 40s }
            sets:
              - name: base
            grid:
              role: execution
              sensitivities: [1, 0]
              strategies:
                - name: hcu
                  protocol:
                    governance:
                      - { at: 1s, freeze-period: 5 }
                      - { at: 2s, version-boundary: { height: 40, version: 0.42.0 } }
                  upgrade: { strategy: { name: hcu } }
                - { name: rolling, upgrade: { specified: [ { image: new, from-height: 40 } ] } }
              cases:
                - { name: calm }
                - name: early
                  class: rj2
                  upgrade: { mistakes: [ { act: swap, of: { nodes: [execution-003] }, at: 5s, image: new } ] }
                - { name: away, class: rj1, faults: [ { crash: { nodes: [execution-003] }, during: 5s..10s } ] }
              scoreboard:
                - { name: held, all: [ { case: early, metric: rj2-exposed, max: 0 } ] }
        """;

    [Test]
    public void Every_strategy_meets_every_case_at_every_sensitivity_under_all_seeds()
    {
        IReadOnlyList<PlannedRun> runs = Plan.Of(Written.Load(Text));
        Assert.That(runs.Where(run => run.Spec.Seed == 1).Select(run => run.Set.Name), Is.EqualTo(new[]
        {
            "hcu+calm+1", "hcu+calm+0", "hcu+early+1", "hcu+early+0", "hcu+away+1", "hcu+away+0",
            "rolling+calm+1", "rolling+calm+0", "rolling+early+1", "rolling+early+0", "rolling+away+1",
            "rolling+away+0",
        }));
        Assert.That(runs, Has.Count.EqualTo(24));
        Assert.That(runs.Where(run => run.Spec.Seed == 1).Select(run => run.Identity.ParamsHash), Is.Unique);
        RunSpec Spec(string set) => runs.First(run => string.Equals(run.Set.Name, set, StringComparison.Ordinal)).Spec;
        Assert.That(Spec("hcu+calm+1").Upgrade!.Strategy, Is.EqualTo(new HeightCoordinatedUpgrade()));
        Assert.That(Spec("rolling+calm+1").Upgrade!.Strategy, Is.EqualTo(new RollingUpgrade()));
        Assert.That(Spec("hcu+calm+1").Protocol!.Governance, Has.Count.EqualTo(2));
        Assert.That(Spec("rolling+calm+1").Protocol!.Governance, Is.Empty);
        Assert.That(Spec("rolling+early+0").Upgrade!.Acts, Has.Count.EqualTo(1));
        Assert.That(Spec("rolling+away+0").NodeFaults, Has.Count.EqualTo(1));
        Assert.That(Spec("rolling+calm+0").Upgrade!.Images[1].Behaviours[0].Behaviour,
            Is.EqualTo(new Behaviour(FlowSim.Kernel.Mix64.OfText("metering"), 0)), "the grid's, not the image's");
    }

    [TestCase("run")]
    [TestCase("compare")]
    public void A_grid_is_run_and_shown(string verb)
    {
        using Tiny tiny = new(Text);
        (int code, string output, string error) = tiny.Call(verb, "--workers", "1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, error), Is.EqualTo((ExitCode.Ok, "")));
            Assert.That(tiny.DerivedFiles().Keys, Is.EqualTo(new[]
                { "divergence.csv", "divergence.md", "grid.csv", "grid.md", "runs.csv", "scoreboard.csv" }));
            Assert.That(output, Does.Match(@"\| early +\| rj2 +\| 1\.00 \[0\.16, 1\.00\] of 2 \| 1\.00 \["));
            Assert.That(output, Does.Match(
                @"\| away +\| rj1 +\| 0\.00 \[0\.00, 0\.84\] of 6 \| 0\.00 \[0\.00, 0\.84\] of 2 \|"));
            Assert.That(output, Does.Match(@"\| held +\| +\| not met \(0 of 2\) \| not met \(0 of 2\) \|"));
            Assert.That(File.ReadLines(Path.Combine(tiny.Derived, "grid.csv")).Count(), Is.EqualTo(13));
        }
    }

    [TestCase("sensitivities: [1, 0]", "sensitivities: [0, 1]", "s.yaml:21:22: sensitivities must fall")]
    [TestCase("    seeds: 1..2", "    calm-from: 8s\n    seeds: 1..2",
        "s.yaml:36:92: 5s..10s reaches beyond calm-from, 8s")]
    [TestCase("name: rolling,", "name: hcu,", "s.yaml:29:19: two strategies are called 'hcu'; rename one")]
    [TestCase("name: away,", "name: calm,", "s.yaml:35:19: two cases are called 'calm'; rename one")]
    [TestCase("class: rj2", "class: rj13", "s.yaml:33:18: 'rj13' is not a class of starts; ")]
    [TestCase("case: early,", "case: erly,", "s.yaml:37:40: there is no case 'erly'; allowed: calm, early, away (did")]
    [TestCase("      - name: base", "      - name: base\n      - name: other",
        "s.yaml:19:15: the sets of a grid are its cells; keep one set to start from")]
    [TestCase("[ { image: new, from-height: 40 } ] } }", "[ { image: nwe, from-height: 40 } ] } }",
        "s.yaml:29:61: there is no image 'nwe'; ")]
    [TestCase("nodes: [execution-003] }, at: 5s, image: new", "nodes: [execution-004] }, at: 5s, image: new",
        "s.yaml:34:61: there is no node 'execution-004'; ")]
    [TestCase("- name: hcu\n          protocol:", "- name: hcu\n          protcol:",
        "s.yaml:24:11: unknown key 'protcol' in a strategy of a grid; ")]
    public void A_mistake_is_one_line_with_its_place(string from, string to, string message)
    {
        string edited = Text.Replace(from, to, StringComparison.Ordinal);
        Assert.That(edited, Is.Not.EqualTo(Text), "the edit must change something");
        using Written files = new Written().With("s.yaml", edited);
        Assert.That(files.Mistake(), Does.StartWith(message));
    }

    [Test]
    public void A_grid_has_no_expectations_and_is_no_map()
    {
        using Written expecting = new Written().With("s.yaml",
            Text + "\n    expect:\n      - { metric: finality-p50, max: 9 }\n");
        Assert.That(expecting.Mistake(),
            Does.EndWith("what is expected of a grid stands in its scoreboard; remove this"));
        string axis = "name: offline, share: [0%, 50%], fault: { crash: { role: consensus }, during: 0s.. }";
        using Written mapped = new Written().With("s.yaml", Text + $"\n    map:\n      x: {{ {axis} }}\n"
            + $"      y: {{ {axis} }}\n      outcome: {{ metric: lost-views, max: 1 }}\n");
        Assert.That(mapped.Mistake(), Does.EndWith("a scenario is a map or a grid; remove one"));
    }
}
