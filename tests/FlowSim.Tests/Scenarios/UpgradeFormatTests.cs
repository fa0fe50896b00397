using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Scenarios;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Upgrades in scenario files: what they mean, and what is refused.</summary>
public sealed class UpgradeFormatTests
{
    internal const string Good = """
        format: 1
        scenarios:
          - name: first
            question: Why?
            profile: mainnet-2024
            nodes: { consensus: 4, collection: 4, execution: 4, verification: 6, access: 2 }
            pipeline:
              clusters: 1
              workload: { rate: 0.5 }
            upgrade:
              images:
                - { name: old, version: 0.41.4 }
                - name: new
                  version: 0.42.0-rc.1
                  protocol-versions: [1, 3]
                  behaviours:
                    - { name: metering, sensitivity: 0.01, protocol-version: 3 }
                    - { name: cheaper, sensitivity: 1 }
                  schema: 1
              initial:
                - { image: new, of: { nodes: [access-002] } }
              releases:
                - { image: new, at: 60s }
              rollouts:
                - image: new
                  of: { role: verification }
                  from: 100s
                  window: 20m
                  waves: [ { canaries: 1, soak: 60s }, { share: 50% }, { rest: true, soak: 5s } ]
                  gate: true
                  max-offline: 20%
                  never: 2%
                  wrong: { share: 1%, image: old }
                  lead: 1m
                - { image: new, of: { role: access }, from: 200s, by: node, habits: { prompt: 60%, laggard: 30% } }
                - { image: new, of: { role: execution }, from: 10s, restart: false, waves: [ { role: execution } ] }
              mistakes:
                - { act: swap, of: { role: execution, count: 1 }, at: 50s, image: new }
                - { act: stage, of: { role: execution }, at: 60s, image: new }
                - { act: crash, of: { nodes: [execution-002] }, at: 70s }
                - { act: restore-backup, of: { nodes: [execution-003] }, at: 80s, backup: 20s, image: new }
                - { act: clone-database, of: { nodes: [execution-004] }, at: 90s, from: execution-001 }
              operators:
                downtime: 1m
                execution-downtime: { lognormal: { median: 5m, sigma: 0.6 } }
                swap-delay: 4m
                asleep: 10%
                asleep-delay: 8h
                restart-after-failure: false
                execution-crash-every: 24h
            epoch: { views: 1000, target-view-time: 800ms }
            protocol:
              staking-views: 500
              dkg-phase-views: 20
              safety-threshold: 20
              extension-views: 100
              governance: [ { at: 10s, protocol-version: { version: 3, view: 700 } } ]
            seeds: 1..2
            duration: { time: 10m }
            sets: [ { name: one } ]
        """;

    [Test]
    public void Images_and_operators_mean_what_they_say()
    {
        UpgradeSpec spec = Spec();
        Image image = spec.Images[1];
        Assert.That((image.Name, image.Version!.ToString(), image.Protocol, image.Schema),
            Is.EqualTo(("new", "0.42.0-rc.1", new VersionSupport(1, 3, 3), 1)));
        Assert.That(image.BehaviourFor(3), Is.EqualTo(new Behaviour(Mix64.OfText("metering"), 10_000_000)));
        Assert.That(image.BehaviourFor(2), Is.EqualTo(new Behaviour(Mix64.OfText("cheaper"), 1_000_000_000)));
        Assert.That(spec.Images[0].BehaviourFor(3), Is.EqualTo(Behaviour.Specified));
        Assert.That(spec.Initial.Count(image => image == 1), Is.EqualTo(1));
        Assert.That(spec.Releases, Is.EqualTo(new[] { new Release(SimTime.FromSeconds(60), 1) }));
        OperatorSpec operators = spec.Operators;
        Assert.That((operators.AsleepPerMillion, operators.RestartsAfterFailure), Is.EqualTo((100_000, false)));
        Assert.That(operators.DowntimeOf(Role.Execution),
            Is.EqualTo(Quantiles.Lognormal(300 * SimDuration.NanosecondsPerSecond, 0.6)));
        Assert.That(operators.DowntimeOf(Role.Access),
            Is.EqualTo(Quantiles.Constant(60 * SimDuration.NanosecondsPerSecond)));
        Assert.That(operators.SwapDelay, Is.EqualTo(Quantiles.Constant(240 * SimDuration.NanosecondsPerSecond)));
        Assert.That(operators.Asleep, Is.EqualTo(Quantiles.Constant(8 * 3_600 * SimDuration.NanosecondsPerSecond)));
        Assert.That(operators.Crashes,
            Is.EqualTo(new[] { new CrashRate(Role.Execution, SimDuration.FromSeconds(86_400)) }));
    }

