using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>Nodes that are not members of every epoch, as written.</summary>
/// <param name="Of">Who.</param>
/// <param name="Joins">Their first epoch.</param>
/// <param name="LeavesAfter">Their last epoch; null for none.</param>
/// <param name="Written">The entry as it is written.</param>
public sealed record MembershipText(ChoiceText Of, int Joins, int? LeavesAfter, YamlNode Written);

/// <summary>An entry of a protocol's <c>members</c>.</summary>
public static class MembershipFormat
{
    private const long MostEpochs = 1_000;

    private static readonly Field<ChoiceText> Of = new("of", ChoiceFormat.Section,
        "Nodes, of those that no earlier entry has.", true);

    private static readonly Field<long> Joins = new("joins", Scalars.Whole(0, MostEpochs),
        "The first epoch that they are members of; epochs count from 0, which is the default.");

    private static readonly Field<long> Leaves = new("leaves-after", Scalars.Whole(0, MostEpochs),
        "The last epoch that they are members of. Default none.");

    public static readonly Shape<MembershipText> Shape = new MappedShape<MembershipText, MembershipText>(
        new Section<MembershipText>("members", [Of, Joins, Leaves], Build),
        (text, node) => text with { Written = node });

    private static MembershipText Build(Values at)
    {
        if (!at.Has(Joins) && !at.Has(Leaves))
            throw at.Error("this says neither when they join nor when they leave; write 'joins' or 'leaves-after'");
        long joins = at.Or(Joins, 0);
        if (at.Has(Leaves) && at.Get(Leaves) < joins)
            throw at.Error("they leave before they join; 'leaves-after' must be at least 'joins'", Leaves, Joins);
        return new MembershipText(at.Get(Of), (int)joins, at.Has(Leaves) ? (int)at.Get(Leaves) : null,
            at.Node(Of)!);
    }
}
