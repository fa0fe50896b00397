using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

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

    private static readonly IReadOnlyList<Field<Strategy>> Kinds =
    [
        Kind("hcu", new Section<Strategy>("a height coordinated upgrade", [Knowledge, Verifiers, StopHeight], Hcu),
            "Version beacons say from which height on execution nodes need which version; images execute every block "
            + "alike. Governance asks for the boundary."),
        Kind("protocol-version", Bare("an upgrade of the protocol version", new ProtocolVersionUpgrade()),
            "Images execute by the version of a block's protocol state. Governance asks for the version."),
        Kind("rolling", Bare("a rolling upgrade", new RollingUpgrade()), "Everybody changes as it suits. The default."),
    ];

    public static readonly Section<Strategy> Section = new("a strategy", [.. Kinds], Build, [.. Kinds]);

    private static Strategy Build(Values at)
    {
        foreach (Field<Strategy> kind in Kinds)
            if (at.Has(kind)) return at.Get(kind);
        return new RollingUpgrade();
    }

    private static Field<Strategy> Kind(string name, Section<Strategy> section, string means) =>
        new(name, section, means);

    private static Section<Strategy> Bare(string what, Strategy strategy) => new(what, [], _ => strategy);

    private static HeightCoordinatedUpgrade Hcu(Values at)
    {
        VerifierStop verifiers = at.Or(Verifiers, VerifierStop.None);
        if (verifiers == VerifierStop.Flag != at.Has(StopHeight))
            throw at.Error("a stop-height goes with 'verifiers: flag', and only with it", StopHeight, Verifiers);
        return new HeightCoordinatedUpgrade(at.Or(Knowledge, BeaconKnowledge.Snapshot), verifiers,
            at.Has(StopHeight) ? new Height((ulong)at.Get(StopHeight)) : null);
    }
}
