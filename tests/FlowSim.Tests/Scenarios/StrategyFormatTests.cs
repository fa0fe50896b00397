using System;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Scenarios;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Strategies in scenario files.</summary>
public sealed class StrategyFormatTests
{
    private const string Boundary = "version-boundary: { height: 80, version: 0.42.0 }";
    private const string Version = "protocol-version: { version: 3, view: 120 }";

    private const string Harmless = "{ at: 9s, freeze-period: 10 }";

    private const string Spork = """
        format: 1
        scenarios:
          - name: first
            question: Why?
            profile: mainnet-2024
            nodes: { consensus: 4, collection: 4, execution: 4, verification: 6, access: 2 }
            pipeline: { clusters: 1, workload: { rate: 0.5 } }
            epoch: { views: 1000, target-view-time: 800ms }
            seeds: 1
            PROTOCOL
            upgrade:
              images: [ { name: old, version: 0.41.0 }, { name: new, version: 0.42.0 } ]
              strategy: { name: spork, image: new, WHEN, preparation: 10s }
            duration: { time: 60s }
            sets: [ { name: base } ]
        """;

    [Test]
    public void A_strategy_means_what_it_says()
    {
        Assert.That(Of("name: rolling", Version), Is.EqualTo(new RollingUpgrade()));
        Assert.That(Of("name: protocol-version", Version), Is.EqualTo(new ProtocolVersionUpgrade()));
        Assert.That(Of("name: hcu"), Is.EqualTo(new HeightCoordinatedUpgrade()));
        Assert.That(Of("name: hcu, knowledge: memory-only, verifiers: like-execution"), Is.EqualTo(
            new HeightCoordinatedUpgrade(BeaconKnowledge.MemoryOnly, VerifierStop.LikeExecution)));
        Assert.That(Of("name: hcu, knowledge: protocol-state, verifiers: flag, stop-height: 7"), Is.EqualTo(
            new HeightCoordinatedUpgrade(BeaconKnowledge.ProtocolState, VerifierStop.Flag, new Height(7))));
        Assert.That(Plan.Of(Written.Load(UpgradeFormatTests.Good))[0].Spec.Upgrade!.Strategy,
            Is.EqualTo(new RollingUpgrade()), "the default");
        Assert.That(HashOf("name: hcu"), Is.Not.EqualTo(HashOf("name: hcu, knowledge: memory-only")));
    }

    [TestCase("name: spork, at: 120s", true, "s.yaml:17:17: 'spork' lacks the key 'image'")]
    [TestCase("name: spork, image: new", true, "s.yaml:17:17: 'spork' lacks the key 'at'")]
    [TestCase("name: spork, image: newer, at: 120s", true,
        "s.yaml:17:39: there is no image 'newer'; allowed: old, new (did you mean 'new'?)")]
    [TestCase("name: spork, image: new, at: 0s", true,
        "s.yaml:17:48: 0s is out of range; allowed: 1s to 8784h0m0s")]
    [TestCase("name: hcu, image: new", true, "s.yaml:17:37: only 'spork' has image, at and preparation")]
    [TestCase("name: spork, image: new, at: 120s, knowledge: snapshot", true,
        "s.yaml:17:65: only 'hcu' has knowledge, verifiers and stop-height")]
    [TestCase("name: hcu, stop-height: 7", true,
        "s.yaml:17:43: a stop-height goes with 'verifiers: flag', and only with it")]
    [TestCase("name: rolling, knowledge: snapshot", true,
        "s.yaml:17:45: only 'hcu' has knowledge, verifiers and stop-height")]
    [TestCase("name: hcu", false,
        "s.yaml:11:7: this strategy needs a protocol section: what it goes by comes from the chain")]
    public void A_mistake_is_one_line_with_its_place(string strategy, bool hasProtocol, string message)
    {
        using Written files = new Written().With("s.yaml", Text(strategy, hasProtocol ? Boundary : null));
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    private static Strategy Of(string strategy, string asked = Boundary) =>
        Plan.Of(Written.Load(Text(strategy, asked)))[0].Spec.Upgrade!.Strategy;

    [TestCase("at: 60s", Harmless, true,
        "s.yaml:13:48: by its plan the run is over at 1m0s; choose an earlier time, or a longer 'duration'")]
    [TestCase("at: 30s", "", false,
        "s.yaml:13:48: a spork needs a protocol section: the new root commits to a protocol state")]
    [TestCase("at: 30s", "{ at: 9s, version-boundary: { height: 40, version: 0.42.0 } }", true,
        "s.yaml:10:115: a spork changes the software already; write no version-boundary and protocol-version "
        + "beside it")]
    [TestCase("at: 30s }\n      releases: [ { image: new, at: 0s } ]\n      #", Harmless, true,
        "s.yaml:14:17: a spork changes everybody at once; write no rollouts and releases beside it")]
    public void A_spork_must_fit_into_its_world(string when, string governance, bool hasProtocol, string message)
    {
        using Written files = new Written().With("s.yaml", SporkText(when, governance, hasProtocol));
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    [Test]
    public void A_spork_means_what_it_says() => Assert.That(
        Plan.Of(Written.Load(SporkText("at: 59s", Harmless, true)))[0].Spec.Upgrade!.Strategy,
        Is.EqualTo(new SporkUpgrade(new SporkPlan(1, SimTime.FromSeconds(59), SimDuration.FromSeconds(10)))));

    private static string SporkText(string when, string governance, bool hasProtocol) => Spork
        .Replace("WHEN", when, StringComparison.Ordinal)
        .Replace("PROTOCOL\n", hasProtocol
            ? "protocol: { staking-views: 50, dkg-phase-views: 10, safety-threshold: 20, extension-views: 100, "
                + $"governance: [ {governance} ] }}\n"
            : "\n", StringComparison.Ordinal);


    private static string HashOf(string strategy) =>
        Plan.Of(Written.Load(Text(strategy, Boundary)))[0].Identity.ParamsHash;

    private static string Text(string strategy, string? asked) => $$"""
        format: 1
        scenarios:
          - name: first
            question: Why?
            profile: mainnet-2025
            nodes: { consensus: 4, collection: 4, execution: 4, verification: 6, access: 2 }
            pipeline: { clusters: 1, workload: { rate: 0.5 } }
            epoch: { views: 300, target-view-time: 800ms }
            {{(asked is null ? "" : Protocol(asked))}}
            upgrade:
              images: [ { name: old, version: 0.41.0 }, { name: new, version: 0.42.0, protocol-versions: [0, 3] } ]
              strategy: { {{strategy}} }
            seeds: 1
            duration: { time: 240s }
            sets: [ { name: one } ]
        """;

    private static string Protocol(string asked) => """
        protocol:
              staking-views: 100
              dkg-phase-views: 10
              safety-threshold: 20
              extension-views: 100
              governance: [ { at: 1s, freeze-period: 10 }, { at: 20s,
        """ + $" {asked} }} ]";
}
