using System;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>A single value read by a function of its text.</summary>
/// <param name="expected">How a message names it, with an article.</param>
/// <param name="isText">Whether quotes are allowed; a quoted number is text to YAML.</param>
/// <param name="parse">Throws <see cref="FormatException"/> with a message for the user.</param>
/// <param name="schema">The JSON Schema.</param>
public sealed class ScalarShape<T>(string expected, bool isText, Func<string, T> parse,
    Func<JsonObject> schema)
    : Shape<T>
{
    public override string Expected => expected;

    public override JsonObject Schema(bool isPartial) => schema();

    public override T Read(YamlNode node)
    {
        if (node is not YamlScalar scalar || (scalar.Text.Length == 0 && !scalar.IsQuoted))
            throw Unexpected(node);
        if (scalar.IsQuoted && !isText)
            throw node.At.Error($"{node.Found} is quoted where {expected} is expected; remove the quotes");
        try
        {
            return parse(scalar.Text);
        }
        catch (FormatException e)
        {
            throw node.At.Error(e.Message);
        }
    }
}
