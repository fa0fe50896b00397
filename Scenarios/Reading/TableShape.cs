using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>A mapping whose keys are the user's own names.</summary>
public sealed class TableShape<T>(string expected, Shape<T> value)
    : Shape<IReadOnlyList<(YamlScalar Key, T Value)>>
{
    public override string Expected => expected;

    public override IReadOnlyList<Shape> Inner => [value];

    public override JsonObject Schema(bool isPartial) => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["additionalProperties"] = value.Schema(isPartial: false),
    };

    public override IReadOnlyList<(YamlScalar Key, T Value)> Read(YamlNode node)
    {
        if (node is not YamlMapping mapping || mapping.Entries.Count == 0) throw Unexpected(node);
        mapping.RefuseDuplicates();
        List<(YamlScalar, T)> rows = [];
        foreach (YamlEntry entry in mapping.Entries) rows.Add((entry.Key, value.Read(entry.Value)));
        return rows;
    }
}
