using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FlowSim.Scenarios.Reading;

/// <summary>YAML text as nodes with their places.</summary>
/// <remarks>Reading stays at the level of parser events, since only they carry exact marks.</remarks>
public sealed class YamlText
{
    private const int DeepestNesting = 30;

    private readonly string file;
    private readonly Parser parser;
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    private int depth;

    private YamlText(InputFile input)
    {
        file = input.Name;
        parser = new Parser(new Scanner(new StringReader(input.Text), skipComments: true));
    }

    /// <summary>Parses the only document of a file.</summary>
    public static YamlNode Parse(InputFile input)
    {
        YamlText reader = new(input);
        try
        {
            return reader.Document();
        }
        catch (YamlException e)
        {
            if (TabIndent(input) is { } tab)
                throw tab.Error("a tab indents this line; YAML indents by spaces");
            throw reader.At(e.Start).Error(
                $"this is not YAML: {InputFile.OneLine(e.Message)}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException
            or FormatException or IndexOutOfRangeException or NullReferenceException)
        {
            // Some mistakes break the parser itself, which then only knows what it read before.
            throw reader.At(reader.parser.Current?.End ?? Mark.Empty).Error("this is not YAML from here on");
        }
    }

    /// <summary>The first tab in an indent, of which the parser only says where its block begins.</summary>
    private static Place? TabIndent(InputFile input)
    {
        string[] lines = input.Text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int indent = lines[i].Length - lines[i].TrimStart(' ').Length;
            if (indent < lines[i].Length && lines[i][indent] == '\t')
                return new Place(input.Name, i + 1, indent + 1);
        }

        return null;
    }

    private YamlNode Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            throw new Place(file, 1, 1).Error("the file is empty; it must begin with 'format: 1'");
        parser.Consume<DocumentStart>();
        YamlNode root = Node();
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out DocumentStart? second))
            throw At(second.Start).Error("a second document begins here; a file holds one");
        return root;
    }

    private YamlNode Node()
    {
        if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias)) return Resolve(alias);
        NodeEvent start = parser.Consume<NodeEvent>();
        Place at = At(start.Start);
        if (!start.Tag.IsEmpty) throw at.Error($"the tag '{start.Tag}' has no meaning here; remove it");
        if (++depth > DeepestNesting) throw at.Error("this is nested too deeply");
        YamlNode node = start switch
        {
            Scalar scalar => Value(at, scalar),
            SequenceStart => new YamlList(at, Items()),
            MappingStart => new YamlMapping(at, Entries()),
            _ => throw at.Error("a value is expected here"),
        };
        depth--;
        if (!start.Anchor.IsEmpty) anchors[start.Anchor.Value] = node;
        return node;
    }

    private static YamlScalar Value(Place at, Scalar scalar)
    {
        // An escape in quotes can write what a file cannot hold; on a terminal it would be carried out.
        if (scalar.Value.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')))
            throw at.Error("this text has a control character; remove it");
        bool isPlain = scalar.Style == ScalarStyle.Plain;
        return new YamlScalar(at, scalar.Value, !isPlain, isPlain && scalar.Start.Line == scalar.End.Line);
    }

    private List<YamlNode> Items()
    {
        List<YamlNode> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node());
        return items;
    }

    private List<YamlEntry> Entries()
    {
        List<YamlEntry> entries = [];
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode key = Node();
            if (key is not YamlScalar word) throw key.At.Error($"a key is expected, not {key.Found}");
            entries.Add(new YamlEntry(word, Node()));
        }

        return entries;
    }

    private YamlNode Resolve(AnchorAlias alias) =>
        anchors.TryGetValue(alias.Value.Value, out YamlNode? node)
            ? node
            : throw At(alias.Start).Error(
                $"nothing above is named &{alias.Value.Value}"
                + Nearest.Suggestion(alias.Value.Value, [.. anchors.Keys]));

    private Place At(Mark mark) => new(file, checked((int)mark.Line), checked((int)mark.Column));
}
