using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>A strategy as written, before images are known by number.</summary>
/// <param name="Make">The strategy, once they are.</param>
/// <param name="At">Where it is written, or the time at which it acts; that of the upgrade when it is not.</param>
/// <param name="StopAt">Where its stop-height stands; null without one.</param>
public sealed record StrategyText(Func<IReadOnlyList<Image>, Strategy> Make, Place At, YamlScalar? StopAt)
{
    /// <summary>A strategy that refers to no image.</summary>
    public static StrategyText Of(Strategy strategy, Place at, YamlScalar? stopAt = null) =>
        new(_ => strategy, at, stopAt);
}

/// <summary>A strategy that scenarios can name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, for the schema.</param>
/// <param name="Make">Makes it.</param>
public sealed record StrategyKind(string Name, string Description, Func<Values, StrategyText> Make)
{
    /// <summary>The keys that it alone reads.</summary>
    public IReadOnlyList<Field> Keys { get; init; } = [];
}

/// <summary>An upgrade's <c>strategy</c>: by which rules software changes.</summary>
public static class StrategyFormat
{
    private static readonly Field<BeaconKnowledge> Knowledge = new("knowledge", Choices.Of("a knowledge",
        [("memory-only", BeaconKnowledge.MemoryOnly), ("snapshot", BeaconKnowledge.Snapshot),
            ("protocol-state", BeaconKnowledge.ProtocolState)]),
        "What new nodes learn of version beacons: nothing, the newest (flow-go), or all. Default snapshot.");

    private static readonly Field<VerifierStop> Verifiers = new("verifiers", Choices.Of("a stop",
        [("none", VerifierStop.None), ("flag", VerifierStop.Flag), ("like-execution", VerifierStop.LikeExecution)]),
        "What holds verification nodes to the boundary. Default none.");

    private static readonly Field<long> StopHeight = new("stop-height", Scalars.Whole(1, 1_000_000_000),
        "The flag's height, for verifiers that still run the image they began with.");

    private static readonly Field[] OfBeacons = [Knowledge, Verifiers, StopHeight];

    /// <summary>All strategies.</summary>
    public static readonly IReadOnlyList<StrategyKind> Kinds =
    [
        new("hcu", "version beacons say from which height on execution nodes need which version, and images execute "
            + "every block alike", Hcu) { Keys = OfBeacons },
        new("protocol-version", "images execute by the version of a block's protocol state",
            at => StrategyText.Of(new ProtocolVersionUpgrade(), at.At)),
        new("rolling", "everybody changes as it suits, the default without a strategy",
            at => StrategyText.Of(new RollingUpgrade(), at.At)),
        new("spork", "at a time everybody is stopped, and begins anew from one root with one image", SporkFormat.Build)
            { Keys = SporkFormat.Fields },
    ];

    public static readonly Section<StrategyText> Section = SectionOf(Kinds);

    /// <summary>A strategy in a format with these.</summary>
    public static Section<StrategyText> SectionOf(IReadOnlyList<StrategyKind> kinds)
    {
        Field<StrategyKind> name = new("name",
            Choices.Of("a strategy", [.. kinds.Select(kind => (kind.Name, kind))]),
            string.Concat(kinds.Select(kind => $"{kind.Name}: {kind.Description}. ")).TrimEnd(), true);
        return new Section<StrategyText>("a strategy", [name, .. kinds.SelectMany(kind => kind.Keys)], at =>
        {
            StrategyKind chosen = at.Get(name);
            foreach (StrategyKind kind in kinds)
                if (kind != chosen) RefuseKeysOf(kind, at);
            return chosen.Make(at);
        });
    }

    private static void RefuseKeysOf(StrategyKind kind, Values at)
    {
        if (!kind.Keys.Any(at.Has)) return;
        string[] keys = [.. kind.Keys.Select(key => key.Key)];
        throw at.Error($"only '{kind.Name}' has {string.Join(", ", keys[..^1])} and {keys[^1]}", [.. kind.Keys]);
    }

    private static StrategyText Hcu(Values at)
    {
        VerifierStop verifiers = at.Or(Verifiers, VerifierStop.None);
        if (verifiers == VerifierStop.Flag != at.Has(StopHeight))
            throw at.Error("a stop-height goes with 'verifiers: flag', and only with it", StopHeight, Verifiers);
        var strategy = new HeightCoordinatedUpgrade(at.Or(Knowledge, BeaconKnowledge.Snapshot), verifiers,
            at.Has(StopHeight) ? new Height((ulong)at.Get(StopHeight)) : null);
        return StrategyText.Of(strategy, at.At, at.Node(StopHeight) as YamlScalar);
    }}
