using System;
using System.Collections.Generic;

namespace FlowSim.Scenarios.Reading;

/// <summary>What stands in a section, asked for by field.</summary>
public sealed class Values(YamlMapping mapping)
{
    /// <summary>Where the section begins.</summary>
    public Place At => mapping.At;

    public bool Has(Field field) => mapping.Find(field.Key) is not null;

    /// <summary>The value of a key that must be there.</summary>
    public T Get<T>(Field<T> field) => field.Read(mapping.Find(field.Key)
        ?? throw new InvalidOperationException($"'{field.Key}' is read as required and not declared so"));

    /// <summary>The value of a key, or what holds when it is missing.</summary>
    public T Or<T>(Field<T> field, T otherwise) =>
        mapping.Find(field.Key) is { } node ? field.Read(node) : otherwise;

    /// <summary>What stands under a key, unread.</summary>
    public YamlNode? Node(Field field) => mapping.Find(field.Key);

    /// <summary>A part to be merged with other layers, checked; null when it is missing.</summary>
    public YamlNode? Layer(Field<YamlNode> field) =>
        mapping.Find(field.Key) is { } node ? field.Read(node) : null;

    /// <summary>The part of the section with these keys only.</summary>
    public YamlMapping Only(IReadOnlyList<Field> fields)
    {
        List<YamlEntry> entries = [];
        foreach (YamlEntry entry in mapping.Entries)
        {
            foreach (Field field in fields)
            {
                if (string.Equals(field.Key, entry.Key.Text, StringComparison.Ordinal)) entries.Add(entry);
            }
        }

        return mapping with { Entries = entries };
    }

    /// <summary>A mistake in what the fields mean together, at the first of them that the user
    /// wrote.</summary>
    /// <remarks>A field from a lower layer, such as a profile, is not what its user can mend.</remarks>
    public ScenarioException Error(string message, params IReadOnlyList<Field> about)
    {
        foreach (Field field in about)
        {
            if (mapping.Find(field.Key) is { } node
                && string.Equals(node.At.File, mapping.At.File, StringComparison.Ordinal))
                return node.At.Error(message);
        }

        return mapping.At.Error(message);
    }
}
