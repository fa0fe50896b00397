using System;
using System.Collections.Generic;
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

    /// <summary>The strategies: name, the keys that it reads, and how it is made.</summary>
    private static readonly IReadOnlyList<(string Name, Kind Value)> Kinds =
    [
        ("hcu", new Kind(OfBeacons, Hcu)),
        ("protocol-version", new Kind([], at => StrategyText.Of(new ProtocolVersionUpgrade(), at.At))),
        ("rolling", new Kind([], at => StrategyText.Of(new RollingUpgrade(), at.At))),
        ("spork", new Kind(SporkFormat.Fields, SporkFormat.Build)),
    ];

    private static readonly Field<Kind> Name = new("name",
        Choices.Of("a strategy", Kinds),
        "hcu: version beacons say from which height on execution nodes need which version, and images execute every "
        + "block alike. protocol-version: images execute by the version of a block's protocol state. rolling: "
        + "everybody changes as it suits, the default without a strategy. spork: at a time everybody is stopped, and "
        + "begins anew from one root with one image.", true);

    public static readonly Section<StrategyText> Section = new(
        "a strategy", [Name, .. OfBeacons, .. SporkFormat.Fields], Build);

    private static StrategyText Build(Values at)
    {
        Kind kind = at.Get(Name);
        RefuseOthers(at, kind, OfBeacons, "only 'hcu' has knowledge, verifiers and stop-height");
        RefuseOthers(at, kind, SporkFormat.Fields, "only 'spork' has image, at and preparation");
        return kind.Make(at);
    }

    private static void RefuseOthers(Values at, Kind kind, IReadOnlyList<Field> fields, string rule)
    {
        if (ReferenceEquals(kind.Reads, fields)) return;
        foreach (Field field in fields)
            if (at.Has(field)) throw at.Error(rule, [.. fields]);
    }

    private static StrategyText Hcu(Values at)
    {
        VerifierStop verifiers = at.Or(Verifiers, VerifierStop.None);
        if (verifiers == VerifierStop.Flag != at.Has(StopHeight))
            throw at.Error("a stop-height goes with 'verifiers: flag', and only with it", StopHeight, Verifiers);
        var strategy = new HeightCoordinatedUpgrade(at.Or(Knowledge, BeaconKnowledge.Snapshot), verifiers,
            at.Has(StopHeight) ? new Height((ulong)at.Get(StopHeight)) : null);
        return StrategyText.Of(strategy, at.At, at.Node(StopHeight) as YamlScalar);
    }

    private sealed record Kind(IReadOnlyList<Field> Reads, Func<Values, StrategyText> Make);
}
