using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Analysis.Report.Plots;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Running;

/// <summary>What the user asked of <c>flowsim compare</c> beside its runs.</summary>
/// <param name="Sets">Sets to compare, the baseline first unless it is named; null for all.</param>
/// <param name="Baseline">The set that the others are held against; null for the first.</param>
/// <param name="Metrics">Metrics to show; null for the headlines.</param>
/// <param name="IsAll">Whether to show every metric.</param>
public sealed record CompareOptions(
    IReadOnlyList<string>? Sets, string? Baseline, IReadOnlyList<string>? Metrics, bool IsAll);

/// <summary>The verb <c>compare</c>: makes what is missing, and judges sets against a baseline.</summary>
/// <param name="run">What to run, and where it is kept.</param>
/// <param name="compare">What to compare.</param>
/// <param name="output">Gets progress and results.</param>
/// <param name="error">Gets everything that is wrong.</param>
/// <param name="columns">Width of the terminal; null if output goes elsewhere.</param>
public sealed class CompareCommand(
    RunOptions run, CompareOptions compare, TextWriter output, TextWriter error, int? columns)
{
    private readonly TextWriter error = TextWriter.Synchronized(error);

    /// <summary>Compares, or stops when the token is cancelled.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="ScenarioException">A mistake in the input; nothing was written.</exception>
    public int Run(CancellationToken cancel)
    {
        foreach (string metric in compare.Metrics ?? []) RefuseUnknown(metric);
        Batch batch = new(ScenarioFile.Load(run.File), run, output, error, columns);
        Dictionary<Scenario, IReadOnlyList<string>> sets = [];
        IReadOnlyList<PlannedRun> chosen = run.Selection.Of(batch.Plan);
        foreach (Scenario scenario in chosen.Select(planned => planned.Scenario).Distinct())
        {
            IReadOnlyList<string> names = scenario is { Map: null, Grid: null } ? SetsOf(scenario) : CellsOf(scenario);
            if (names.Count > 1) sets.Add(scenario, names);
        }

        if (sets.Count == 0)
            throw new ScenarioException($"{run.File}: nothing has two sets; compare needs two or more");
        PlannedRun[] runs = [.. chosen.Where(planned =>
            sets.TryGetValue(planned.Scenario, out IReadOnlyList<string>? names)
            && names.Contains(planned.Set.Name, StringComparer.Ordinal))];
        return batch.Make(runs, (on, folder) => Report(batch, sets[on.Scenario], on, folder), cancel);
    }

    private IReadOnlyList<string> Report(Batch batch, IReadOnlyList<string> sets, OnRecord all, ResultsFolder folder)
    {
        if (all.Scenario.Map is { } map)
        {
            batch.ReportMap(all, map, folder);
            return [];
        }

        if (all.Scenario.Grid is { } grid)
        {
            batch.ReportGrid(all, grid, folder);
            return [];
        }

        OnRecord on = Ordered(all, sets);
        if (on.Runs.Count == 0) return [];
        var judged = JudgedStudy.Of(on.Measured, on.Scenario.Margins);
        HashSet<MetricDefinition> listed = [.. judged.Study.Metrics.Where(SummaryTable.IsListed)
            .Select(comparison => comparison.Metric)];
        bool IsShown(MetricDefinition metric) => compare.Metrics?.Contains(metric.Name, StringComparer.Ordinal)
            ?? ((compare.IsAll || metric.IsHeadline) && listed.Contains(metric));
        SummaryTable whole = on.WithCuts(CompareTable.Of(judged, listed.Contains));
        string derived = folder.Write(run.File, judged, whole, ForestFigure.Of(judged, IsShown));
        output.Write($"\n{on.Scenario.Name}: {on.Scenario.Question}\n\n");
        batch.Show(on.WithCuts(CompareTable.Of(judged, IsShown)));
        foreach (string line in on.Cuts) error.Write(line + "\n");
        output.Write($"\nall metrics (compare.md, compare.csv) and a figure: {derived}\n");
        return [];
    }

    /// <summary>The runs of the sets compared, baseline first.</summary>
    private static OnRecord Ordered(OnRecord all, IReadOnlyList<string> sets) => all with
    {
        Runs = [.. sets.SelectMany(set => all.Runs.Where(on =>
            string.Equals(on.Run.Set.Name, set, StringComparison.Ordinal)))],
    };

    /// <summary>A map or a grid is shown whole.</summary>
    private string[] CellsOf(Scenario scenario) => compare is { Sets: null, Baseline: null }
        ? [.. scenario.Sets.Select(set => set.Name)]
        : throw new ScenarioException(
            $"scenario {scenario.Name} is a {(scenario.Map is null ? "grid" : "map")}, which is shown whole; "
            + "--scenario picks another");

    private List<string> SetsOf(Scenario scenario)
    {
        string[] all = [.. scenario.Sets.Select(set => set.Name)];
        List<string> names = [.. compare.Sets ?? all];
        foreach (string name in names) RefuseUnknown("--sets", name, scenario, all);
        if (compare.Baseline is not { } baseline) return names;
        RefuseUnknown("--baseline", baseline, scenario, all);
        names.Remove(baseline);
        names.Insert(0, baseline);
        return names;
    }

    private static void RefuseUnknown(string option, string name, Scenario scenario, string[] all)
    {
        if (!all.Contains(name, StringComparer.Ordinal))
            throw new ScenarioException($"{option}: scenario {scenario.Name} has no set '{name}'; "
                + $"{Nearest.Allowed(name, all)}; --scenario picks a scenario");
    }

    private static void RefuseUnknown(string metric)
    {
        string[] all = [.. MetricCatalogue.All.Select(known => known.Name)];
        if (!all.Contains(metric, StringComparer.Ordinal))
            throw new ScenarioException(
                $"--metrics: there is no metric '{metric}'; {Nearest.Allowed(metric, all, "flowsim schema")}");
    }
}
