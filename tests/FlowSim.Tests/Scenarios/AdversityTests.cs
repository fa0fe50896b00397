using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Faults and liars in scenario files.</summary>
public sealed class AdversityTests
{
    private const string Share = "crash: { role: consensus, share: 20% }";

    [Test]
    public void What_is_written_is_what_runs_meet()
    {
        RunSpec spec = Plan.Of(Written.Load(Written.Stormy))[0].Spec;
        var loss = (LinkFault.Loss)spec.LinkFaults[0];
        Assert.That(loss.ChancePerMillion, Is.EqualTo(20_000));
        Assert.That(loss.During, Is.EqualTo(new Window(SimTime.FromSeconds(10), SimTime.FromSeconds(20))));
        Assert.That(loss.Senders.Members.ToArray().Select(i => spec.Nodes[i].Region).Distinct(),
            Is.EqualTo(new[] { 0 }));
        Assert.That(loss.Receivers.Members.Length, Is.EqualTo(8), "everyone, the second twin included");
        var slow = (LinkFault.Slow)spec.LinkFaults[1];
        Assert.That((slow.FactorPerMillion, slow.Extra),
            Is.EqualTo((3_000_000L, SimDuration.FromMilliseconds(50))));
        var twice = (LinkFault.Duplicate)spec.LinkFaults[2];
        Assert.That((twice.ChancePerMillion, twice.After),
            Is.EqualTo((10_000L, SimDuration.FromMilliseconds(100))));
        Assert.That(spec.NodeFaults.Select(f => f.GetType().Name),
            Is.EqualTo(new[] { "Crash", "Crash", "Pause", "Slow", "Skew" }));
        Assert.That(((NodeFault.Skew)spec.NodeFaults[4]).Offset, Is.EqualTo(SimDuration.FromSeconds(-2)));
        Assert.That(spec.NodeFaults[1].Nodes.Members.Length, Is.EqualTo(1), "20 % of 7, rounded down");
        Assert.That(spec.Liars.Select(l => l.GetType().Name), Is.EqualTo(
            new[] { "VoteWithholder", "SelectiveSender", "LateLeader", "TimeoutSpammer" }));
        Assert.That(((Liar.LateLeader)spec.Liars[2]).Margin, Is.EqualTo(SimDuration.FromMilliseconds(50)));
        Assert.That(spec.Nodes[7].Name, Is.EqualTo($"{spec.Nodes[7].TwinOf}-twin"));
    }

    [Test]
    public void A_partition_cuts_every_side_from_all_others_both_ways()
    {
        RunSpec spec = Plan.Of(Written.Load(Written.Stormy))[0].Spec;
        LinkFault.Cut[] cuts = [.. spec.LinkFaults.OfType<LinkFault.Cut>()];
        Assert.That(cuts, Has.Length.EqualTo(2));
        Assert.That(cuts[0].Senders, Is.EqualTo(cuts[1].Receivers));
        Assert.That(cuts[0].Receivers, Is.EqualTo(cuts[1].Senders));
        Assert.That(cuts[0].Senders.Members.Length + cuts[0].Receivers.Members.Length, Is.EqualTo(8));
    }

    [Test]
    public void A_drawn_share_can_be_parted_from_the_rest()
    {
        string drawn = Written.StormyBut("[ { region: eu-central-1 }, rest ]", "[ { share: 50% }, rest ]");
        RunSpec spec = Plan.Of(Written.Load(drawn))[0].Spec;
        LinkFault.Cut cut = spec.LinkFaults.OfType<LinkFault.Cut>().First();
        Assert.That(cut.Senders.Members.Length, Is.EqualTo(3), "half of seven, and no twin is drawn");
        Assert.That(cut.Receivers.Members.Length, Is.EqualTo(5));
    }

    [Test]
    public void Draws_are_the_seeds_and_all_sets_meet_the_same()
    {
        IReadOnlyList<PlannedRun> runs = Plan.Of(Written.Load(Written.StormyBut("seeds: 1..3", "seeds: 1..20")));
        string[] crashed = [.. runs.Select(Crashed)];
        Assert.That(crashed.Take(20), Is.EqualTo(crashed.Skip(20)), "the two sets");
        Assert.That(crashed.Distinct(StringComparer.Ordinal).Count(), Is.GreaterThan(3));
        Assert.That(runs.Select(r => r.Identity.ParamsHash).Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(2));
        Assert.That(runs.Select(r => r.Identity.RunId).Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(40));
    }

