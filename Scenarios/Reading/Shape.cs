using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>What a piece of a file may look like: one declaration for the reader and for the JSON
/// Schema.</summary>
public abstract class Shape
{
    /// <summary>How a message names what is expected, with its article.</summary>
    public abstract string Expected { get; }

    /// <summary>The shapes inside this one, for walks over the whole format.</summary>
    public virtual IReadOnlyList<Shape> Inner => [];

    /// <summary>JSON Schema (draft 2020-12) of the same set of texts.</summary>
    /// <param name="isPartial">Whether sections may leave out what a lower layer gives.</param>
    public abstract JsonObject Schema(bool isPartial);

    /// <summary>Refuses what has not this shape.</summary>
    public abstract void Check(YamlNode node);

    /// <summary>What holds when one file overrides another: the upper one, unless a shape merges key by
    /// key.</summary>
    public virtual YamlNode Merge(YamlNode lower, YamlNode upper) => upper;

    /// <summary>The error for a node of another kind.</summary>
    protected ScenarioException Unexpected(YamlNode node) =>
        node.At.Error($"{node.Found} stands where {Expected} is expected");
}

/// <summary>A shape whose texts mean values of a type.</summary>
public abstract class Shape<T> : Shape
{
    /// <summary>The value of a node.</summary>
    /// <exception cref="ScenarioException">The node has another shape.</exception>
    public abstract T Read(YamlNode node);

    public override void Check(YamlNode node) => Read(node);
}
