using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Running;

/// <summary>Everything on record of one scenario: this call's runs and those of earlier calls.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Planned">Runs it has in all.</param>
/// <param name="Runs">Those on record, in the order of the plan.</param>
/// <param name="Cuts">A line for each that is short of its plan, and for each fault that did not come in all.</param>
public sealed record OnRecord(
    Scenario Scenario, int Planned, IReadOnlyList<(PlannedRun Run, RunRecord Record)> Runs, IReadOnlyList<string> Cuts)
{
    /// <summary>Looks up a scenario's runs.</summary>
    public static OnRecord Of(Scenario scenario, IReadOnlyList<PlannedRun> plan, RecordStore store)
    {
        PlannedRun[] planned = [.. plan.Where(run => run.Scenario == scenario)];
        List<(PlannedRun, RunRecord)> runs = [];
        List<string> cuts = [];
        foreach (PlannedRun run in planned)
        {
            if (store.Find(run.Identity.RunId) is not { } record) continue;
            if (CutShort.Reason(run, record) is { } reason) cuts.Add(reason);
            runs.Add((run, scenario is { Map: null, Grid: null } ? record : record.Compact()));
        }

        foreach (FaultText fault in scenario.Faults)
        {
            if (Missed(scenario, fault, runs) is { } missed) cuts.Add(missed);
        }

        return new OnRecord(scenario, planned.Length, runs, cuts);
    }

    /// <summary>What to say of a fault that begins when runs are over: theirs was a world without it.</summary>
    private static string? Missed(
        Scenario scenario, FaultText fault, List<(PlannedRun, RunRecord Record)> runs)
    {
        int over = runs.Count(run => run.Record.EndedAtNanoseconds <= fault.During.From.Nanoseconds);
        return over == 0 ? null : FormattableString.Invariant(
            $"never came: {scenario.Name}, {fault.Kind} of line {fault.At.Line}: {over} of {runs.Count} runs ")
            + $"were over before {GoDuration.Format(fault.During.From - SimTime.Zero)}";
    }

    /// <summary>What the runs came to.</summary>
    public Measurement[] Measured => [.. Runs.Select(run => run.Record.Measurement)];

    /// <summary>A table that also says which runs are short of their plan.</summary>
    public SummaryTable WithCuts(SummaryTable table) =>
        Cuts.Count == 0 ? table : table with { Notes = [.. table.Notes, .. Cuts] };
}
