using System;
using System.Collections.Generic;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>A fault as written, before anyone knows which nodes it hits.</summary>
/// <param name="At">Where it is written.</param>
/// <param name="Kind">Its key.</param>
/// <param name="During">When it lasts.</param>
/// <param name="DuringAt">Where that is written.</param>
public abstract record FaultText(Place At, string Kind, Window During, Place DuringAt)
{
    /// <summary>The whole entry on one line, as its user wrote it.</summary>
    public string Written { get; init; } = "";

    /// <summary>Bad weather from some nodes to some nodes; null is everyone.</summary>
    public sealed record Link(Place At, string Kind, Window During, Place DuringAt, ChoiceText? From,
        ChoiceText? To, Func<Window, NodeSet, NodeSet, LinkFault> Make) : FaultText(At, Kind, During, DuringAt);

    /// <summary>Sides that do not hear each other; null is the rest.</summary>
    public sealed record Partition(Place At, string Kind, Window During, Place DuringAt,
        IReadOnlyList<ChoiceText?> Sides) : FaultText(At, Kind, During, DuringAt);

    /// <summary>Trouble at nodes.</summary>
    public sealed record AtNodes(Place At, string Kind, Window During, Place DuringAt, ChoiceText Who,
        Func<Window, NodeSet, NodeFault> Make) : FaultText(At, Kind, During, DuringAt);
}

/// <summary>An entry of <c>faults</c>.</summary>
public static class FaultFormat
{
    private const long Unchanged = 1_000_000;
    private static readonly SimDuration Hour = SimDuration.FromSeconds(3600);

    private static readonly Field<long> Factor = new("factor", Scalars.Millionths(1_000),
        "What the latency is multiplied with. Default 1.");

    private static readonly Field<SimDuration> Extra = new("extra", Scalars.Duration(SimDuration.Zero, Hour),
        "What is added to it. Default 0s.");

    private static readonly Field<long> Chance = new("chance", Scalars.Percent,
        "Share of messages that arrive twice.", true);

    private static readonly Field<SimDuration> After = new("after", Scalars.Duration(SimDuration.Zero, Hour),
        "How long after the first copy the second arrives.", true);

    private static readonly Field<long> SlowDown = new("factor", Scalars.Millionths(1_000),
        "What the cost of checks, building and persisting is multiplied with.", true);

    private static readonly Field<long> Loss = new("loss", Scalars.Percent,
        "Packets are lost with this chance; as with TCP, a message is then sent again after a timeout.");

    private static readonly Field<(long Factor, SimDuration Extra)> SlowLink = new("slow-link",
        new Section<(long, SimDuration)>("slow-link", [Factor, Extra], SlowLinkOf), "Messages take longer.");

    private static readonly Field<(long Chance, SimDuration After)> Duplicate = new("duplicate",
        new Section<(long, SimDuration)>("duplicate", [Chance, After], at => (at.Get(Chance), at.Get(After))),
        "Messages arrive twice.");

    private static readonly Field<IReadOnlyList<ChoiceText?>> Partition = new("partition",
        new ListShape<ChoiceText?>("a list of at least two sides", ChoiceFormat.Side, 2, 100),
        "Sides that do not hear each other; what is sent meanwhile is lost. Who is on no side hears all.");

    private static readonly Field<ChoiceText> Crash = new("crash", ChoiceFormat.Section,
        "These processes are down; they start again from their disks at the end.");

    private static readonly Field<ChoiceText> Pause = new("pause", ChoiceFormat.Section,
        "These processes stand still; what comes in waits.");

    private static readonly Field<long> SlowNode = new("slow-node",
        new Section<long>("slow-node", [SlowDown], at => at.Get(SlowDown)), "Processing takes longer.");

    private static readonly Field<SimDuration> Skew = new("clock-skew",
        Scalars.Duration(new SimDuration(-24 * Hour.Nanoseconds), new SimDuration(24 * Hour.Nanoseconds)),
        "What clocks show beyond true time; negative when they are behind.");

    private static readonly Field<Window> During = new("during", WindowFormat.Shape,
        "When it lasts, in simulated time: 100s..200s, or 100s.. to the end.", true);

    private static readonly Field<ChoiceText> From = new("from", ChoiceFormat.Section,
        "Whose messages are hit: of loss, slow-link and duplicate. Default everyone's.");

    private static readonly Field<ChoiceText> To = new("to", ChoiceFormat.Section,
        "Messages to whom are hit: of loss, slow-link and duplicate. Default to everyone.");

