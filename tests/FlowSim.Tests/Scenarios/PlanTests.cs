using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Format;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

public sealed class PlanTests
{
    [Test]
    public void A_plan_is_every_set_under_every_seed()
    {
        IReadOnlyList<PlannedRun> runs = Plan.Of(Written.Load(Written.Good));
        Assert.That(runs.Select(r => $"{r.Set.Name} {r.Spec.Seed}"),
            Is.EqualTo(["one 1", "one 2", "one 3", "two 1", "two 2", "two 3"]));
    }

    [Test]
    public void Sets_under_one_seed_differ_in_their_parameters_only()
    {
        IReadOnlyList<PlannedRun> runs = Plan.Of(Written.Load(Written.Good));
        RunSpec one = runs[0].Spec;
        RunSpec two = runs[3].Spec;
        Assert.That(two.CruiseControl.Enabled, Is.False);
        Assert.That(
            one with { Pacemaker = two.Pacemaker, CruiseControl = two.CruiseControl, Epochs = two.Epochs },
            Is.EqualTo(two));
        Assert.That(one.Epochs, Is.EqualTo(two.Epochs));
    }

    [Test]
    public void Layers_override_key_by_key_and_the_rest_is_the_profile()
    {
        RunSpec spec = Plan.Of(Written.Load(Written.Good))[0].Spec;
        Assert.That(spec.Network.Sizes, Is.EqualTo(new Network.MessageSizes(20_000, 200, 1_000)));
        Assert.That(spec.Processing.Persist, Is.EqualTo(Quantiles.Constant(2_000_000)));
        Assert.That(spec.Processing.ValidateProposal, Is.EqualTo(Quantiles.Uniform(1_000_000, 3_000_000)));
        Assert.That(spec.Pacemaker, Is.EqualTo(PacemakerConfig.ConsensusDefault));
        Assert.That(spec.CruiseControl, Is.EqualTo(CruiseControlConfig.Default with { Ki = 0.06 }));
    }

    [Test]
    public void The_profile_has_flow_gos_defaults()
    {
        Scenario scenario = Written.Load(
            Written.Edited("constants: { KI: 0.06 }", "constants: {}")).Scenarios[0];
        Assert.That(scenario.Sets[0].Parameters,
            Is.EqualTo(new Parameters(PacemakerConfig.ConsensusDefault, CruiseControlConfig.Default)));
    }

    [Test]
    public void Epochs_lie_end_to_end_and_one_more_than_is_finished()
    {
        RunSpec spec = Plan.Of(
            Written.Load(Written.Edited("behind-schedule: 0s", "behind-schedule: 20s")))[0].Spec;
        Assert.That(spec.Epochs, Is.EqualTo(new EpochTiming[]
        {
            new(new View(0), new View(99), 80, 60),
            new(new View(100), new View(199), 80, 140),
        }));
        Assert.That(spec.Stop,
            Is.EqualTo(new StopCondition(new View(109), SimTime.FromSeconds(4 * 100 + 60))));
    }

    [TestCase("{ views: 98 }", 99, 2)]
    [TestCase("{ views: 99 }", 100, 3)]
    [TestCase("{ views: 250 }", 251, 4)]
    [TestCase("{ time: 10s }", 399, 5)]
    [TestCase("{ time: 80s }", 399, 5)]
    [TestCase("{ time: 81s }", 799, 9)]
    public void Other_lengths_have_epochs_enough(string duration, int stopView, int epochs)
    {
        string text = Written.Edited("duration: { epochs: 1 }", $"duration: {duration}");
        RunSpec spec = Plan.Of(Written.Load(text))[0].Spec;
        Assert.That(spec.Stop.View, Is.EqualTo(new View((ulong)stopView)));
        Assert.That(spec.Epochs, Has.Count.EqualTo(epochs));
        Assert.That(spec.Epochs[^1].FinalView, Is.GreaterThan(spec.Stop.View));
    }

