using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using FlowSim.Scenarios.Records;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios.Running;

/// <summary>A run that came to an end.</summary>
/// <param name="Run">Which one.</param>
/// <param name="Deliveries">Messages simulated for it; none if it was on record or failed.</param>
/// <param name="Failure">Why it has no numbers, if so.</param>
/// <param name="IsReused">Whether it was on record already.</param>
/// <param name="Elapsed">Wall-clock time it took.</param>
public sealed record FinishedRun(
    PlannedRun Run, long Deliveries, Failure? Failure, bool IsReused, TimeSpan Elapsed);

/// <summary>Carries out planned runs, several at a time, each in a process of its own and recorded when done.</summary>
/// <remarks>Only this process reads and writes records; a worker beside it does nothing but simulate.</remarks>
/// <param name="store">Where records are and go.</param>
/// <param name="file">The file whose runs these are.</param>
/// <param name="workers">Runs at a time; the first worker is this process.</param>
/// <param name="isFresh">Whether to simulate what is on record, too.</param>
/// <param name="isWatched">Whether the oracles watch.</param>
public sealed class Execution(RecordStore store, ScenarioFile file, int workers, bool isFresh, bool isWatched)
{
    /// <summary>Processor time that other processes spent on runs.</summary>
    public TimeSpan CpuBeside { get; private set; }

    /// <summary>Makes the runs that are not on record; a cancelled run leaves nothing behind.</summary>
    /// <param name="runs">The runs, in order.</param>
    /// <param name="finished">Told of every run, one at a time, in the order of finishing.</param>
    /// <param name="cancel">Stops soon; finished runs stay.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the last run was done.</exception>
    /// <exception cref="System.IO.IOException">A record could not be written.</exception>
    public void Run(IReadOnlyList<PlannedRun> runs, Action<FinishedRun> finished, CancellationToken cancel)
    {
        int missing = runs.Count(run => isFresh || !store.Has(run.Identity.RunId));
        object gate = new();
        using Makers makers = new(file, isWatched, Math.Clamp(missing, 1, workers));
        Crew.Share(makers.All, runs.Count, (maker, i, stop) =>
        {
            FinishedRun done = Finish(runs[i], maker, stop);
            lock (gate) finished(done);
            return done.Failure is not { IsLost: true };
        }, cancel);
        CpuBeside = makers.CpuBeside;
    }

    private FinishedRun Finish(PlannedRun run, IMaker maker, CancellationToken cancel)
    {
        long begun = Stopwatch.GetTimestamp();
        if (!isFresh && store.Find(run.Identity.RunId) is not null)
            return new FinishedRun(run, 0, null, true, Stopwatch.GetElapsedTime(begun));
        Made made = Published(run, maker.Make(run, cancel));
        long deliveries = made.Record is { } record ? RecordText.DeliveriesIn(record) : 0;
        return new FinishedRun(run, deliveries, made.Failure, false, Stopwatch.GetElapsedTime(begun));
    }

    private Made Published(PlannedRun run, Made made)
    {
        try
        {
            if (made.Record is { } record) store.Publish(run.Identity.RunId, record);
            return made;
        }
        catch (InvariantViolation twoResults)
        {
            return new Made(null, Failure.Of(twoResults));
        }
    }
}
