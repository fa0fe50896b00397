using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>A section of which only the keys to override need to stand; its value is the checked mapping.</summary>
/// <remarks>Layers merge as nodes, so that every value keeps the place where its user wrote it.</remarks>
public sealed class LayerShape<T>(Section<T> section) : Shape<YamlNode>
{
    public override string Expected => section.Expected;

    public override IReadOnlyList<Shape> Inner => [section];

    public override JsonObject Schema(bool isPartial) => section.Schema(isPartial: true);

    public override YamlNode Read(YamlNode node)
    {
        section.Check(node);
        return node;
    }
}
