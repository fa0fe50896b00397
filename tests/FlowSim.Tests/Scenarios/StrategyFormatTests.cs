using System;
using FlowSim.Chain;
using FlowSim.Scenarios;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Strategies in scenario files.</summary>
public sealed class StrategyFormatTests
{
    private const string Protocol =
        "protocol: { staking-views: 50, dkg-phase-views: 10, safety-threshold: 20, extension-views: 100 }\n    ";

    [Test]
    public void A_strategy_means_what_it_says()
    {
        Assert.That(Of("name: rolling"), Is.EqualTo(new RollingUpgrade()));
        Assert.That(Of("name: protocol-version"), Is.EqualTo(new ProtocolVersionUpgrade()));
        Assert.That(Of("name: hcu"), Is.EqualTo(new HeightCoordinatedUpgrade()));
        Assert.That(Of("name: hcu, knowledge: memory-only, verifiers: like-execution"), Is.EqualTo(
            new HeightCoordinatedUpgrade(BeaconKnowledge.MemoryOnly, VerifierStop.LikeExecution)));
        Assert.That(Of("name: hcu, knowledge: protocol-state, verifiers: flag, stop-height: 7"), Is.EqualTo(
            new HeightCoordinatedUpgrade(BeaconKnowledge.ProtocolState, VerifierStop.Flag, new Height(7))));
        Assert.That(Plan.Of(Written.Load(UpgradeFormatTests.Good))[0].Spec.Upgrade!.Strategy,
            Is.EqualTo(new RollingUpgrade()));
        Assert.That(HashOf("name: hcu"), Is.Not.EqualTo(HashOf("name: hcu, knowledge: memory-only")));
    }

    [TestCase("name: hcu, stop-height: 7", Protocol,
        "s.yaml:21:43: a stop-height goes with 'verifiers: flag', and only with it")]
    [TestCase("name: rolling, knowledge: snapshot", Protocol,
        "s.yaml:21:45: only 'hcu' has knowledge, verifiers and stop-height")]
    [TestCase("name: hcu", "",
        "s.yaml:11:7: this strategy needs a protocol section: what it goes by comes from the chain")]
    public void A_mistake_is_one_line_with_its_place(string strategy, string protocol, string message)
    {
        using Written files = new Written().With("s.yaml", Text(strategy, protocol));
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    private static Strategy Of(string strategy) =>
        Plan.Of(Written.Load(Text(strategy, Protocol)))[0].Spec.Upgrade!.Strategy;

    private static string HashOf(string strategy) =>
        Plan.Of(Written.Load(Text(strategy, Protocol)))[0].Identity.ParamsHash;

    private static string Text(string strategy, string protocol) => UpgradeFormatTests.Good
        .Replace("upgrade:\n", protocol + "upgrade:\n", StringComparison.Ordinal)
        .Replace("      initial:\n", $"      strategy: {{ {strategy} }}\n      initial:\n", StringComparison.Ordinal);
}
