using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>A choice told apart by the kind of node: a single value, a list or a mapping.</summary>
public sealed class EitherShape<T>(
    string expected, Shape<T>? scalar, Shape<T>? list, Shape<T>? mapping) : Shape<T>
{
    public override string Expected => expected;

    public override IReadOnlyList<Shape> Inner
    {
        get
        {
            List<Shape> shapes = [];
            if (scalar is not null) shapes.Add(scalar);
            if (list is not null) shapes.Add(list);
            if (mapping is not null) shapes.Add(mapping);
            return shapes;
        }
    }

    public override JsonObject Schema(bool isPartial)
    {
        JsonArray choices = [];
        foreach (Shape shape in Inner) choices.Add(shape.Schema(isPartial));
        return new JsonObject { ["anyOf"] = choices };
    }

    public override T Read(YamlNode node) => Of(node).Read(node);

    public override void Check(YamlNode node) => Of(node).Check(node);

    public override YamlNode Merge(YamlNode lower, YamlNode upper) =>
        lower is YamlMapping && upper is YamlMapping && mapping is not null
            ? mapping.Merge(lower, upper)
            : upper;

    private Shape<T> Of(YamlNode node) => node switch
    {
        YamlScalar { Text.Length: > 0 } => scalar,
        YamlList => list,
        YamlMapping => mapping,
        _ => null,
    } ?? throw Unexpected(node);
}
