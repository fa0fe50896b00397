using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Scenarios.Reading;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Running;

/// <summary>What the user asked of <c>flowsim run</c>.</summary>
/// <param name="File">The scenario file as written.</param>
/// <param name="Selection">Which of its runs.</param>
/// <param name="Out">The results folder.</param>
/// <param name="Workers">Runs at a time.</param>
/// <param name="IsFresh">Simulate even what is on record, and compare.</param>
/// <param name="IsWatched">Whether the oracles watch.</param>
public sealed record RunOptions(
    string File, Selection Selection, string Out, int Workers, bool IsFresh, bool IsWatched);

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
        ScenarioFile file = ScenarioFile.Load(options.File);
        IReadOnlyList<PlannedRun> plan = Named(Plan.Of(file));
        IReadOnlyList<PlannedRun> runs = options.Selection.Of(plan);
        var folder = new ResultsFolder(options.Out, line => error.Write(line + "\n"));
        long begun = Stopwatch.GetTimestamp();
        try
        {
            List<FinishedRun> finished = Execute(runs, folder, cancel);
            return Report(plan, runs, finished, folder, Stopwatch.GetElapsedTime(begun));
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

    private List<FinishedRun> Execute(IReadOnlyList<PlannedRun> runs, ResultsFolder folder, CancellationToken cancel)
    {
        List<FinishedRun> finished = [];
        var execution = new Execution(folder.Records, options.Workers, options.IsFresh, options.IsWatched);
        using var progress = new Progress(runs.Count, output, columns is not null);
        execution.Run(runs, done =>
        {
            if (ViolationOf(done) is { } violation) folder.Records.Publish(violation);
            finished.Add(done);
            progress.Finished(done);
        }, cancel);
        return finished;
    }

    private int Report(
        IReadOnlyList<PlannedRun> plan, IReadOnlyList<PlannedRun> runs, List<FinishedRun> finished,
        ResultsFolder folder, TimeSpan elapsed)
    {
        List<string> missed = [];
        foreach (Scenario scenario in runs.Select(run => run.Scenario).Distinct())
            missed.AddRange(ReportScenario(scenario, plan, folder));

        bool hasFailed = false;
        foreach (FinishedRun done in finished)
        {
            if (done.Failure is null) continue;
            hasFailed = true;
            error.Write($"{Failure.Line(done.Failure)}\n  replay: {ReplayLine(done.Run)}\n");
            error.Write($"  as a timeline: {TimelineLine(done.Run)}\n");
            if (ViolationOf(done) is { } violation)
                error.Write($"  kept: {folder.Records.PathOf(violation)}\n");
            error.Write(Failure.Trace(done.Failure));
        }

        foreach (string line in missed) error.Write(line + "\n");
        output.Write(CostLine(finished, elapsed));
        return hasFailed ? ExitCode.Inconsistent : missed.Count > 0 ? ExitCode.ExpectationMissed : ExitCode.Ok;
    }

    /// <summary>Everything on record of a scenario's plan, this call's runs and those of earlier calls.</summary>
    private IReadOnlyList<string> ReportScenario(
        Scenario scenario, IReadOnlyList<PlannedRun> plan, ResultsFolder folder)
    {
        PlannedRun[] planned = [.. plan.Where(run => run.Scenario == scenario)];
        List<RunRecord> records = [];
        List<string> cut = [];
        foreach (PlannedRun run in planned)
        {
            if (folder.Records.Find(run.Identity.RunId) is not { } record) continue;
            records.Add(record);
            if (CutShort.Reason(run, record) is { } reason) cut.Add(reason);
        }

        if (records.Count == 0) return [];
        Measurement[] measured = [.. records.Select(record => record.Measurement)];
        Study study = Study.Of(measured);
        string derived = folder.Write(options.File, study, WithCuts(SummaryTable.Of(study), cut), measured);
        output.Write($"\n{scenario.Name}: {scenario.Question}\n\n");
        Show(WithCuts(SummaryTable.Of(study, headlines: true), cut));
        foreach (string line in cut) error.Write(line + "\n");
        output.Write(FormattableString.Invariant($"\n{records.Count} of {planned.Length} runs on record; "));
        output.Write($"all metrics (summary.md), per-run and per-view files and figures: {derived}\n");
        PlannedRun example = planned.First(run => run.Identity == records[0].Identity);
        output.Write($"replay one run: {ReplayLine(example)}   (digest {records[0].Digest})\n");
        output.Write($"  as a timeline: {TimelineLine(example)}\n");
        return Expected.Missed(scenario, measured);
    }

    /// <summary>What a failed run leaves behind, if the simulation itself found the fault.</summary>
    private Violation? ViolationOf(FinishedRun done) => done.Failure is InvariantViolation { Digest: { } digest }
        ? new Violation(done.Run.Identity, new RunKey(done.Run.Scenario.Name, done.Run.Set.Name, done.Run.Spec.Seed),
            Failure.Line(done.Failure), digest, ReplayLine(done.Run))
        : null;

    private void Show(SummaryTable table)
    {
        if (table.Width > columns) table.WriteList(output);
        else table.WriteText(output);
    }

    private static SummaryTable WithCuts(SummaryTable table, List<string> cut) =>
        cut.Count == 0 ? table : table with { Notes = [.. table.Notes, .. cut] };

    /// <summary>Runs without oracles go by names of their own: a watched run must not take them for its own.</summary>
    private IReadOnlyList<PlannedRun> Named(IReadOnlyList<PlannedRun> plan) => options.IsWatched
        ? plan
        : [.. plan.Select(run => run with { Identity = run.Identity.Unwatched() })];

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

    private static string CostLine(List<FinishedRun> finished, TimeSpan elapsed)
    {
        using Process self = Process.GetCurrentProcess();
        double cpu = self.TotalProcessorTime.TotalSeconds;
        int reused = finished.Count(run => run.IsReused);
        long messages = finished.Where(run => !run.IsReused).Sum(run => run.Record?.Deliveries ?? 0);
        return FormattableString.Invariant(
            $"\n{finished.Count - reused} runs simulated, {reused} taken from records; ")
            + FormattableString.Invariant(
            $"{messages:N0} messages in {cpu:F1} CPU-seconds ({elapsed.TotalSeconds:F1} s of wall-clock time)\n");
    }
}