    [Test]
    public void Another_node_displaces_at_most_itself_and_another_fault_nothing()
    {
        for (int count = 7; count < 20; count++)
        {
            string[] few = Drawn(Committee(count));
            string[] more = Drawn(Committee(count + 1));
            Assert.That(few.Except(more, StringComparer.Ordinal).Count(), Is.LessThanOrEqualTo(1), $"{count}");
        }

        Assert.That(Drawn(Committee(12).Replace("    faults:\n",
            "    faults:\n      - { pause: { role: consensus, count: 2 }, during: 1s..2s }\n",
            StringComparison.Ordinal)), Is.EqualTo(Drawn(Committee(12))));

        static string Committee(int nodes) => Written.Stormy
            .Replace("consensus: 7", $"consensus: {nodes}", StringComparison.Ordinal)
            .Replace(Share, "crash: { role: consensus, count: 3 }", StringComparison.Ordinal)
            .Replace("{ crash: { nodes: [consensus-007] }, during: 20s..25s }",
                "{ loss: 1%, during: 0s..1s }", StringComparison.Ordinal);
        static string[] Drawn(string text)
        {
            RunSpec spec = Plan.Of(Written.Load(text))[0].Spec;
            return [.. spec.NodeFaults.OfType<NodeFault.Crash>().Last().Nodes.Members.ToArray()
                .Select(i => spec.Nodes[i].Name)];
        }
    }

    [TestCase("loss: 2%", "loss: 3%")]
    [TestCase("during: 10s..20s", "during: 10s..21s")]
    [TestCase("from: { region: us-east-1 }", "to: { region: us-east-1 }")]
    [TestCase("extra: 50ms", "extra: 51ms")]
    [TestCase("after: 100ms", "after: 101ms")]
    [TestCase("[ { region: eu-central-1 }, rest ]", "[ { nodes: [consensus-001] }, rest ]")]
    [TestCase("share: 20%", "share: 30%")]
    [TestCase("pause:", "crash:")]
    [TestCase("factor: 5", "factor: 6")]
    [TestCase("clock-skew: -2s", "clock-skew: 2s")]
    [TestCase("margin: 50ms", "margin: 51ms")]
    [TestCase("every: 2s", "every: 3s")]
    [TestCase("to: { region: us-east-1 } }", "to: { role: consensus } }")]
    [TestCase(", twin-region: eu-west-1", "")]
    [TestCase("{ vote-withholder: { role: consensus, count: 1 } }",
        "{ vote-withholder: { role: consensus, count: 2 } }")]
    public void Every_part_is_in_the_parameters_hash(string from, string to) =>
        Assert.That(Plan.Of(Written.Load(Written.StormyBut(from, to)))[0].Identity.ParamsHash,
            Is.Not.EqualTo(Plan.Of(Written.Load(Written.Stormy))[0].Identity.ParamsHash));

