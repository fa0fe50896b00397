using System;
using FlowSim.Kernel;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Running;

/// <summary>Tells runs that did not get where they were planned to: figures are missing or of less.</summary>
/// <remarks>
/// A run given as epochs or views may stall until its time cap; one given as time may use up its epochs before.
/// </remarks>
public static class CutShort
{
    /// <summary>Why a run is short of its plan, in one line; null if it is not.</summary>
    public static string? Reason(PlannedRun run, RunRecord record)
    {
        bool reachedView = record.HighestView >= run.Spec.Stop.View.Value;
        string? what = (run.Scenario.Length.Time is not null, reachedView) switch
        {
            (false, false) => FormattableString.Invariant(
                $"its time cap of {Seconds(run.Spec.Stop.Time.Nanoseconds)} s ended it in view ")
                + FormattableString.Invariant($"{record.HighestView} of {run.Spec.Stop.View.Value}"),
            (true, true) => FormattableString.Invariant(
                $"its views were used up after {Seconds(record.EndedAtNanoseconds)} s ")
                + FormattableString.Invariant($"of {Seconds(run.Spec.Stop.Time.Nanoseconds)} s"),
            _ => null,
        };
        return what is null ? null : FormattableString.Invariant(
            $"cut short: {run.Scenario.Name}, set {run.Set.Name}, seed {run.Spec.Seed}: {what}");
    }

    private static string Seconds(long nanoseconds) =>
        FormattableString.Invariant($"{(double)nanoseconds / SimDuration.NanosecondsPerSecond:0.###}");
}
