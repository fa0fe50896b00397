using System.Collections.Generic;
using System.Linq;
using System.Text;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;
using FlowSim.Tests.Pipeline;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Another strategy, pace or kind of wave is a record and a line in a list of the format.</summary>
public sealed class ExtensionTests
{
    [Test]
    public void Another_strategy_is_a_record_and_a_line()
    {
        Section<StrategyText> format = StrategyFormat.SectionOf([.. StrategyFormat.Kinds,
            new StrategyKind("by-own-height", "images change at a height of their own",
                at => StrategyText.Of(new ByOwnHeight(60), at.At))]);
        Strategy strategy = Read(format, "{ name: by-own-height }").Make([]);
        Assert.That(format.Schema(false).ToJsonString(), Does.Contain("\"by-own-height\"")
            .And.Contain("images change at a height of their own"));

        UpgradeSpec mixed = StrategyWorld.Upgrade with { Initial = StrategyWorld.Initial(0, 1, 8) };
        var nothing = new ContractCall.SetFreezePeriod(10);
        Assert.That(StrategyWorld.Run(StrategyWorld.Spec(strategy, nothing, mixed)).Forked()[0], Is.EqualTo(60));
        Assert.That(StrategyWorld.Run(StrategyWorld.Spec(new RollingUpgrade(), nothing, mixed)).Forked()[0],
            Is.LessThan(10), "what rolls differs from the first block on");
    }

    [Test]
    public void Another_pace_is_a_record_and_a_line()
    {
        Section<RolloutText> format = RolloutFormat.SectionOf([.. PaceFormat.Kinds, PaceKind.Of("nightly",
            Scalars.Whole(1, 100), "In one of so many nights.", nights => new Nightly(nights))], WaveFormat.Kinds);
        Rollout plan = Read(format, "{ image: new, from: 100s, nightly: 3 }").Plan;
        Assert.That(format.Schema(false).ToJsonString(), Does.Contain("In one of so many nights."));
        Assert.That(() => Read(format, "{ image: new, from: 1s, window: 1s, nightly: 3 }"), Throws.Exception.Message
            .EqualTo("s.yaml:1:46: 'nightly' and 'window' exclude each other; keep one"));

        double[] times = [.. Stops(plan with { Image = 1, Nodes = SomeUpgrade.Everybody }).Select(stop => stop.At)];
        Assert.That(times, Has.Length.EqualTo(SomeChain.Nodes.Length));
        Assert.That(times.Distinct().Order(), Is.EqualTo(new[] { 100.0, 86_500, 172_900 }));
    }

    [Test]
    public void Another_kind_of_wave_is_a_record_and_a_line()
    {
        Section<RolloutText> format = RolloutFormat.SectionOf(PaceFormat.Kinds, [.. WaveFormat.Kinds,
            WaveKind.Of("part-of-rest", Scalars.Whole(2, 9), "One of so many who are left.",
                (part, soak) => new PartOfRest((int)part, soak))]);
        Rollout plan = Read(format, "{ image: new, from: 100s, waves: [ { part-of-rest: 2, soak: 60s }, "
            + "{ part-of-rest: 2 }, { rest: true } ] }").Plan;
        Assert.That(format.Schema(false).ToJsonString(), Does.Contain("One of so many who are left."));

        var waves = Stops(plan with { Image = 1, Nodes = SomeUpgrade.Everybody })
            .GroupBy(stop => stop.At).Select(wave => (wave.Key, wave.Count()));
        Assert.That(waves, Is.EqualTo(new[] { (100.0, 10), (170.0, 6), (180.0, 4) }),
            "of 4, 4, 4, 6 and 2 nodes of a role first 2, 2, 2, 3, 1, then half of the rest, rounded up");
    }

    private static IEnumerable<(double At, int Node)> Stops(Rollout rollout) =>
        SomeUpgrade.Run(SomeUpgrade.Spec with { Rollouts = [rollout] }, seconds: 1_000_000).Stops
            .Select(stop => (stop.At.TotalSeconds, stop.Node));

    private static T Read<T>(Shape<T> format, string text) =>
        format.Read(YamlText.Parse(new InputFile("s.yaml", Encoding.UTF8.GetBytes(text), text)));

    /// <summary>Every image executes as specified below a height, and by itself from there on.</summary>
    private sealed record ByOwnHeight(ulong First) : Strategy
    {
        public override string Name => "by-own-height";

        public override IBehaviours BehavioursOf(Image image) => new FromHeight(First, image);

        private sealed class FromHeight(ulong first, Image image) : IBehaviours
        {
            public Behaviour Of(Height height, CommittedState? state) =>
                height.Value < first ? Behaviour.Specified : image.BehaviourFor(0);
        }
    }

    /// <summary>At the same time of one of several days.</summary>
    private sealed record Nightly(long Nights) : Pace
    {
        private static readonly SimDuration Day = SimDuration.FromSeconds(86_400);

        public override SimDuration? Everybody => After(Nights - 1);

        public override SimDuration? After(ulong decider, Luck.Purpose lots, Luck.Purpose delays) =>
            After(Luck.Below(lots.Draw(decider), Nights));

        private static SimDuration After(long night) => new(night * Day.Nanoseconds);
    }

    /// <summary>One of so many of each role who were in no wave before.</summary>
    private sealed record PartOfRest(int Of, SimDuration Soak) : Wave(Soak)
    {
        public override int Until(Standing at) => at.Next + (at.Count - at.Next + Of - 1) / Of;
    }
}