    [TestCase("during: 10s..20s", "during: 10s",
        "s.yaml:27:58: '10s' is not a period such as 100s..200s, or 100s.. for one without end")]
    [TestCase("during: 10s..20s", "during: 20s..10s",
        "s.yaml:27:58: the period 20s..10s is empty; its end must be after its start")]
    [TestCase("during: 10s..20s", "during: -1s..10s", "s.yaml:27:58: -1s is before the start of the run")]
    [TestCase("during: 10s..20s", "during: 10sec..20s",
        "s.yaml:27:58: 'sec' in '10sec' is no unit of time; allowed: s, m, h, ms, us, ns (did you mean 's'?)")]
    [TestCase(", during: 10s..20s", "", "s.yaml:27:9: a fault lacks the key 'during'")]
    [TestCase("during: 10s..20s", "during: 10s..",
        "s.yaml:27:58: 10s.. reaches beyond calm-from, 40s")]
    [TestCase("loss: 2%", "loss: 2", "s.yaml:27:17: '2' has no unit; write for instance 2%")]
    [TestCase("loss: 2%", "loss: 200%", "s.yaml:27:17: 200% is out of range; at most 100%")]
    [TestCase("loss: 2%", "lost: 2%",
        "s.yaml:27:11: unknown key 'lost' in a fault; allowed: loss, slow-link, duplicate, partition, crash, "
        + "pause, slow-node, clock-skew, during, from, to, of, loses (did you mean 'loss'?)")]
    [TestCase("from: { region: us-east-1 }", "from: { region: us-eest-1 }",
        "s.yaml:27:37: there is no region 'us-eest-1'; allowed: us-east-1, us-east-2, us-west-1, us-west-2, "
        + "ca-central-1, eu-west-1, eu-central-1, eu-north-1, ap-northeast-1, ap-southeast-1, ap-southeast-2, "
        + "ap-south-1, sa-east-1, af-south-1 (did you mean 'us-east-1'?)")]
    [TestCase("from: { region: us-east-1 }", "from: { region: sa-east-1 }",
        "s.yaml:27:27: this chooses no node")]
    [TestCase("from: { region: us-east-1 }", "from: {}",
        "s.yaml:27:27: this chooses no node; write for instance { role: consensus }")]
    [TestCase("from: { region: us-east-1 }", "of: { region: us-east-1 }",
        "s.yaml:27:25: 'of' means nothing to 'loss'; remove it")]
    [TestCase("nodes: [consensus-007]", "nodes: [consensus-07]",
        "s.yaml:31:28: there is no node 'consensus-07'; allowed: consensus-001, consensus-002, consensus-003, "
        + "consensus-004, consensus-005, consensus-006, consensus-007, consensus-001-twin, consensus-002-twin, "
        + "consensus-003-twin, consensus-004-twin, consensus-005-twin, consensus-006-twin, consensus-007-twin "
        + "(did you mean 'consensus-007'?)")]
    [TestCase("operator: consensus-002", "operator: consensus-02",
        "s.yaml:33:30: there is no operator 'consensus-02'; allowed: consensus-001, consensus-002, consensus-003, "
        + "consensus-004, consensus-005, consensus-006, consensus-007 (did you mean 'consensus-002'?)")]
    [TestCase("share: 20%", "share: 10%",
        "s.yaml:32:18: this share of 7 nodes is less than one node; write 'count: 1' or a larger share")]
    [TestCase("share: 20%", "count: 8", "s.yaml:32:18: 8 of 7 nodes are asked for; at most all can be")]
    [TestCase("share: 20%", "share: 20%, count: 2", "s.yaml:32:44: 'count' and 'share' exclude each other; keep one")]
    [TestCase("{ crash: { role: consensus, share: 20% }, during: 30s..35s }",
        "{ crash: { role: consensus }, during: 25s..35s }",
        "s.yaml:32:47: consensus-007 is down already by the crash in line 31; leave time between them, "
        + "or exclude the node")]
    [TestCase(", rest ]", ", { role: consensus } ]",
        "s.yaml:30:50: consensus-002 is on two sides of the partition")]
    [TestCase("[ { region: eu-central-1 }, rest ]", "[ rest, rest ]",
        "s.yaml:30:22: 'rest' stands twice; there is one rest")]
    [TestCase("{ factor: 3, extra: 50ms }", "{}",
        "s.yaml:28:22: this changes nothing; write factor, extra or both")]
    [TestCase(", of: { nodes: [consensus-003] }", "",
        "s.yaml:34:22: 'slow-node' lacks the key 'of', which says who is hit")]
    [TestCase("{ vote-withholder: { role: consensus, count: 1 } }", "{ vote-withholder: { role: access } }",
        "s.yaml:37:28: this chooses no node in the consensus committee")]
    [TestCase(", to: { region: us-east-1 } }", " }",
        "s.yaml:38:29: 'selective-sender' lacks the key 'to', which says whom it favours")]
    [TestCase("margin: 50ms", "every: 50ms", "s.yaml:39:59: 'every' means nothing to 'late-leader'; remove it")]
    [TestCase("twin-region: eu-west-1", "twin-region: eu-west-9",
        "s.yaml:41:62: there is no region 'eu-west-9'; allowed: us-east-1, us-east-2, us-west-1, us-west-2, "
        + "ca-central-1, eu-west-1, eu-central-1, eu-north-1, ap-northeast-1, ap-southeast-1, ap-southeast-2, "
        + "ap-south-1, sa-east-1, af-south-1 (did you mean 'eu-west-1'?)")]
    [TestCase("calm-from: 40s", "calm-from: 39s", "s.yaml:29:60: 0s..40s reaches beyond calm-from, 39s")]
    public void A_mistake_is_one_line_with_its_place(string from, string to, string message)
    {
        using Written files = new Written().With("s.yaml", Written.StormyBut(from, to));
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    [Test]
    public void The_plan_prints_faults_and_liars_as_they_are_written()
    {
        using StringWriter output = new();
        PlanText.Write(output, Plan.Of(Written.Load(Written.Stormy)));
        Assert.That(output.ToString(), Does
            .Contain("  fault: loss: 2%, from: { region: us-east-1 }, during: 10s..20s\n").And
            .Contain("  fault: partition: [{ region: eu-central-1 }, rest], during: 30s..40s\n").And
            .Contain("  liar: twins: { role: consensus, count: 1 }, twin-region: eu-west-1\n"));
    }

    [Test]
    public void A_stormy_scenario_runs_to_its_end()
    {
        RunSpec spec = Plan.Of(Written.Load(Written.Stormy))[0].Spec;
        int restarts = 0;
        Simulation.Run(spec, [new Listener(e => restarts += e.Notice is Notice.Started { IsRestart: true } ? 1 : 0)]);
        Assert.That(restarts, Is.EqualTo(2));
    }

    private static string Crashed(PlannedRun run) => string.Join(' ',
        run.Spec.NodeFaults.OfType<NodeFault.Crash>().Last().Nodes.Members.ToArray()
            .Select(i => run.Spec.Nodes[i].Name));
}
