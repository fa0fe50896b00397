using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using FlowSim.Analysis.Divergence;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Scenarios.Reading;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Running;

/// <summary>Makes runs of a file and has what is on record reported, scenario by scenario.</summary>
/// <param name="file">The file.</param>
/// <param name="options">What was asked of it.</param>
/// <param name="output">Gets progress and results.</param>
/// <param name="error">Gets everything that is wrong; synchronized.</param>
/// <param name="columns">Width of the terminal; null if output goes elsewhere.</param>
public sealed class Batch(
    ScenarioFile file, RunOptions options, TextWriter output, TextWriter error, int? columns)
{
    /// <summary>All runs of the file, under the names that watched or unwatched runs have.</summary>
    public IReadOnlyList<PlannedRun> Plan { get; } = Scenarios.Plan.Of(file, options.IsWatched);

    /// <summary>Notes what is likely not meant, makes what is missing, reports, and tells what failed.</summary>
    /// <param name="runs">The runs that are asked for.</param>
    /// <param name="report">Tells of one scenario, and returns a line for every missed expectation.</param>
    /// <param name="cancel">Stops soon; finished runs stay.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Make(IReadOnlyList<PlannedRun> runs, Func<OnRecord, ResultsFolder, IReadOnlyList<string>> report,
        CancellationToken cancel)
    {
        foreach (PlannedRun first in runs.DistinctBy(run => run.Scenario))
        {
            foreach (string note in PlanNotes.Of(first)) error.Write($"{first.Scenario.Name}: note: {note}\n");
        }

        var folder = new ResultsFolder(options.Out, line => error.Write(line + "\n"));
        long begun = Stopwatch.GetTimestamp();
        try
        {
            Execution execution = new(folder.Records, file, options.Workers, options.IsFresh, options.IsWatched);
            List<FinishedRun> finished = Execute(execution, runs, folder, cancel);
            List<string> missed = [];
            foreach (Scenario scenario in runs.Select(run => run.Scenario).Distinct())
            {
                var records = OnRecord.Of(scenario, Plan, folder.Records);
                if (records.Runs.Count > 0) missed.AddRange(report(records, folder));
            }

            int code = Conclude(finished, missed, folder);
            output.Write(CostLine(finished, execution.CpuBeside, Stopwatch.GetElapsedTime(begun)));
            return code;
        }
        catch (OperationCanceledException)
        {
            int known = runs.Count(run => File.Exists(folder.Records.PathOf(run.Identity.RunId)));
            error.Write(FormattableString.Invariant(
                $"interrupted: {known} of {runs.Count} runs are on record in {options.Out}; ")
                + "run the same command again to go on\n");
            return ExitCode.Interrupted;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            error.Write($"{options.Out}: results could not be written "
                + $"({InputFile.Reason(failed, options.Out, options.Out)}); what is on record stays\n");
            return ExitCode.InputOutputFailure;
        }
    }

    private List<FinishedRun> Execute(
        Execution execution, IReadOnlyList<PlannedRun> runs, ResultsFolder folder, CancellationToken cancel)
    {
        List<FinishedRun> finished = [];
        using var progress = new Progress(runs.Count, output, columns is not null);
        execution.Run(runs, done =>
        {
            if (ViolationOf(done) is { } violation) folder.Records.Publish(violation);
            finished.Add(done);
            progress.Finished(done);
        }, cancel);
        return finished;
    }

    private int Conclude(List<FinishedRun> finished, List<string> missed, ResultsFolder folder)
    {
        foreach (FinishedRun done in finished) Tell(done, folder);
        foreach (string line in missed) error.Write(line + "\n");
        return finished.Any(done => done.Failure is { IsLost: false }) ? ExitCode.Inconsistent
            : finished.Any(done => done.Failure is { IsLost: true }) ? ExitCode.InputOutputFailure
            : missed.Count > 0 ? ExitCode.ExpectationMissed : ExitCode.Ok;
    }

    private void Tell(FinishedRun done, ResultsFolder folder)
    {
        if (done.Failure is not { } failure) return;
        error.Write(failure.Line + "\n");
        if (!failure.IsLost)
        {
            error.Write($"  replay: {ReplayLine(done.Run)}\n");
            error.Write($"  as a timeline: {TimelineLine(done.Run)}\n");
        }

        if (ViolationOf(done) is { } violation) error.Write($"  kept: {folder.Records.PathOf(violation)}\n");
        error.Write(failure.Trace);
    }

    /// <summary>Shows a table as its width allows.</summary>
    public void Show(SummaryTable table)
    {
        if (table.Width > columns) table.WriteList(output);
        else table.WriteText(output);
    }

    /// <summary>Writes and shows the map of a scenario that is one.</summary>
    public void ReportMap(OnRecord on, ScenarioMap map, ResultsFolder folder)
    {
        var study = MapReport.Of(on, map);
        SummaryTable table = on.WithCuts(MapTable.Of(study));
        string derived = folder.Write(options.File, study, table, on.Measured);
        output.Write($"\n{on.Scenario.Name}: {on.Scenario.Question}\n\n");
        Show(table);
        foreach (string line in on.Cuts) error.Write(line + "\n");
        output.Write(FormattableString.Invariant($"\n{on.Runs.Count} of {on.Planned} runs on record; "));
        output.Write($"the map (map.md, map.csv, map.png, map.svg) and per-run metrics: {derived}\n");
        WriteReplay(on.Runs[0].Run, on.Runs[0].Record.Digest);
    }

    /// <summary>Writes and shows the grid of a scenario that is one.</summary>
    public void ReportGrid(OnRecord on, ScenarioGrid grid, ResultsFolder folder)
    {
        var study = GridReport.Of(on, grid);
        string derived = folder.Write(options.File, study, [.. GridTables.Of(study).Select(on.WithCuts)], on.Measured);
        output.Write($"\n{on.Scenario.Name}: {on.Scenario.Question}\n\n");
        foreach (SummaryTable table in GridTables.Headlines(study))
        {
            Show(table);
            output.Write("\n");
        }

        foreach (string line in on.Cuts) error.Write(line + "\n");
        output.Write(FormattableString.Invariant($"\n{on.Runs.Count} of {on.Planned} runs on record; "));
        output.Write($"all tables (grid.md, grid.csv, scoreboard.csv) and every start: {derived}\n");
        WriteReplay(on.Runs[0].Run, on.Runs[0].Record.Digest);
    }

    /// <summary>How to see one of the runs again.</summary>
    public void WriteReplay(PlannedRun run, string digest)
    {
        output.Write($"replay one run: {ReplayLine(run)}   (digest {digest})\n");
        output.Write($"  as a timeline: {TimelineLine(run)}\n");
    }

    /// <summary>What a failed run leaves behind, if the simulation itself found the fault.</summary>
    private Violation? ViolationOf(FinishedRun done) => done.Failure is { Digest: { } digest }
        ? new Violation(done.Run.Identity, new RunKey(done.Run.Scenario.Name, done.Run.Set.Name, done.Run.Spec.Seed),
            done.Failure.Line, digest, ReplayLine(done.Run))
        : null;

    private string ReplayLine(PlannedRun run) => $"flowsim run {Words(run)} --fresh";

    private string TimelineLine(PlannedRun run) => $"flowsim replay {Words(run)}";

    private string Words(PlannedRun run) => FormattableString.Invariant(
        $"{Quoted(options.File)} --scenario {run.Scenario.Name} --set {run.Set.Name} ")
        + FormattableString.Invariant($"--seed {run.Spec.Seed} --out {Quoted(options.Out)}");

    /// <summary>A word as a shell takes it.</summary>
    private static string Quoted(string word) =>
        word.All(letter => char.IsAsciiLetterOrDigit(letter)
            || "/._-+,=:@".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string CostLine(List<FinishedRun> finished, TimeSpan beside, TimeSpan elapsed)
    {
        double cpu = (Environment.CpuUsage.TotalTime + beside).TotalSeconds;
        int reused = finished.Count(run => run.IsReused);
        long messages = finished.Sum(run => run.Deliveries);
        return FormattableString.Invariant(
            $"\n{finished.Count - reused} runs simulated, {reused} taken from records; ")
            + FormattableString.Invariant(
            $"{messages:N0} messages in {cpu:F1} CPU-seconds ({elapsed.TotalSeconds:F1} s of wall-clock time)\n");
    }
}
