using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;
using FlowSim.HotStuff;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>Parameters as they stand on a node's command line.</summary>
public static class Flags
{
    private static readonly ScalarShape<string> Line = new(
        "a line of flags such as --hotstuff-min-timeout=1045ms", true, text => text,
        () => new JsonObject { ["type"] = "string", ["pattern"] = "^\\s*--" });

    /// <summary>A line of flags as a mapping of flag names to values.</summary>
    public static readonly Shape<YamlMapping> Shape = new FlagLineShape();

    /// <summary>Replaces the key <c>flags</c> by the flags it names; a flag set twice is refused.</summary>
    public static YamlMapping Expand(YamlMapping written)
    {
        List<YamlEntry> entries = [];
        foreach (YamlEntry entry in written.Entries)
        {
            if (entry.Key.Text is "flags") entries.AddRange(Shape.Read(entry.Value).Entries);
            else entries.Add(entry);
        }

        YamlMapping expanded = written with { Entries = entries };
        expanded.RefuseDuplicates();
        return expanded;
    }

    /// <summary>All seven flags of a set, ready to paste.</summary>
    public static string Format(Parameters parameters)
    {
        PacemakerConfig pacemaker = parameters.Pacemaker;
        CruiseControlConfig cruise = parameters.CruiseControl;
        return string.Join(' ',
            Flag(ParameterFormat.MinTimeout, GoDuration.FormatFlag(pacemaker.MinTimeout)),
            Flag(ParameterFormat.Factor,
                pacemaker.AdjustmentFactor.ToString("R", CultureInfo.InvariantCulture)),
            Flag(ParameterFormat.HappyFailures,
                pacemaker.HappyPathMaxRoundFailures.ToString(CultureInfo.InvariantCulture)),
            Flag(ParameterFormat.Enabled, cruise.Enabled ? "true" : "false"),
            Flag(ParameterFormat.MinView, GoDuration.FormatFlag(cruise.MinViewDuration)),
            Flag(ParameterFormat.MaxView, GoDuration.FormatFlag(cruise.MaxViewDuration)),
            Flag(ParameterFormat.Fallback, GoDuration.FormatFlag(cruise.FallbackProposalDelay)));
    }

    private static string Flag(Field field, string value) => $"--{field.Key}={value}";

    private sealed class FlagLineShape : Shape<YamlMapping>
    {
        public override string Expected => Line.Expected;

        public override JsonObject Schema(bool isPartial) => Line.Schema(isPartial);

        public override YamlMapping Read(YamlNode node)
        {
            Line.Read(node);
            YamlScalar line = (YamlScalar)node;
            List<YamlEntry> entries = [];
            List<YamlScalar> words = Words(line);
            for (int i = 0; i < words.Count; i++) entries.Add(Entry(words, ref i));
            return new YamlMapping(line.At, entries);
        }

        /// <summary>A flag and its value, which may be the next word unless the flag is a truth
        /// value.</summary>
        private static YamlEntry Entry(List<YamlScalar> words, ref int index)
        {
            YamlScalar word = words[index];
            if (!word.Text.StartsWith("--", StringComparison.Ordinal))
                throw word.At.Error(
                    $"'{word.Text}' is not a flag; flags begin with -- and have the form --name=value");
            int equals = word.Text.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word.Text[2..] : word.Text[2..equals];
            Field field = FieldOf(word, name);
            bool isTruth = field == ParameterFormat.Enabled;
            YamlScalar value = equals >= 0
                ? new YamlScalar(word.At.Right(equals + 1), word.Text[(equals + 1)..], false)
                : isTruth ? word with { Text = "true" }
                : index + 1 < words.Count ? words[++index]
                : throw word.At.Error($"--{name} has no value; write --{name}=value");
            if (isTruth) value = value with { Text = GoTruth(value.Text) };
            field.Shape.Check(value);
            return new YamlEntry(new YamlScalar(word.At, name, false), value);
        }

        private static Field FieldOf(YamlScalar word, string name)
        {
            List<string> names = [];
            foreach (Field field in ParameterFormat.FlagFields)
            {
                if (string.Equals(field.Key, name, StringComparison.Ordinal)) return field;
                names.Add(field.Key);
            }

            throw word.At.Error($"unknown flag --{name}; {Nearest.Allowed(name, names)}");
        }

        /// <summary>The spellings of Go's strconv.ParseBool.</summary>
        private static string GoTruth(string text) => text switch
        {
            "1" or "t" or "T" or "TRUE" or "True" => "true",
            "0" or "f" or "F" or "FALSE" or "False" => "false",
            _ => text,
        };

        private static List<YamlScalar> Words(YamlScalar line)
        {
            List<YamlScalar> words = [];
            int start = 0;
            while (start < line.Text.Length)
            {
                int end = start;
                while (end < line.Text.Length && !char.IsWhiteSpace(line.Text[end])) end++;
                Place at = line.IsVerbatim ? line.At.Right(start) : line.At;
                string word = line.Text[start..end];
                // A lone backslash continues a line in a shell.
                if (word.Length > 0 && word is not "\\") words.Add(new YamlScalar(at, word, false));
                start = end + 1;
            }

            return words;
        }
    }
}
