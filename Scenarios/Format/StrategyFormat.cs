using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>A strategy as written.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="At">Where it is written; that of the upgrade when it is not.</param>
/// <param name="StopAt">Where its stop-height stands; null without one.</param>
public sealed record StrategyText(Strategy Strategy, Place At, YamlScalar? StopAt);

/// <summary>A strategy that scenarios can name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, for the schema.</param>
/// <param name="Make">Makes it.</param>
/// <param name="IsOfBeacons">Whether it reads the keys about version beacons.</param>
public sealed record StrategyKind(
    string Name, string Description, Func<Values, Strategy> Make, bool IsOfBeacons = false);

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

    /// <summary>All strategies.</summary>
    public static readonly IReadOnlyList<StrategyKind> Kinds =
    [
        new("hcu", "version beacons say from which height on execution nodes need which version, and images execute "
            + "every block alike", Hcu, IsOfBeacons: true),
        new("protocol-version", "images execute by the version of a block's protocol state",
            _ => new ProtocolVersionUpgrade()),
        new("rolling", "everybody changes as it suits, the default without a strategy", _ => new RollingUpgrade()),
    ];

    public static readonly Section<StrategyText> Section = SectionOf(Kinds);

    /// <summary>A strategy in a format with these.</summary>
    public static Section<StrategyText> SectionOf(IReadOnlyList<StrategyKind> kinds)
    {
        Field<StrategyKind> name = new("name",
            Choices.Of("a strategy", [.. kinds.Select(kind => (kind.Name, kind))]),
            string.Concat(kinds.Select(kind => $"{kind.Name}: {kind.Description}. ")).TrimEnd(), true);
        return new Section<StrategyText>("a strategy", [name, Knowledge, Verifiers, StopHeight],
            at => Build(at, at.Get(name)));
    }

    private static StrategyText Build(Values at, StrategyKind kind)
    {
        if (!kind.IsOfBeacons && (at.Has(Knowledge) || at.Has(Verifiers) || at.Has(StopHeight)))
            throw at.Error("only 'hcu' has knowledge, verifiers and stop-height", Knowledge, Verifiers, StopHeight);
        return new StrategyText(kind.Make(at), at.At, at.Node(StopHeight) as YamlScalar);
    }

    private static HeightCoordinatedUpgrade Hcu(Values at)
    {
        VerifierStop verifiers = at.Or(Verifiers, VerifierStop.None);
        if (verifiers == VerifierStop.Flag != at.Has(StopHeight))
            throw at.Error("a stop-height goes with 'verifiers: flag', and only with it", StopHeight, Verifiers);
        return new HeightCoordinatedUpgrade(at.Or(Knowledge, BeaconKnowledge.Snapshot), verifiers,
            at.Has(StopHeight) ? new Height((ulong)at.Get(StopHeight)) : null);
    }
}
