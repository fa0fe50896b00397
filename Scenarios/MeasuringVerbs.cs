using System;
using System.CommandLine;
using System.IO;
using FlowSim.Scenarios.Benching;
using FlowSim.Scenarios.Running;
using FlowSim.Scenarios.Validation;

namespace FlowSim.Scenarios;

/// <summary>The verbs by which FlowSim measures itself.</summary>
internal static class MeasuringVerbs
{
    /// <summary>How fast it is.</summary>
    public static Command Bench(TextWriter output, TextWriter error)
    {
        Option<bool> quick = new("--quick") { Description = "Seconds instead of minutes; says nothing about speed." };
        Option<bool> week = new("--week") { Description = "Run a week of mainnet whole, too." };
        Option<bool> parallel = new("--parallel") { Description = "Compare one worker with two, too." };
        Option<string?> json = new("--json") { Description = "Write the figures to this file, too." };
        Command verb = new("bench", "Measure FlowSim's own speed and memory, with the method.")
        {
            quick, week, parallel, json,
        };
        verb.SetAction(parsed =>
        {
            BenchOptions options = new(parsed.GetValue(quick), parsed.GetValue(week), parsed.GetValue(parallel),
                parsed.GetValue(json));
            return Interruption.Guard(error, cancel => new BenchCommand(options, output, error).Run(cancel));
        });
        return verb;
    }

    /// <summary>How right it is.</summary>
    public static Command Validate(TextWriter output, TextWriter error)
    {
        Option<string?> only = new("--only") { Description = "Only this family of figures." };
        Option<string?> page = new("--out") { Description = "The page to write; default results/VALIDATION.md." };
        Option<string?> workers = new("--workers") { Description = "Runs at a time; default: one per processor." };
        Command verb = new("validate", """
            Hold FlowSim against every published or closed-form figure and write VALIDATION.md.
            Exit codes: 0 all was compared, whatever came out; 2 a mistake in the usage; 3 FlowSim contradicts itself;
            75 the page could not be written or a worker process was lost; 130 interrupted.
            """)
        {
            only, page, workers,
        };
        verb.SetAction(parsed => Interruption.Guard(error, cancel => new ValidateCommand(
            FigureFamilies.All, output, error).Run(parsed.GetValue(only), PageOf(parsed.GetValue(page)),
            (int)CommandLine.Number("--workers", parsed.GetValue(workers), 1, 1024, Environment.ProcessorCount),
            cancel)));
        return verb;
    }

    /// <summary>The default page lies in the results folder, which may not be there yet.</summary>
    private static string PageOf(string? asked)
    {
        if (asked is null) Directory.CreateDirectory("results");
        return asked ?? Path.Combine("results", "VALIDATION.md");
    }
}
