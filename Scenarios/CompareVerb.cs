using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using FlowSim.Scenarios.Running;

namespace FlowSim.Scenarios;

/// <summary>The verb <c>compare</c> on the command line.</summary>
public static class CompareVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Of(TextWriter output, TextWriter error, int? columns)
    {
        Argument<string> file = new("FILE") { Description = "A scenario file." };
        SelectionOptions which = new();
        MakingOptions making = new();
        Option<string?> baseline = new("--baseline") { Description = "The set to compare to; default: the first." };
        Option<string?> sets = new("--sets") { Description = "Only these sets: a,b,c." };
        Option<string?> metrics = new("--metrics") { Description = "Show these metrics: a,b,c." };
        Option<bool> all = new("--all-metrics") { Description = "Show every metric, not the headlines only." };
        Command verb = new("compare", """
            Make the runs that are missing and judge sets against a baseline: better, worse, equivalent, undecided.
            Of a scenario with a map, print the map. Exit codes as of run.
            """)
        {
            file, which.Scenario, baseline, sets, metrics, all, making.Results, making.Workers, making.Fresh,
            making.Unwatched,
        };
        verb.SetAction(parsed =>
        {
            RunOptions options = making.Of(parsed, parsed.GetRequiredValue(file),
                new Selection(parsed.GetValue(which.Scenario), null, null));
            CompareOptions compare = new(Words("--sets", parsed.GetValue(sets)), parsed.GetValue(baseline),
                Words("--metrics", parsed.GetValue(metrics)), parsed.GetValue(all));
            using Interruption interruption = new();
            return new CompareCommand(options, compare, output, error, columns).Run(interruption.Token);
        });
        return verb;
    }

    private static IReadOnlyList<string>? Words(string option, string? list)
    {
        if (list is null) return null;
        List<string> words = [.. list.Split(',', StringSplitOptions.TrimEntries)];
        foreach (string word in words)
        {
            if (word.Length == 0) throw new ScenarioException($"{option}: a name is missing in '{list}'");
            if (words.IndexOf(word) != words.LastIndexOf(word))
                throw new ScenarioException($"{option}: '{word}' stands twice in '{list}'");
        }

        return words;
    }
}
