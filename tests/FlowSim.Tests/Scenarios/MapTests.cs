using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Faults;
using FlowSim.Scenarios;
using FlowSim.Tests.Analysis;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Two factors of a scenario, from the file to the map.</summary>
public sealed class MapTests
{
    /// <summary>Its line 16 is the map's; 20 nodes, so that 5 % are one.</summary>
    private const string Text = """
        format: 1
        scenarios:
          - name: tiny
            question: How many may be offline?
            profile: mainnet-2024
            nodes: { consensus: 20, collection: 0, execution: 0, verification: 0, access: 0 }
            epoch: { views: 20, target-view-time: 800ms }
            seeds: 1..2
            duration: { epochs: 1 }
            sets:
              - name: base
              - name: slow
                hotstuff-min-timeout: 3s
            margins: { finality-p50: 20ms, block-rate: 1%, lost-views: 2 }
            map:
              x: { name: offline, share: [0%, 5%, 35%], fault: { crash: { role: consensus }, during: 0s.. } }
              y: { name: timeout, sets: [base, slow] }
              outcome: { metric: worst-epoch-end-error, within: 30s }
        """;

    private const string Crash = "fault: { crash: { role: consensus }, during: 0s.. }";

    [Test]
    public void Every_pair_of_levels_is_a_set_under_all_seeds()
    {
        IReadOnlyList<PlannedRun> runs = Plan.Of(Written.Load(Text));
        Assert.That(runs.Select(run => run.Set.Name).Distinct(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "base+offline-0", "base+offline-5", "base+offline-35", "slow+offline-0", "slow+offline-5",
            "slow+offline-35",
        }));
        Assert.That(runs, Has.Count.EqualTo(12));
        Assert.That(runs.Select(run => run.Identity.RunId), Is.Unique);
        Assert.That(runs.Select(run => Down(run).Count), Is.EqualTo(new[] { 0, 0, 1, 1, 7, 7, 0, 0, 1, 1, 7, 7 }));
    }

    [Test]
    public void The_nodes_of_a_smaller_share_are_among_those_of_a_larger_one_in_every_row()
    {
        IReadOnlyList<PlannedRun> runs = Plan.Of(Written.Load(Text));
        for (int seed = 0; seed < 2; seed++)
        {
            Assert.That(Down(runs[2 + seed]), Is.SubsetOf(Down(runs[4 + seed])));
            Assert.That(Down(runs[10 + seed]), Is.EqualTo(Down(runs[4 + seed])), "the other row");
        }

        Assert.That(Down(runs[5]), Is.Not.EquivalentTo(Down(runs[4])), "another seed");
    }

    [Test]
    public void Liars_are_a_factor_too()
    {
        IReadOnlyList<PlannedRun> runs = Plan.Of(Written.Load(Edited(
            Crash, "liar: { late-leader: { role: consensus }, margin: 50ms }")));
        Assert.That(runs.Select(run => run.Spec.Liars.Count), Is.EqualTo(new[] { 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1 }));
        Assert.That(runs[4].Spec.Liars[0], Is.TypeOf<Liar.LateLeader>());
        Assert.That(runs[4].Spec.Liars[0].Nodes.Members.Length, Is.EqualTo(7));
    }

    [Test]
    public void Two_shares_make_a_map_of_one_set()
    {
        string text = Edited("name: timeout, sets: [base, slow]", "name: late, share: [0%, 10%], "
            + "liar: { late-leader: { role: consensus } }").Replace(
            "      - name: slow\n        hotstuff-min-timeout: 3s\n", "", StringComparison.Ordinal);
        Assert.That(Plan.Of(Written.Load(text)).Select(run => run.Set.Name), Does.Contain("late-10+offline-35"));
    }

    [TestCase("compare")]
    [TestCase("run")]
    public void A_map_is_run_and_drawn(string verb)
    {
        using Tiny tiny = new(Text);
        (int code, string output, string error) = tiny.Call(verb);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(ExitCode.Ok));
            Assert.That(error.Split('\n'), Has.Length.EqualTo(5)
                .And.Some.StartsWith("cut short: tiny, set base+offline-35"));
            Assert.That(tiny.DerivedFiles().Keys,
                Is.EqualTo(new[] { "map.csv", "map.md", "map.png", "map.svg", "runs.csv" }));
            Assert.That(output, Does.Match(@"\| base +\| 0 % +\| 2 of 2 \| 100 % \[16–100 %\] +\| 0 +\| 0 +\|"));
            // Two thirds are needed; nothing ends without them.
            Assert.That(output, Does.Match(@"\| slow +\| 35 % +\| 0 of 2 \| 0 % \[0–84 %\] +\| 2 +\| 2 +\| - "));
            Assert.That(File.ReadLines(Path.Combine(tiny.Derived, "map.csv")).Count(), Is.EqualTo(7));
            Assert.That(File.ReadAllText(Path.Combine(tiny.Derived, "map.svg")), Does.Contain("\t100 %\n")
                .And.Contain("offline (share of the nodes)"));
        }
    }

    [Test]
    public void A_cell_counts_runs_that_are_not_measured_or_cut_short_as_not_met()
    {
        var outcome = new Outcome(MetricCatalogue.EpochEndError, -1, 1);
        MapCell cell = MapCell.Of("x", "y", outcome,
        [
            (JudgementTests.Run("a", 1, 0, -1), false), (JudgementTests.Run("a", 2, 0, 1.1), false),
            (JudgementTests.Run("a", 3, 0, null), true), (JudgementTests.Run("a", 4, 0, 0.5), true),
        ]);
        Assert.That((cell.Met, cell.Runs, cell.Unmeasured, cell.Cut), Is.EqualTo((1, 4, 1, 2)));
        // Of 1, 1.1 and 0.5: early and late do not cancel.
        Assert.That(cell.Median!.Value, Is.EqualTo(1));
        Assert.That(outcome.Text, Is.EqualTo("|epoch-end-error| ≤ 1 s"));
    }

    [TestCase("sets: [base, slow]", "sets: [base, slwo]",
        "s.yaml:17:40: there is no set 'slwo'; allowed: base, slow (did you mean 'slow'?)")]
    [TestCase("sets: [base, slow]", "sets: [base, base]", "s.yaml:17:40: set 'base' stands twice")]
    [TestCase("share: [0%, 5%, 35%]", "share: [0%, 35%, 5%]",
        "s.yaml:16:44: 5% does not rise; write shares from small to large")]
    [TestCase("share: [0%, 5%, 35%]", "share: [0%, 4%]",
        "s.yaml:16:39: this share of 20 nodes is less than one node; write 'count: 1' or a larger share")]
    [TestCase("share: [0%, 5%, 35%], ", "", "s.yaml:16:34: this lacks the key 'share', which lists the levels")]
    [TestCase("role: consensus }", "role: consensus, share: 5% }",
        "s.yaml:16:65: the levels say how many nodes are meant; leave out 'count' and 'share' here")]
    [TestCase(Crash, "fault: { loss: 2%, during: 0s.. }",
        "s.yaml:16:56: 'loss' has no share to vary; allowed: crash, pause, slow-node, clock-skew")]
    [TestCase(Crash, "sets: [base]", "s.yaml:16:34: 'share' means nothing to 'sets'; remove it")]
    [TestCase("share: [0%, 5%, 35%], " + Crash, "sets: [base]", "s.yaml:16:7: both factors are sets; one can be")]
    [TestCase("sets: [base, slow]", "share: [5%], " + Crash,
        "s.yaml:16:7: no factor is sets, and the scenario has several; make one a factor or keep one set")]
    [TestCase("within: 30s", "within: 30s, max: 1",
        "s.yaml:18:16: an outcome needs either 'within', or min, max or both")]
    [TestCase("metric: worst-epoch-end-error", "metric: lost-views",
        "s.yaml:18:46: 30s is a duration, but lost-views has the unit per 1000; write a number")]
    [TestCase("within: 30s", "within: 0s", "s.yaml:18:57: 0s allows nothing; it must be above 0")]
    [TestCase("lost-views: 2 }", "lost-views: 2s }",
        "s.yaml:14:64: 2s is a duration, but lost-views has the unit per 1000; write a number")]
    [TestCase("lost-views: 2 }", "lost-veiws: 2 }",
        "s.yaml:14:52: 'lost-veiws' is not a metric; the 8 nearest of 188 allowed (flowsim schema lists all): ")]
    public void A_mistake_is_one_line_with_its_place(string from, string to, string message)
    {
        using Written files = new Written().With("s.yaml", Edited(from, to));
        Assert.That(files.Mistake(), Does.StartWith(message));
    }

    [Test]
    public void A_map_has_no_expectation_of_a_set_and_is_shown_whole()
    {
        string text = Text + "\n    expect:\n      - { metric: finality-p50, set: base, max: 9 }\n";
        using Written files = new Written().With("s.yaml", text);
        Assert.That(files.Mistake(), Does.EndWith("the sets of a map are its cells; leave out 'set', or the map"));
        using Tiny tiny = new(Text);
        Assert.That(tiny.Call("compare", "--sets", "base").Error, Is.EqualTo(
            "scenario tiny is a map, which is shown whole; --scenario picks another\n"));
    }

    /// <summary>The map's text with one piece exchanged.</summary>
    internal static string Edited(string from, string to)
    {
        string edited = Text.Replace(from, to, StringComparison.Ordinal);
        Assert.That(edited, Is.Not.EqualTo(Text), "the edit must change something");
        return edited;
    }

    /// <summary>The map as it is, for the schema.</summary>
    internal static string Whole => Text;

    private static List<int> Down(PlannedRun run)
    {
        List<int> down = [];
        foreach (NodeFault fault in run.Spec.NodeFaults) down.AddRange(fault.Nodes.Members);
        return down;
    }
}
