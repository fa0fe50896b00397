using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>Some of the nodes, as written.</summary>
/// <param name="At">Where it is written.</param>
/// <param name="Names">Nodes by name; null for any.</param>
/// <param name="Role">Only nodes of this role.</param>
/// <param name="Region">Only nodes in this region.</param>
/// <param name="Operator">Only nodes of this operator.</param>
/// <param name="Count">So many of them, drawn anew for every seed; null for all.</param>
/// <param name="SharePerMillion">Such a share of them, drawn likewise and rounded down; null for all.</param>
public sealed record ChoiceText(
    Place At, IReadOnlyList<YamlScalar>? Names, Role? Role, YamlScalar? Region, YamlScalar? Operator, long? Count,
    long? SharePerMillion)
{
    /// <summary>Whether a seed draws who is meant.</summary>
    public bool IsDrawn => Count is not null || SharePerMillion is not null;
}

/// <summary>A choice of nodes: <c>{ role: consensus, share: 10% }</c>. All keys must hold.</summary>
public static class ChoiceFormat
{
    private static readonly MappedShape<string, YamlScalar> Word =
        new(Scalars.Text, (_, node) => (YamlScalar)node);

    private static readonly Field<IReadOnlyList<YamlScalar>> Names = new("nodes",
        new ListShape<YamlScalar>("a list of at least one node's name", Word, 1, 10_000), "Nodes by name.");

    private static readonly Field<Role> RoleField = new("role", RoleShape(), "Only nodes of this role.");

    private static readonly Field<YamlScalar> Region = new("region", Word, "Only nodes in this region.");

    private static readonly Field<YamlScalar> Operator = new("operator", Word, "Only nodes of this operator.");

    private static readonly Field<long> Count = new("count", Scalars.Whole(1, 10_000),
        "So many of them, drawn anew for every seed.");

    private static readonly Field<long> Share = new("share", Scalars.Percent,
        "Such a share of them, rounded down, drawn anew for every seed.");

    public static readonly Section<ChoiceText> Section = new("a choice of nodes",
        [Names, RoleField, Region, Operator, Count, Share], Build);

    /// <summary>One side of a partition: a choice of nodes, or null for all that no other side has.</summary>
    public static readonly Shape<ChoiceText?> Side = new EitherShape<ChoiceText?>("a choice of nodes, or 'rest'",
        new MappedShape<string, ChoiceText?>(Scalars.OneOf("'rest'", ["rest"]), (_, _) => null), null,
        new MappedShape<ChoiceText, ChoiceText?>(Section, (choice, _) => choice));

    private static ChoiceText Build(Values at)
    {
        if (at.Has(Count) && at.Has(Share))
            throw at.Error("'count' and 'share' exclude each other; keep one", Share);
        if (!at.Has(Names) && !at.Has(RoleField) && !at.Has(Region) && !at.Has(Operator)
            && !at.Has(Count) && !at.Has(Share))
            throw at.Error("this chooses no node; write for instance { role: consensus }");
        return new ChoiceText(at.At, at.Or(Names, null!), at.Has(RoleField) ? at.Get(RoleField) : null,
            at.Or(Region, null!), at.Or(Operator, null!), at.Has(Count) ? at.Get(Count) : null,
            at.Has(Share) ? at.Get(Share) : null);
    }

    private static MappedShape<string, Role> RoleShape()
    {
        List<string> names = [];
        foreach ((string name, _) in NodesFormat.Roles) names.Add(name);
        return new MappedShape<string, Role>(Scalars.OneOf("a role", names), (text, _) => RoleOf(text));
    }

    private static Role RoleOf(string text)
    {
        foreach ((string name, Role role) in NodesFormat.Roles)
        {
            if (string.Equals(name, text, System.StringComparison.Ordinal)) return role;
        }

        throw new System.ArgumentOutOfRangeException(nameof(text));
    }
}