    [Test]
    public void Rollouts_mean_what_they_say()
    {
        UpgradeSpec spec = Spec();
        Rollout first = spec.Rollouts[0];
        Assert.That((first.Image, first.Nodes.Members.Length, first.From, first.Pace),
            Is.EqualTo((1, 6, SimTime.FromSeconds(100), new Pace.Window(SimDuration.FromSeconds(1_200)))));
        Assert.That(first.Waves, Is.EqualTo(new Wave[]
        {
            new Wave.Canaries(1, SimDuration.FromSeconds(60)), new Wave.Share(500_000, SimDuration.Zero),
            new Wave.Rest(SimDuration.FromSeconds(5)),
        }));
        Assert.That((first.IsGated, first.MaxOfflinePerMillion, first.NeverPerMillion, first.WrongPerMillion,
            first.WrongImage, first.Lead, first.Restarts), Is.EqualTo(
            (true, 200_000L, 20_000L, 10_000L, 0, SimDuration.FromSeconds(60), true)));
        Assert.That(((Pace.Habits)spec.Rollouts[1].Pace).Shares,
            Is.EqualTo(new[] { new Habit(600_000, Habit.Prompt), new Habit(300_000, Habit.Laggard) }));
        Assert.That((spec.Rollouts[1].IsByOperator, spec.Rollouts[2].IsByOperator, spec.Rollouts[2].Restarts),
            Is.EqualTo((false, false, false)));
        Assert.That(spec.Rollouts[2].Waves, Is.EqualTo(new[] { new Wave.OfRole(Role.Execution, SimDuration.Zero) }));
    }

    [Test]
    public void Mistakes_mean_what_they_say()
    {
        Assert.That(Spec().Acts.Select(act => (act.GetType().Name, act.Nodes.Members.Length, act.At.TotalSeconds)),
            Is.EqualTo(new[]
            {
                ("Swap", 1, 50.0), ("Stage", 4, 60), ("Crash", 1, 70), ("Restore", 1, 80), ("CopyDisk", 1, 90),
            }));
        var restore = (OperatorAct.Restore)Spec().Acts[3];
        Assert.That((restore.Backup, restore.Image), Is.EqualTo((SimTime.FromSeconds(20), 1)));
        var clone = (OperatorAct.CopyDisk)Spec().Acts[4];
        IReadOnlyList<NodeSpec> nodes = Plan.Of(Written.Load(Good))[0].Spec.Nodes;
        Assert.That((nodes[clone.Nodes.Members[0]].Name, nodes[clone.From].Name, clone.Image),
            Is.EqualTo(("execution-004", "execution-001", (int?)null)));
        var runs = Plan.Of(Written.Load(Good));
        Assert.That(runs[0].Identity.ParamsHash, Is.EqualTo(runs[1].Identity.ParamsHash));
    }

    [Test]
    public void A_world_without_an_upgrade_has_none() =>
        Assert.That(Plan.Of(Written.Load(Written.Good))[0].Spec.Upgrade, Is.Null);

    [TestCase("from-height: 400", 400UL, null)]
    [TestCase("from-protocol-version: 3", null, 3UL)]
    public void What_is_specified_is_for_recorders(string from, ulong? height, ulong? version)
    {
        string text = Edited("      operators:\n",
            $"      specified: [ {{ image: new, {from} }} ]\n      operators:\n");
        SpecifiedChange change = Plan.Of(Written.Load(text))[0].Spec.Upgrade!.Specified.Single();
        Assert.That(change, Is.EqualTo(height is { } at
            ? new SpecifiedChange.FromHeight(new Height(at), 1)
            : (SpecifiedChange)new SpecifiedChange.FromVersion(version!.Value, 1)));
        Assert.That(Hash(text), Is.Not.EqualTo(Hash(Good)), "what is measured differs");
    }

    [TestCase("version: 0.41.4", "version: 0.41.5")]
    [TestCase("sensitivity: 0.01", "sensitivity: 0.02")]
    [TestCase("protocol-versions: [1, 3]", "protocol-versions: [0, 3]")]
    [TestCase("act: swap", "act: stage")]
    [TestCase("canaries: 1", "canaries: 2")]
    [TestCase("{ role: execution } ]", "{ rest: true } ]")]
    [TestCase("swap-delay: 4m", "swap-delay: 5m")]
    [TestCase("crash-every: 24h", "crash-every: 25h")]
    [TestCase("from: execution-001", "from: execution-002")]
    public void Another_upgrade_is_another_set_of_parameters(string from, string to) =>
        Assert.That(Hash(Edited(from, to)), Is.Not.EqualTo(Hash(Good)));

