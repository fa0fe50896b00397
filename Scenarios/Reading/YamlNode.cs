using System;
using System.Collections.Generic;

namespace FlowSim.Scenarios.Reading;

/// <summary>A piece of YAML that knows where it stands.</summary>
public abstract record YamlNode(Place At)
{
    /// <summary>How a message names what was found.</summary>
    public abstract string Found { get; }
}

/// <summary>A single value.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Text">Its text, quotes and escapes resolved.</param>
/// <param name="IsQuoted">Whether quotes or a block style mark it as text.</param>
/// <param name="IsVerbatim">Whether the file has exactly this text on one line, so that columns can be
/// counted.</param>
public sealed record YamlScalar(Place At, string Text, bool IsQuoted, bool IsVerbatim = false) : YamlNode(At)
{
    public override string Found => Text.Length == 0 && !IsQuoted ? "nothing" : $"'{Text}'";
}

/// <summary>A list.</summary>
public sealed record YamlList(Place At, IReadOnlyList<YamlNode> Items) : YamlNode(At)
{
    public override string Found => Items.Count == 0 ? "an empty list" : "a list";
}

/// <summary>A mapping, in the order of the file.</summary>
public sealed record YamlMapping(Place At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At)
{
    public override string Found => Entries.Count == 0 ? "an empty mapping" : "a mapping";

    /// <summary>The value under a key, if it is there.</summary>
    public YamlNode? Find(string key)
    {
        foreach (YamlEntry entry in Entries)
        {
            if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal)) return entry.Value;
        }

        return null;
    }

    /// <summary>Refuses a key that stands twice.</summary>
    public void RefuseDuplicates()
    {
        Dictionary<string, Place> seen = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in Entries)
        {
            if (!seen.TryAdd(entry.Key.Text, entry.Key.At))
                throw entry.Key.At.Error(FormattableString.Invariant(
                    $"key '{entry.Key.Text}' stands twice, first in line {seen[entry.Key.Text].Line}; ")
                    + "keep one");
        }
    }
}

/// <summary>A key and its value.</summary>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);
