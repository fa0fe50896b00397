using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>A mapping whose keys are the user's own names.</summary>
/// <param name="expected">How a message names it.</param>
/// <param name="value">What stands under a key.</param>
/// <param name="key">What a key may be; anything without it.</param>
public sealed class TableShape<T>(string expected, Shape<T> value, ScalarShape<string>? key = null)
    : Shape<IReadOnlyList<(YamlScalar Key, T Value)>>
{
    public override string Expected => expected;

    public override IReadOnlyList<Shape> Inner => [value];

    public override JsonObject Schema(bool isPartial)
    {
        JsonObject schema = new()
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["additionalProperties"] = value.Schema(isPartial: false),
        };
        if (key is not null) schema["propertyNames"] = key.Schema(isPartial: false);
        return schema;
    }

    public override IReadOnlyList<(YamlScalar Key, T Value)> Read(YamlNode node)
    {
        if (node is not YamlMapping mapping || mapping.Entries.Count == 0) throw Unexpected(node);
        mapping.RefuseDuplicates();
        List<(YamlScalar, T)> rows = [];
        foreach (YamlEntry entry in mapping.Entries)
        {
            key?.Read(entry.Key);
            rows.Add((entry.Key, value.Read(entry.Value)));
        }

        return rows;
    }
}
