using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Benching;

/// <summary>What the user asked of <c>flowsim bench</c>.</summary>
/// <param name="IsQuick">Only show that it works.</param>
/// <param name="WithWeek">Run a week of mainnet whole.</param>
/// <param name="WithParallel">Compare one worker with two.</param>
/// <param name="Json">Where the figures go besides, or null.</param>
public sealed record BenchOptions(bool IsQuick, bool WithWeek, bool WithParallel, string? Json);

/// <summary>The verb <c>bench</c>: the speed of FlowSim with the method, so that others can repeat it.</summary>
/// <param name="options">What was asked.</param>
/// <param name="output">Gets the report.</param>
/// <param name="error">Gets progress.</param>
public sealed class BenchCommand(BenchOptions options, TextWriter output, TextWriter error)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    private static readonly string[] Method =
    [
        "World: profile mainnet-2024 (latencies, jitter, processing as shipped), consensus nodes only;",
        "  without faults a timeout of 2.5 s, so that nobody gives up, with faults and for the week the shipped one.",
        "A message is one delivery: one proposal, vote or timeout object handed to one other node. What a node",
        "  says to itself does not count. A decision is a finalized block.",
        "CPU is user and system time of the whole process, so just-in-time compiling and collecting garbage",
        "  count; setting up the world counts. Metrics are taken in every run; oracles are on or off as said.",
        "A figure is the median of its repeats (min..max); repeat r has seed r; repeats take turns.",
        "Heap and RSS are sampled every 64 decisions; live is after a full collection at the end of the run.",
        "  RSS holds what earlier runs of the process left.",
    ];

    /// <summary>Measures and reports.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="ScenarioException">The JSON file has no place; nothing was measured.</exception>
    public int Run(CancellationToken cancel)
    {
        if (options.Json is { } path) NewFile.EnsureWritable("--json", path);
        Machine.Here.Write(output);
        output.Write("\nMethod\n");
        foreach (string line in Method) output.Write($"  {line}\n");
        BenchPlan plan = options.IsQuick ? BenchPlan.Quick : BenchPlan.Default;
        List<BenchTable> tables = [.. new Bench(plan, line => error.Write($"bench: {line}\n"), cancel).Run()];
        if (options.WithParallel) tables.Add(ParallelRuns.Measure(plan, cancel));
        if (options.WithWeek) tables.Add(WholeWeek.Measure(cancel));
        foreach (BenchTable table in tables) table.Write(output);
        if (options.IsQuick) output.Write("\nA smoke test: too short to say anything about speed.\n");
        if (options.Json is { } file)
        {
            NewFile.Replace(file, stream => JsonSerializer.Serialize(
                stream, new { Machine = Machine.Here, Method, options.IsQuick, Sections = tables }, Indented));
        }

        return ExitCode.Ok;
    }
}
