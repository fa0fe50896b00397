using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Running;

/// <summary>What the user asked of <c>flowsim run</c>.</summary>
/// <param name="File">The scenario file as written.</param>
/// <param name="Selection">Which of its runs.</param>
/// <param name="Out">The results folder.</param>
/// <param name="Workers">Runs at a time.</param>
/// <param name="IsFresh">Simulate even what is on record, and compare.</param>
public sealed record RunOptions(string File, Selection Selection, string Out, int Workers, bool IsFresh);

/// <summary>The verb <c>run</c>: makes runs, derives results from records, holds them against expectations.</summary>
public sealed class RunCommand(RunOptions options, TextWriter output, TextWriter error, bool isTerminal)
{
    /// <summary>Runs to the end, or until the token is cancelled.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="ScenarioException">A mistake in the input; nothing was written.</exception>
    public int Run(CancellationToken cancel)
    {
        ScenarioFile file = ScenarioFile.Load(options.File);
        IReadOnlyList<PlannedRun> plan = Plan.Of(file);
        IReadOnlyList<PlannedRun> runs = options.Selection.Of(plan);
        var folder = new ResultsFolder(options.Out);
        List<FinishedRun> finished = [];
        long begun = Stopwatch.GetTimestamp();
        try
        {
            var execution = new Execution(folder.Records, options.Workers, options.IsFresh);
            using var progress = new Progress(runs.Count, output, isTerminal);
            execution.Run(runs, done =>
            {
                finished.Add(done);
                progress.Finished(done);
            }, cancel);
        }
        catch (OperationCanceledException)
        {
            error.Write(FormattableString.Invariant(
                $"interrupted: {finished.Count} of {runs.Count} runs are on record in {options.Out}; ")
                + "run the same command again to go on\n");
            return ExitCode.Interrupted;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return Failed(failed);
        }

        try
        {
            return Report(plan, runs, finished, folder, Stopwatch.GetElapsedTime(begun));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return Failed(failed);
        }
    }

    private int Failed(Exception failed)
    {
        error.Write($"{options.Out}: results could not be written ({failed.Message}); what is on record stays\n");
        return ExitCode.InputOutputFailure;
    }

    private int Report(
        IReadOnlyList<PlannedRun> plan, IReadOnlyList<PlannedRun> runs, List<FinishedRun> finished,
        ResultsFolder folder, TimeSpan elapsed)
    {
        List<string> missed = [];
        foreach (Scenario scenario in runs.Select(run => run.Scenario).Distinct())
            missed.AddRange(ReportScenario(scenario, plan, folder));

        foreach (FinishedRun broken in finished.Where(run => run.Violation is not null))
            error.Write($"oracle violation: {broken.Violation}\n  replay: {ReplayLine(broken.Run)}\n");
        foreach (string line in missed) error.Write(line + "\n");
        output.Write(CostLine(finished, elapsed));
        return finished.Exists(run => run.Violation is not null) ? ExitCode.Inconsistent
            : missed.Count > 0 ? ExitCode.ExpectationMissed : ExitCode.Ok;
    }

    /// <summary>Everything on record of a scenario's plan, this call's runs and those of earlier calls.</summary>
    private IReadOnlyList<string> ReportScenario(
        Scenario scenario, IReadOnlyList<PlannedRun> plan, ResultsFolder folder)
    {
        PlannedRun[] planned = [.. plan.Where(run => run.Scenario == scenario)];
        List<RunRecord> records = [];
        foreach (PlannedRun run in planned)
        {
            if (folder.Records.Find(run.Identity.RunId) is { } record) records.Add(record);
        }

        if (records.Count == 0) return [];
        Measurement[] measured = [.. records.Select(record => record.Measurement)];
        Study study = Study.Of(measured);
        string derived = folder.Write(options.File, study, measured);
        output.Write($"\n{scenario.Name}: {scenario.Question}\n\n");
        SummaryTable.Of(study).WriteText(output);
        output.Write(FormattableString.Invariant($"\n{records.Count} of {planned.Length} runs on record; "));
        output.Write($"tables, per-run and per-view files and figures: {derived}\n");
        PlannedRun example = planned.First(run => run.Identity == records[0].Identity);
        output.Write($"replay one run: {ReplayLine(example)}   (digest {records[0].Digest})\n");
        return Expected.Missed(scenario, measured);
    }

    private string ReplayLine(PlannedRun run)
    {
        string chosen = FormattableString.Invariant($"--set {run.Set.Name} --seed {run.Spec.Seed}");
        return $"flowsim run {options.File} --scenario {run.Scenario.Name} {chosen} --fresh";
    }

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
