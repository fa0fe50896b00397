using System.Collections.Generic;

namespace FlowSim.Scenarios.Reading;

/// <summary>A piece of a file on one line, as its user could have written it.</summary>
public static class FlowText
{
    /// <summary>The text; the outermost mapping goes without its braces.</summary>
    public static string Of(YamlNode node) => node is YamlMapping mapping ? Entries(mapping) : Inner(node);

    private static string Inner(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Text,
        YamlList list => $"[{string.Join(", ", Each(list.Items))}]",
        YamlMapping mapping => $"{{ {Entries(mapping)} }}",
        _ => "",
    };

    private static string Entries(YamlMapping mapping)
    {
        List<string> entries = [];
        foreach (YamlEntry entry in mapping.Entries) entries.Add($"{entry.Key.Text}: {Inner(entry.Value)}");
        return string.Join(", ", entries);
    }

    private static List<string> Each(IReadOnlyList<YamlNode> nodes)
    {
        List<string> texts = [];
        foreach (YamlNode node in nodes) texts.Add(Inner(node));
        return texts;
    }
}