    [TestCase("- image: new\n", "- image: newer\n",
        "s.yaml:25:18: there is no image 'newer'; allowed: old, new (did you mean 'new'?)")]
    [TestCase("by: node,", "by: operator, max-offline: 50%,",
        "s.yaml:35:86: an operator restarts all own nodes at once; remove 'max-offline', or write by: node")]
    [TestCase("{ share: 50% }, {", "{ share: 50% }, { share: 60% }, {",
        "s.yaml:29:64: with this wave the shares come to 110% of the nodes; at most 100%")]
    [TestCase("laggard: 30%", "laggard: 50%", "s.yaml:35:101: the habits come to 110% of the nodes; at most 100%")]
    [TestCase("max-offline: 20%", "max-offline: 10%",
        "s.yaml:31:24: verification-001 alone is more than 10% of the verification weight and could never restart")]
    [TestCase("{ image: new, of: { role: access }", "{ image: old, of: { nodes: [access-001] }",
        "s.yaml:35:20: all these nodes have image 'old' already; there is nothing to roll out")]
    [TestCase("at: 70s }", "at: 70s }\n        - { act: swap, of: { role: execution }, at: 70s, image: new }",
        "s.yaml:41:53: execution-002 is taken down then already by line 40; choose another time")]
    [TestCase("backup: 20s", "backup: 90s", "s.yaml:41:83: the backup must be older than 'at', when it is put back")]
    [TestCase("nodes: [execution-003]", "nodes: [consensus-003]", "s.yaml:41:38: consensus-003 would sign against "
        + "itself after a restored backup; choose execution, verification or access nodes")]
    [TestCase("nodes: [execution-004]", "nodes: [collection-004]", "s.yaml:42:38: collection-004 would sign what "
        + "another has signed; choose execution or access nodes")]
    [TestCase("nodes: [execution-004]", "nodes: [verification-004]", "s.yaml:42:38: verification-004 would check "
        + "another's chunks instead of its own; choose execution or access nodes")]
    [TestCase("nodes: [execution-004]", "nodes: [access-001]", "s.yaml:42:78: execution-001 is no access node as "
        + "access-001 is; name one of the same role")]
    [TestCase("from: execution-001", "from: execution-004",
        "s.yaml:42:81: execution-004 has its own disk already; name another node")]
    [TestCase("from: execution-001", "from: execution-01", "s.yaml:42:81: there is no node 'execution-01'; allowed: "
        + "access-001, access-002, collection-001, collection-002, collection-003, collection-004, consensus-001, "
        + "consensus-002, consensus-003, consensus-004, execution-001, execution-002, execution-003, execution-004, "
        + "verification-001, verification-002, verification-003, verification-004, verification-005, verification-006 "
        + "(did you mean 'execution-001'?)")]
    [TestCase(", from: execution-001", "", "s.yaml:42:18: 'clone-database' lacks the key 'from'")]
    [TestCase("at: 70s }", "at: 70s, from: execution-001 }",
        "s.yaml:40:72: 'from' means nothing to 'crash'; remove it")]
    [TestCase("at: 90s", "at: 90s, backup: 5s", "s.yaml:42:83: 'backup' means nothing to 'clone-database'; remove it")]
    [TestCase("      operators:\n", "      specified: [ { image: new } ]\n      operators:\n",
        "s.yaml:43:20: write either 'from-height' or 'from-protocol-version'")]
    [TestCase("act: crash", "act: crush",
        "s.yaml:40:18: 'crush' is not an act; allowed: swap, stage, crash, restore-backup, clone-database "
            + "(did you mean 'crash'?)")]
    [TestCase("version: 0.41.4", "version: 0.41",
        "s.yaml:12:33: '0.41' is not a version such as 0.42.1 or 0.42.1-rc.3")]
    [TestCase("image: old }\n          lead", "image: new }\n          lead",
        "s.yaml:33:38: 'new' is the right image of this rollout; write another")]
    [TestCase("      workload: { rate: 0.5 }\n", "      workload: { rate: 0.5 }\n      behaviours:\n"
        + "        - { name: early, of: { role: execution, count: 1 }, sensitivity: 1 }\n",
        "s.yaml:13:7: nodes execute by their images here; remove the behaviours of the pipeline, "
            + "or say them in 'images'")]
    public void A_mistake_is_one_line_with_its_place(string from, string to, string message)
    {
        using Written files = new Written().With("s.yaml", Edited(from, to));
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    [Test]
    public void A_plan_tells_of_the_upgrade()
    {
        using StringWriter text = new();
        PlanText.Write(text, Plan.Of(Written.Load(Good)));
        Assert.That(text.ToString(), Does.Contain("  image: old, version 0.41.4\n")
            .And.Contain("  image: new, version 0.42.0-rc.1\n").And.Contain("  upgrade: 3 rollouts, 5 acts beside\n")
            .And.Contain("  operators: assumptions throughout"));
    }

    private static UpgradeSpec Spec() => Plan.Of(Written.Load(Good))[0].Spec.Upgrade!;

    private static string Hash(string text) => Plan.Of(Written.Load(text))[0].Identity.ParamsHash;

    private static string Edited(string from, string to)
    {
        string edited = Good.Replace(from, to, StringComparison.Ordinal);
        Assert.That(edited, Is.Not.EqualTo(Good));
        return edited;
    }
}
