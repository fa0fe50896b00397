using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;

namespace FlowSim.Scenarios.Running;

/// <summary>The verb <c>run</c>: makes runs, derives results from records, holds them against expectations.</summary>
/// <param name="options">What was asked.</param>
/// <param name="output">Gets progress and results.</param>
/// <param name="error">Gets everything that is wrong.</param>
/// <param name="columns">Width of the terminal; null if output goes elsewhere.</param>
public sealed class RunCommand(RunOptions options, TextWriter output, TextWriter error, int? columns)
{
    private readonly TextWriter error = TextWriter.Synchronized(error);

    /// <summary>Runs to the end, or until the token is cancelled.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="ScenarioException">A mistake in the input; nothing was written.</exception>
    public int Run(CancellationToken cancel)
    {
        Batch batch = new(ScenarioFile.Load(options.File), options, output, error, columns);
        return batch.Make(options.Selection.Of(batch.Plan), (on, folder) => Report(batch, on, folder), cancel);
    }

    private IReadOnlyList<string> Report(Batch batch, OnRecord on, ResultsFolder folder)
    {
        Scenario scenario = on.Scenario;
        Measurement[] measured = on.Measured;
        if (scenario.Map is { } map)
        {
            batch.ReportMap(on, map, folder);
            return Expected.Missed(scenario, measured);
        }

        if (scenario.Grid is { } grid)
        {
            batch.ReportGrid(on, grid, folder);
            return [];
        }

        var study = Study.Of(measured);
        string derived = folder.Write(options.File, study, on.WithCuts(SummaryTable.Of(study)), measured);
        output.Write($"\n{scenario.Name}: {scenario.Question}\n\n");
        batch.Show(on.WithCuts(SummaryTable.Of(study, headlines: true)));
        foreach (string line in on.Cuts) error.Write(line + "\n");
        output.Write(FormattableString.Invariant($"\n{on.Runs.Count} of {on.Planned} runs on record; "));
        output.Write($"all metrics (summary.md), per-run and per-view files and figures: {derived}\n");
        batch.WriteReplay(on.Runs[0].Run, on.Runs[0].Record.Digest);
        return Expected.Missed(scenario, measured);
    }
}
