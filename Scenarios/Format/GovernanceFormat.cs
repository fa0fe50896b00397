using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>An act of governance as written, before anyone knows which nodes it is about.</summary>
/// <param name="Time">When an access node gets it.</param>
/// <param name="Call">What it asks of the contracts; null for an ejection.</param>
/// <param name="Ejects">Who is ejected; null for all else.</param>
/// <param name="Written">The act as it is written.</param>
public sealed record GovernanceText(SimTime Time, ContractCall? Call, ChoiceText? Ejects, YamlNode Written);

/// <summary>An entry of a protocol's <c>governance</c>: a transaction of the service account.</summary>
public static class GovernanceFormat
{
    private const long Most = 1_000_000_000;

    private static readonly Field<SimDuration> At = new("at",
        Scalars.Duration(SimDuration.Zero, SimDuration.FromSeconds(366 * 86_400)),
        "When an access node gets the transaction.", true);

    private static readonly Field<ChoiceText> Eject = new("eject", ChoiceFormat.Section,
        "Ejects nodes: one event for each.");

    private static readonly Field<long> CounterAhead = new("counter-ahead", Scalars.Whole(0, 1_000),
        "By how much the recovery's epoch counter is too high. Default 0: right.");

    private static readonly Field<long> ViewAhead = new("first-view-ahead", Scalars.Whole(0, Most),
        "By how much the recovery's first view is too high. Default 0: right.");

    private static readonly Field<ContractCall> Recover = new("recover", new Section<ContractCall>("a recovery",
        [CounterAhead, ViewAhead], at => new ContractCall.Recover(
            (ulong)at.Or(CounterAhead, 0), (ulong)at.Or(ViewAhead, 0))),
        "Makes up the next epoch after fallback: { } takes counter and view from the chain as it then is.");

    private static readonly Field<long> Extension = new("extension-views", Scalars.Whole(1, Most),
        "Sets by how many views fallback extends an epoch.");

    private static readonly Field<long> Version = new("version", Scalars.Whole(0, 1_000), "The version.", true);

    private static readonly Field<long> View = new("view", Scalars.Whole(0, Most), "The first view under it.", true);

    private static readonly Field<ContractCall> Protocol = new("protocol-version",
        new Section<ContractCall>("a protocol version", [Version, View], at => Emitted(
            new ServiceEvent.ProtocolStateVersionUpgrade((ulong)at.Get(Version), new View((ulong)at.Get(View))))),
        "Asks for a version of the protocol from a view on.");

    private static readonly Field<long> Height = new("height", Scalars.Whole(0, Most), "The first height.", true);

    private static readonly Field<string> Software = new("version", Scalars.Text, "A semantic version.", true);

    private static readonly Field<ContractCall> Boundary = new("version-boundary",
        new Section<ContractCall>("a version boundary", [Height, Software], BoundaryOf),
        "Asks for a version of the execution software from a height on.");

    private static readonly Field<long> Delete = new("delete-boundary", Scalars.Whole(0, Most),
        "Takes the boundary at a height back.");

    private static readonly Field<long> Freeze = new("freeze-period", Scalars.Whole(0, Most),
        "Sets how many blocks before a boundary it may no longer change.");

    private static readonly IReadOnlyList<Field> Kinds =
        [Eject, Recover, Extension, Protocol, Boundary, Delete, Freeze];

    public static readonly Shape<GovernanceText> Shape = new MappedShape<GovernanceText, GovernanceText>(
        new Section<GovernanceText>("an act of governance", [At, .. Kinds], Build, [.. Kinds]),
        (text, node) => text with { Written = node });

    private static GovernanceText Build(Values at) =>
        new(SimTime.Zero + at.Get(At), CallOf(at), at.Or(Eject, null!), at.Node(At)!);

    private static ContractCall? CallOf(Values at) =>
        at.Has(Recover) ? at.Get(Recover)
        : at.Has(Extension) ? Emitted(new ServiceEvent.SetEpochExtensionViewCount((ulong)at.Get(Extension)))
        : at.Has(Protocol) ? at.Get(Protocol)
        : at.Has(Boundary) ? at.Get(Boundary)
        : at.Has(Delete) ? new ContractCall.DeleteBoundary(new Height((ulong)at.Get(Delete)))
        : at.Has(Freeze) ? new ContractCall.SetFreezePeriod((ulong)at.Get(Freeze))
        : null;

    private static ContractCall BoundaryOf(Values at)
    {
        string version = at.Get(Software);
        if (SemanticVersion.Parse(version) is null)
            throw at.Error($"'{version}' is no semantic version; write for instance 0.42.1", Software);
        return new ContractCall.SetBoundary(new VersionBoundary(new Height((ulong)at.Get(Height)), version));
    }

    private static ContractCall Emitted(ServiceEvent emitted) => new ContractCall.Emit(emitted);
}
