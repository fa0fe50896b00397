using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>A shape whose value is turned into another type, or refused with a message.</summary>
public sealed class MappedShape<TFrom, T>(Shape<TFrom> of, Func<TFrom, YamlNode, T> map) : Shape<T>
{
    public override string Expected => of.Expected;

    public override IReadOnlyList<Shape> Inner => [of];

    public override JsonObject Schema(bool isPartial) => of.Schema(isPartial);

    public override T Read(YamlNode node) => map(of.Read(node), node);

    public override void Check(YamlNode node)
    {
        of.Check(node);
    }

    public override YamlNode Merge(YamlNode lower, YamlNode upper) => of.Merge(lower, upper);
}
