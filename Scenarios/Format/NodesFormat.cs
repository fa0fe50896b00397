using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using FlowSim.Chain;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>Who exists, as written: a list in a file, or counts per role.</summary>
/// <param name="At">Where it is written.</param>
/// <param name="List">The path of a node list; then the rest is unused.</param>
/// <param name="Counts">Nodes per role, in the order of <see cref="NodesFormat.Roles"/>.</param>
/// <param name="Weight">Voting weight of each.</param>
public sealed record NodesText(
    Place At, YamlScalar? List, IReadOnlyList<(Role Role, int Count)> Counts, ulong Weight);

/// <summary>The <c>nodes</c> key.</summary>
public static class NodesFormat
{
    /// <summary>The five roles by the names that keys and node names use.</summary>
    public static readonly IReadOnlyList<(string Name, Role Role)> Roles =
    [
        ("collection", Role.Collection), ("consensus", Role.Consensus), ("execution", Role.Execution),
        ("verification", Role.Verification), ("access", Role.Access),
    ];

    /// <summary>A role's name in keys, node lists and node names.</summary>
    public static string NameOf(Role role)
    {
        foreach ((string name, Role candidate) in Roles)
        {
            if (candidate == role) return name;
        }

        throw new ArgumentOutOfRangeException(nameof(role));
    }

    private static readonly IReadOnlyList<Field<long>> CountFields = Count();

    private static readonly Field<long> Weight = new("weight", Scalars.Whole(0, 1_000_000_000),
        "Voting weight of each node; flow-go's default is 100.");

    private static readonly Section<NodesText> Counts =
        new("nodes", [.. CountFields, Weight], Build);

    private static readonly ScalarShape<string> ListPath = new(
        "the path of a node list ending in .csv", true,
        text => MatrixName.IsPath(text)
            ? text
            : throw new FormatException($"'{text}' is no node list; write the path of a file ending in .csv, "
                + "or counts such as { consensus: 94 }"),
        () => new JsonObject { ["type"] = "string", ["pattern"] = @"\.csv$" });

    public static readonly Shape<NodesText> Shape = new EitherShape<NodesText>(
        "a mapping of roles to counts, or the path of a node list",
        new MappedShape<string, NodesText>(
            ListPath, (_, node) => new NodesText(node.At, (YamlScalar)node, [], 0)),
        null, Counts);

    private static NodesText Build(Values at)
    {
        List<(Role, int)> counts = [];
        for (int i = 0; i < Roles.Count; i++)
        {
            long count = at.Or(CountFields[i], 0);
            if (Roles[i].Role == Role.Consensus && count == 0)
                throw at.Error("the consensus committee is empty; it needs at least one node",
                    CountFields[i]);
            counts.Add((Roles[i].Role, (int)count));
        }

        long weight = at.Or(Weight, 100);
        if (weight == 0)
            throw at.Error("the consensus committee has no weight; it must be 1 or more", Weight);
        return new NodesText(at.At, null, counts, (ulong)weight);
    }

    private static List<Field<long>> Count()
    {
        List<Field<long>> fields = [];
        foreach ((string name, _) in Roles)
            fields.Add(new Field<long>(name, Scalars.Whole(0, 10_000), $"Number of {name} nodes."));
        return fields;
    }
}