    [Test]
    public void Another_node_renames_and_moves_none()
    {
        IReadOnlyList<NodeSpec> seven = Written.Load(Written.Good).Scenarios[0].Nodes;
        IReadOnlyList<NodeSpec> more = Written.Load(
            Written.Edited("consensus: 7", "consensus: 8")).Scenarios[0].Nodes;
        Assert.That(seven.Select(n => n.Name), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(seven[0].Name, Is.EqualTo("consensus-001"));
        Assert.That(more.Take(7), Is.EqualTo(seven));
    }

    [Test]
    public void Placement_keeps_to_the_shares_throughout()
    {
        Placement placement = new([3, 0, 2]);
        int[] sequence = [.. Enumerable.Range(0, 10).Select(_ => placement.Next())];
        Assert.That(sequence, Is.EqualTo([0, 2, 0, 2, 0, 0, 2, 0, 2, 0]));
    }

    [Test]
    public void Own_matrix_and_nodes_are_read_relative_to_the_file()
    {
        using Written files = new Written()
            .With("s.yaml", Written.Edited("rtt: aws", "rtt: m.csv").Replace(
                "{ consensus: 7, collection: 0, execution: 0, verification: 0, access: 0 }", "n.csv",
                StringComparison.Ordinal))
            .With("m.csv", "from\\to_rtt_ms,x,y\r\nx,1,69.57\r\ny,70,2\r\n")
            .With("n.csv", "role,id,region,operator,weight\nconsensus,b,y,op,5\naccess,a,x,op,0\n");
        Scenario scenario = files.Load().Scenarios[0];
        Assert.That(scenario.Network.OneWay[0], Is.EqualTo([500_000, 34_785_000]));
        Assert.That(scenario.Nodes, Is.EqualTo(new NodeSpec[]
        {
            new("a", Role.Access, 0, 0, "op"), new("b", Role.Consensus, 5, 1, "op"),
        }));
        string before = files.Load().Hash;
        files.With("m.csv", "from\\to_rtt_ms,x,y\nx,1,69.57\ny,70,2\n");
        Assert.That(files.Load().Hash, Is.Not.EqualTo(before), "the hash covers what the file draws in");
    }

    [Test]
    public void Identities_name_what_they_should()
    {
        IReadOnlyList<PlannedRun> runs = Plan.Of(Written.Load(Written.Good));
        IReadOnlyList<PlannedRun> again = Plan.Of(Written.Load(Written.Good));
        Assert.That(again.Select(r => r.Identity), Is.EqualTo(runs.Select(r => r.Identity)));
        Assert.That(runs.Select(r => r.Identity.RunId).Distinct(StringComparer.Ordinal).Count(),
            Is.EqualTo(6));
        Assert.That(runs.Select(r => r.Identity.ParamsHash).Distinct(StringComparer.Ordinal).Count(),
            Is.EqualTo(2));
        Assert.That(runs[0].Identity.RunId, Does.Match("^[0-9a-f]{64}$"));
        IReadOnlyList<PlannedRun> slower = Plan.Of(
            Written.Load(Written.Edited("build: 5ms", "build: 5.000001ms")));
        Assert.That(slower[0].Identity.ParamsHash, Is.Not.EqualTo(runs[0].Identity.ParamsHash));
    }

    [Test]
    public void A_constant_without_a_flag_is_read_planned_and_part_of_the_identity()
    {
        IReadOnlyList<PlannedRun> due = Plan.Of(Written.Load(Written.Good));
        IReadOnlyList<PlannedRun> early = Plan.Of(Written.Load(Written.Edited(
            "constants: { KI: 0.06 }", "constants: { KI: 0.06, observe-own-block: at-construction }")));
        Assert.That(early[0].Spec.CruiseControl, Is.EqualTo(due[0].Spec.CruiseControl with
        {
            OwnBlock = OwnBlockObservation.AtConstruction,
        }));
        Assert.That(early[0].Identity.ParamsHash, Is.Not.EqualTo(due[0].Identity.ParamsHash));
        using StringWriter text = new();
        PlanText.Write(text, early);
        Assert.That(text.ToString(), Does.Contain("constants changed: KI 0.06, observe-own-block at-construction"));
    }

    [Test]
    public void Anchors_may_be_used()
    {
        string text = Written.Edited("placement: { us-east-1: 3, eu-central-1: 2 }",
            "placement: &here { us-east-1: 3 }\n      sizes: &all { vote: 200B }").Replace(
            "      sizes: { vote: 200B }\n", "", StringComparison.Ordinal);
        Assert.That(Written.Load(text).Scenarios[0].Nodes.Select(n => n.Region), Is.All.EqualTo(0));
    }

    [Test]
    public void Flags_go_to_a_command_line_and_back()
    {
        Parameters[] sets = [.. Written.Load(Written.Good).Scenarios[0].Sets.Select(s => s.Parameters)];
        foreach (Parameters parameters in sets.Select(
            p => p with { CruiseControl = p.CruiseControl with { Ki = CruiseControlConfig.Default.Ki } }))
        {
            string line = Flags.Format(parameters);
            string text = Written.Edited("flags: --hotstuff-min-timeout=2s --cruise-ctl-enabled=false",
                $"flags: {line}");
            Assert.That(Written.Load(text).Scenarios[0].Sets[1].Parameters, Is.EqualTo(parameters));
        }

        Assert.That(Flags.Format(sets[1]), Is.EqualTo("--hotstuff-min-timeout=2000ms "
            + "--hotstuff-timeout-adjustment-factor=1.2 --hotstuff-happy-path-max-round-failures=6 "
            + "--cruise-ctl-enabled=false --cruise-ctl-min-view-duration=125ms "
            + "--cruise-ctl-max-view-duration=910ms --cruise-ctl-fallback-proposal-duration=250ms"));
    }

    [TestCase("--cruise-ctl-enabled", true)]
    [TestCase("--cruise-ctl-enabled=F --hotstuff-min-timeout 2s", false)]
    public void Flags_are_read_as_Go_reads_them(string line, bool enabled)
    {
        string text = Written.Edited("flags: --hotstuff-min-timeout=2s --cruise-ctl-enabled=false",
            $"flags: {line}");
        Assert.That(Written.Load(text).Scenarios[0].Sets[1].Parameters.CruiseControl.Enabled,
            Is.EqualTo(enabled));
    }
}
