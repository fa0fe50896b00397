using System.Collections.Generic;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>Liars as written, before anyone knows which nodes they are.</summary>
/// <param name="At">Where it is written.</param>
/// <param name="Kind">Its key.</param>
/// <param name="Who">Who lies.</param>
/// <param name="Favoured">Whom a selective sender favours.</param>
/// <param name="Amount">A late leader's margin or a spammer's interval.</param>
/// <param name="TwinRegion">Where the second process of a twin runs; null for where the first does.</param>
public sealed record LiarText(
    Place At, string Kind, ChoiceText Who, ChoiceText? Favoured, SimDuration Amount, YamlScalar? TwinRegion)
{
    /// <summary>The whole entry on one line, as its user wrote it.</summary>
    public string Written { get; init; } = "";

    /// <summary>Whether it adds nodes rather than changing them.</summary>
    public bool IsTwins => Kind is LiarFormat.TwinsKey;

    /// <summary>The liar, once it is known who is who.</summary>
    public Liar Made(NodeSet who, NodeSet? favoured) => Kind switch
    {
        LiarFormat.WithholderKey => new Liar.VoteWithholder(who),
        LiarFormat.SelectiveKey => new Liar.SelectiveSender(who, favoured!),
        LiarFormat.LateKey => new Liar.LateLeader(who, Amount),
        _ => new Liar.TimeoutSpammer(who, Amount),
    };
}

/// <summary>An entry of <c>liars</c>.</summary>
public static class LiarFormat
{
    public const string WithholderKey = "vote-withholder";
    public const string SelectiveKey = "selective-sender";
    public const string LateKey = "late-leader";
    public const string SpammerKey = "timeout-spammer";
    public const string TwinsKey = "twins";

    private static readonly SimDuration Least = SimDuration.FromMilliseconds(1);
    private static readonly SimDuration Hour = SimDuration.FromSeconds(3600);

    private static readonly Field<ChoiceText> Withholder = new(WithholderKey, ChoiceFormat.Section,
        "These never vote.");

    private static readonly Field<ChoiceText> Selective = new(SelectiveKey, ChoiceFormat.Section,
        "These send proposals and timeout objects to some nodes only: to whom 'to' says.");

    private static readonly Field<ChoiceText> Late = new(LateKey, ChoiceFormat.Section,
        "These publish as late as they can without being timed out, less 'margin'.");

    private static readonly Field<ChoiceText> Spammer = new(SpammerKey, ChoiceFormat.Section,
        "These give up on every view at once and repeat it 'every' so often.");

    private static readonly Field<ChoiceText> Twins = new(TwinsKey, ChoiceFormat.Section,
        "These run as two processes under one identity, which equivocate without knowing.");

    private static readonly Field<ChoiceText> To = new("to", ChoiceFormat.Section,
        "Whom a selective sender favours.");

    private static readonly Field<SimDuration> Margin = new("margin", Scalars.Duration(SimDuration.Zero, Hour),
        "What a late leader leaves for its proposal to arrive. Default 100ms.");

    private static readonly Field<SimDuration> Every = new("every", Scalars.Duration(Least, Hour),
        "How often a timeout spammer repeats itself. Default 1s.");

    private static readonly Field<YamlScalar> TwinRegion = new("twin-region",
        new MappedShape<string, YamlScalar>(Scalars.Text, (_, node) => (YamlScalar)node),
        "Where the second process of twins runs. Default where the first does.");

    private static readonly IReadOnlyList<Field<ChoiceText>> Kinds = [Withholder, Selective, Late, Spammer, Twins];

    private static readonly IReadOnlyList<(Field Field, Field Owner)> Owned =
        [(To, Selective), (Margin, Late), (Every, Spammer), (TwinRegion, Twins)];

    public static readonly Shape<LiarText> Shape = new MappedShape<LiarText, LiarText>(
        new Section<LiarText>("a liar", [.. Kinds, To, Margin, Every, TwinRegion], Build, [.. Kinds]),
        (liar, node) => liar with { Written = FlowText.Of(node) });

    private static LiarText Build(Values at)
    {
        Field<ChoiceText> kind = Withholder;
        foreach (Field<ChoiceText> candidate in Kinds) kind = at.Has(candidate) ? candidate : kind;
        foreach ((Field field, Field owner) in Owned)
        {
            if (at.Has(field) && owner != kind)
                throw at.Error($"'{field.Key}' means nothing to '{kind.Key}'; remove it", field);
        }

        if (kind == Selective && !at.Has(To))
            throw at.Error($"'{SelectiveKey}' lacks the key 'to', which says whom it favours", kind);
        SimDuration amount = kind == Late
            ? at.Or(Margin, SimDuration.FromMilliseconds(100))
            : at.Or(Every, SimDuration.FromSeconds(1));
        return new LiarText(at.At, kind.Key, at.Get(kind), at.Or(To, null!), amount, at.Or(TwinRegion, null!));
    }
}
