using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>A list of things of one shape.</summary>
public sealed class ListShape<T>(string expected, Shape<T> item, int least, int most = int.MaxValue)
    : Shape<IReadOnlyList<T>>
{
    public override string Expected => expected;

    public override IReadOnlyList<Shape> Inner => [item];

    public override JsonObject Schema(bool isPartial)
    {
        JsonObject schema = new()
        {
            ["type"] = "array",
            ["items"] = item.Schema(isPartial: false),
            ["minItems"] = least,
        };
        if (most != int.MaxValue) schema["maxItems"] = most;
        return schema;
    }

    public override IReadOnlyList<T> Read(YamlNode node)
    {
        List<T> values = [];
        foreach (YamlNode inner in Items(node)) values.Add(item.Read(inner));
        return values;
    }

    /// <remarks>A wrong entry is told before that there are too few.</remarks>
    public override void Check(YamlNode node)
    {
        if (node is YamlList list && list.Items.Count <= most)
        {
            foreach (YamlNode inner in list.Items) item.Check(inner);
        }

        Items(node);
    }

    private IReadOnlyList<YamlNode> Items(YamlNode node)
    {
        if (node is not YamlList list || list.Items.Count < least) throw Unexpected(node);
        return list.Items.Count <= most
            ? list.Items
            : throw node.At.Error(FormattableString.Invariant(
                $"this list has {list.Items.Count} entries; at most {most} are allowed"));
    }
}
