using System.CommandLine;
using System.IO;
using FlowSim.Scenarios.Benching;
using FlowSim.Scenarios.Running;

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
}
