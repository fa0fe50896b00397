using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using FlowSim.Analysis.Metrics;
using FlowSim.Oracles;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Running;

/// <summary>A run that came to an end.</summary>
/// <param name="Run">Which one.</param>
/// <param name="Record">What came out; null after a failure.</param>
/// <param name="Failure">Why it has no numbers, if so: a violation, or a mistake in FlowSim.</param>
/// <param name="IsReused">Whether it was on record already.</param>
/// <param name="Elapsed">Wall-clock time it took.</param>
public sealed record FinishedRun(
    PlannedRun Run, RunRecord? Record, Exception? Failure, bool IsReused, TimeSpan Elapsed);

/// <summary>Carries out planned runs, several at a time, each on one thread and recorded when done.</summary>
/// <param name="store">Where records are and go.</param>
/// <param name="workers">Runs at a time.</param>
/// <param name="isFresh">Whether to simulate what is on record, too.</param>
/// <param name="isWatched">Whether the oracles watch.</param>
public sealed class Execution(RecordStore store, int workers, bool isFresh, bool isWatched)
{
    /// <summary>Makes the runs that are not on record; a cancelled run leaves nothing behind.</summary>
    /// <param name="runs">The runs, in order.</param>
    /// <param name="finished">Told of every run, one at a time, in the order of finishing.</param>
    /// <param name="cancel">Stops soon; finished runs stay.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the last run was done.</exception>
    /// <exception cref="System.IO.IOException">A record could not be written.</exception>
    public void Run(IReadOnlyList<PlannedRun> runs, Action<FinishedRun> finished, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        object gate = new();
        try
        {
            ParallelOptions several = new() { MaxDegreeOfParallelism = workers, CancellationToken = stop.Token };
            Parallel.For(0, runs.Count, several, i => Carry(runs[i], finished, gate, stop));
        }
        catch (AggregateException failed)
        {
            throw Cause(failed);
        }
    }

    private void Carry(PlannedRun run, Action<FinishedRun> finished, object gate, CancellationTokenSource stop)
    {
        try
        {
            FinishedRun done = Finish(run, stop.Token);
            lock (gate) finished(done);
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }

    private FinishedRun Finish(PlannedRun run, CancellationToken cancel)
    {
        long begun = Stopwatch.GetTimestamp();
        if (!isFresh && store.Find(run.Identity.RunId) is { } known)
            return new FinishedRun(run, known, null, true, Stopwatch.GetElapsedTime(begun));
        try
        {
            RunRecord record = Simulate(run, cancel);
            store.Publish(record);
            return new FinishedRun(run, record, null, false, Stopwatch.GetElapsedTime(begun));
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or System.IO.IOException
            or UnauthorizedAccessException))
        {
            return new FinishedRun(run, null, failure, false, Stopwatch.GetElapsedTime(begun));
        }
    }

    private RunRecord Simulate(PlannedRun run, CancellationToken cancel)
    {
        var key = new RunKey(run.Scenario.Name, run.Set.Name, run.Spec.Seed);
        var observer = new RunObserver(key, run.Spec, run.Scenario.WarmupViews);
        IReadOnlyList<IProbe> oracles = isWatched ? OracleCatalogue.All(run.Spec) : [];
        RunResult result = Simulation.Run(run.Spec, [observer, .. oracles], cancel: cancel);
        return new RunRecord(run.Identity, Build.Version, Build.Hash, result.Digest, result.Checkpoints,
            result.EndedAt.Nanoseconds, observer.HighestView, result.Deliveries, result.Events,
            observer.Measure(result) with { Digest = result.Digest });
    }

    /// <summary>What failed first; that the others were then cancelled is no news.</summary>
    private static Exception Cause(AggregateException failed)
    {
        foreach (Exception cause in failed.Flatten().InnerExceptions)
        {
            if (cause is not OperationCanceledException) return cause;
        }

        return new OperationCanceledException();
    }
}
