using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace FlowSim.Scenarios.Reading;

/// <summary>A mapping with fixed keys, read into a type.</summary>
/// <param name="expected">How a message names it, with its article.</param>
/// <param name="fields">All keys it may have.</param>
/// <param name="build">Makes the value and checks what keys mean together.</param>
/// <param name="exactlyOne">Keys of which one, and only one, must stand.</param>
public sealed class Section<T>(
    string expected, IReadOnlyList<Field> fields, Func<Values, T> build,
        params IReadOnlyList<Field> exactlyOne)
    : Shape<T>
{
    public override string Expected => expected;

    public IReadOnlyList<Field> Fields => fields;

    public override IReadOnlyList<Shape> Inner => ShapesOf(fields);

    public override JsonObject Schema(bool isPartial)
    {
        JsonObject properties = [];
        JsonArray required = [];
        foreach (Field field in fields)
        {
            JsonObject schema = field.Shape.Schema(isPartial);
            schema["description"] = field.Description;
            properties[field.Key] = schema;
            if (field.IsRequired) required.Add(field.Key);
        }

        JsonObject whole = new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        if (required.Count > 0 && !isPartial) whole["required"] = required;
        if (exactlyOne.Count > 0) whole[isPartial ? "anyOf" : "oneOf"] = Choices(isPartial);
        return whole;
    }

    /// <summary>Reads a complete section.</summary>
    public override T Read(YamlNode node)
    {
        YamlMapping mapping = Known(node);
        foreach (Field field in fields)
        {
            if (field.IsRequired && mapping.Find(field.Key) is null)
                throw mapping.At.Error($"{expected} lacks the key '{field.Key}'");
        }

        if (exactlyOne.Count > 0 && Chosen(mapping) is null)
            throw mapping.At.Error($"{expected} needs one of {Names(exactlyOne)}");
        return build(new Values(mapping));
    }

    /// <summary>Refuses wrong keys and wrong values; keys may be missing.</summary>
    public override void Check(YamlNode node)
    {
        YamlMapping mapping = Known(node);
        Chosen(mapping);
        foreach (YamlEntry entry in mapping.Entries) FieldOf(entry.Key)!.Shape.Check(entry.Value);
    }

    /// <summary>The upper section over the lower one, key by key; sections inside merge the same
    /// way.</summary>
    public override YamlNode Merge(YamlNode lower, YamlNode upper)
    {
        if (lower is not YamlMapping below || upper is not YamlMapping above) return upper;
        List<YamlEntry> entries = [];
        bool chosenAbove = Chosen(above) is not null;
        foreach (YamlEntry entry in below.Entries)
        {
            bool isChoice = chosenAbove && IsChoice(entry.Key.Text);
            if (!isChoice && above.Find(entry.Key.Text) is null) entries.Add(entry);
        }

        foreach (YamlEntry entry in above.Entries)
        {
            YamlNode? under = below.Find(entry.Key.Text);
            entries.Add(under is null
                ? entry
                : entry with { Value = FieldOf(entry.Key)!.Shape.Merge(under, entry.Value) });
        }

        return above with { Entries = entries };
    }

    private YamlMapping Known(YamlNode node)
    {
        if (node is not YamlMapping mapping) throw Unexpected(node);
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (FieldOf(entry.Key) is null)
                throw entry.Key.At.Error(
                    $"unknown key '{entry.Key.Text}' in {expected}; "
                    + Nearest.Allowed(entry.Key.Text, Keys(fields)));
        }

        mapping.RefuseDuplicates();
        return mapping;
    }

    private Field? FieldOf(YamlScalar key)
    {
        foreach (Field field in fields)
        {
            if (string.Equals(field.Key, key.Text, StringComparison.Ordinal)) return field;
        }

        return null;
    }

    private YamlEntry? Chosen(YamlMapping mapping)
    {
        YamlEntry? chosen = null;
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (!IsChoice(entry.Key.Text)) continue;
            if (chosen is not null)
                throw entry.Key.At.Error(
                    $"'{entry.Key.Text}' and '{chosen.Key.Text}' exclude each other; "
                    + $"keep one of {Names(exactlyOne)}");
            chosen = entry;
        }

        return chosen;
    }

    private bool IsChoice(string key)
    {
        foreach (Field field in exactlyOne)
        {
            if (string.Equals(field.Key, key, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private JsonArray Choices(bool orNone)
    {
        JsonArray choices = [];
        foreach (Field field in exactlyOne)
        {
            JsonArray others = [];
            foreach (Field other in exactlyOne)
            {
                if (other != field) others.Add(new JsonObject { ["required"] = new JsonArray(other.Key) });
            }

            JsonObject choice = orNone ? [] : new() { ["required"] = new JsonArray(field.Key) };
            if (others.Count > 0) choice["not"] = new JsonObject { ["anyOf"] = others };
            choices.Add(choice);
        }

        return choices;
    }

    private static List<Shape> ShapesOf(IReadOnlyList<Field> of)
    {
        List<Shape> shapes = [];
        foreach (Field field in of) shapes.Add(field.Shape);
        return shapes;
    }

    private static List<string> Keys(IReadOnlyList<Field> of)
    {
        List<string> keys = [];
        foreach (Field field in of) keys.Add(field.Key);
        return keys;
    }

    private static string Names(IReadOnlyList<Field> of) => string.Join(", ", Keys(of));
}