    private static readonly Field<ChoiceText> Of = new("of", ChoiceFormat.Section,
        "Who is hit: of slow-node and clock-skew.");

    private static readonly Field<DiskLoss> Loses = new("loses", Choices.Of("a loss",
        [("keys", DiskLoss.BeaconKeys), ("everything", DiskLoss.Everything)]),
        "What is missing from the disk after a crash: the beacon keys, or everything back to the root.");

    private static readonly IReadOnlyList<Field> Kinds =
        [Loss, SlowLink, Duplicate, Partition, Crash, Pause, SlowNode, Skew];

    public static readonly Shape<FaultText> Shape = new MappedShape<FaultText, FaultText>(
        new Section<FaultText>("a fault", [.. Kinds, During, From, To, Of, Loses], Build, Kinds),
        (fault, node) => fault with { Written = FlowText.Of(node) });

    private static FaultText Build(Values at)
    {
        Field kind = Loss;
        foreach (Field candidate in Kinds) kind = at.Has(candidate) ? candidate : kind;
        bool isLink = kind == Loss || kind == SlowLink || kind == Duplicate;
        bool isOf = kind == SlowNode || kind == Skew;
        foreach (Field field in (Field[])[From, To, Of])
        {
            if (at.Has(field) && !(field == Of ? isOf : isLink))
                throw at.Error($"'{field.Key}' means nothing to '{kind.Key}'; remove it", field);
        }

        if (at.Has(Loses) && kind != Crash)
            throw at.Error($"'{Loses.Key}' means nothing to '{kind.Key}'; remove it", Loses);
        if (isOf && !at.Has(Of)) throw at.Error($"'{kind.Key}' lacks the key 'of', which says who is hit", kind);
        return isLink ? LinkOf(at, kind.Key) : NodesOf(at, kind.Key);
    }

    private static FaultText.Link LinkOf(Values at, string kind) => new(at.At, kind, at.Get(During),
        at.Node(During)!.At, at.Or(From, null!), at.Or(To, null!), Make(at));

    private static Func<Window, NodeSet, NodeSet, LinkFault> Make(Values at)
    {
        if (at.Has(Loss))
        {
            long chance = at.Get(Loss);
            return (during, from, to) => new LinkFault.Loss(during, from, to, chance);
        }

        if (at.Has(SlowLink))
        {
            (long factor, SimDuration extra) = at.Get(SlowLink);
            return (during, from, to) => new LinkFault.Slow(during, from, to, factor, extra);
        }

        (long twice, SimDuration after) = at.Get(Duplicate);
        return (during, from, to) => new LinkFault.Duplicate(during, from, to, twice, after);
    }

    private static FaultText NodesOf(Values at, string kind)
    {
        Window during = at.Get(During);
        Place duringAt = at.Node(During)!.At;
        if (at.Has(Partition)) return new FaultText.Partition(at.At, kind, during, duringAt, SidesOf(at));
        if (at.Has(Crash))
        {
            DiskLoss loses = at.Or(Loses, DiskLoss.Nothing);
            return new FaultText.AtNodes(at.At, kind, during, duringAt, at.Get(Crash),
                (when, who) => new NodeFault.Crash(when, who, loses));
        }

        if (at.Has(Pause))
            return new FaultText.AtNodes(at.At, kind, during, duringAt, at.Get(Pause),
                (when, who) => new NodeFault.Pause(when, who));
        if (at.Has(SlowNode))
        {
            long factor = at.Get(SlowNode);
            return new FaultText.AtNodes(at.At, kind, during, duringAt, at.Get(Of),
                (when, who) => new NodeFault.Slow(when, who, factor));
        }

        SimDuration offset = at.Get(Skew);
        return new FaultText.AtNodes(at.At, kind, during, duringAt, at.Get(Of),
            (when, who) => new NodeFault.Skew(when, who, offset));
    }

    private static IReadOnlyList<ChoiceText?> SidesOf(Values at)
    {
        IReadOnlyList<ChoiceText?> sides = at.Get(Partition);
        int rests = 0;
        foreach (ChoiceText? side in sides) rests += side is null ? 1 : 0;
        return rests <= 1 ? sides : throw at.Error("'rest' stands twice; there is one rest", Partition);
    }

    private static (long, SimDuration) SlowLinkOf(Values at)
    {
        (long factor, SimDuration extra) = (at.Or(Factor, Unchanged), at.Or(Extra, SimDuration.Zero));
        return factor == Unchanged && extra == SimDuration.Zero
            ? throw at.Error("this changes nothing; write factor, extra or both", Factor, Extra)
            : (factor, extra);
    }
}
