using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>Another shape, checked but not yet read, because layers above it may still override
/// parts.</summary>
public sealed class UnreadShape(Shape of) : Shape<YamlNode>
{
    public override string Expected => of.Expected;

    public override IReadOnlyList<Shape> Inner => [of];

    public override JsonObject Schema(bool isPartial) => of.Schema(isPartial: true);

    public override YamlNode Read(YamlNode node)
    {
        of.Check(node);
        return node;
    }

    public override YamlNode Merge(YamlNode lower, YamlNode upper) => of.Merge(lower, upper);
}
