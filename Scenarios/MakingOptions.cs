using System;
using System.CommandLine;
using FlowSim.Scenarios.Running;

namespace FlowSim.Scenarios;

/// <summary>The options of verbs that make runs.</summary>
public sealed record MakingOptions
{
    public Option<string> Results { get; } = ResultsOption();

    public Option<string?> Workers { get; } = new("--workers")
    {
        Description = "Runs at a time; default: one per processor.",
    };

    public Option<bool> Fresh { get; } = new("--fresh")
    {
        Description = "Simulate again what is on record, and compare.",
    };

    public Option<bool> Unwatched { get; } = new("--no-oracles")
    {
        Description = "Do not check invariants on the way; for measuring speed.",
    };

    public RunOptions Of(ParseResult parsed, string file, Selection selection) => new(file, selection,
        parsed.GetRequiredValue(Results),
        (int)CommandLine.Number("--workers", parsed.GetValue(Workers), 1, 1024, Environment.ProcessorCount),
        parsed.GetValue(Fresh), !parsed.GetValue(Unwatched));

    /// <summary>The option of every verb that reads or writes results.</summary>
    public static Option<string> ResultsOption() => new("--out")
    {
        Description = "The results folder.",
        DefaultValueFactory = _ => "results",
    };
}
