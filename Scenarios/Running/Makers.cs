using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using FlowSim.Analysis.Metrics;
using FlowSim.Oracles;
using FlowSim.Scenarios.Records;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios.Running;

/// <summary>What a planned run came to: the text of a record, or why there is none.</summary>
/// <remarks>As text, because reading the record of another process again would cost as much as writing it.</remarks>
public sealed record Made(byte[]? Record, Failure? Failure);

/// <summary>Simulates planned runs, one at a time.</summary>
public interface IMaker : IDisposable
{
    /// <summary>Makes a run; puts nothing on record.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Made Make(PlannedRun run, CancellationToken cancel);
}

/// <summary>This process and workers beside it, so that no two runs share a heap.</summary>
/// <param name="file">The file whose runs they make.</param>
/// <param name="isWatched">Whether the oracles watch.</param>
/// <param name="count">How many they are; the first is this process.</param>
public sealed class Makers(ScenarioFile file, bool isWatched, int count) : IDisposable
{
    private readonly MakerBeside[] beside =
        [.. Enumerable.Range(1, count - 1).Select(_ => new MakerBeside(file, isWatched))];

    /// <summary>All of them.</summary>
    public IReadOnlyList<IMaker> All => [new MakerHere(isWatched), .. beside];

    /// <summary>Processor time of the workers up to their last answers.</summary>
    public TimeSpan CpuBeside => new(beside.Sum(maker => maker.Cpu.Ticks));

    public void Dispose()
    {
        foreach (MakerBeside maker in beside) maker.Dispose();
    }
}

/// <summary>Simulates in this process, on the calling thread.</summary>
/// <param name="isWatched">Whether the oracles watch.</param>
public sealed class MakerHere(bool isWatched) : IMaker
{
    public Made Make(PlannedRun run, CancellationToken cancel)
    {
        try
        {
            return new Made(RecordText.Write(Simulate(run, cancel)), null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new Made(null, Failure.Of(failure));
        }
    }

    public void Dispose()
    {
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
}

/// <summary>Has a worker simulate, which is started when it is first needed.</summary>
/// <param name="file">The file whose runs it makes.</param>
/// <param name="isWatched">Whether the oracles watch.</param>
public sealed class MakerBeside(ScenarioFile file, bool isWatched) : IMaker
{
    private Worker? worker;

    /// <summary>Processor time of the worker up to its last answer.</summary>
    public TimeSpan Cpu => worker?.Cpu ?? TimeSpan.Zero;

    public Made Make(PlannedRun run, CancellationToken cancel)
    {
        try
        {
            return Read(Hired().Ask(run.Identity.RunId, cancel));
        }
        catch (WorkerLostException lost)
        {
            return new Made(null, Failure.Of(lost, FormattableString.Invariant(
                $"{run.Scenario.Name}, set {run.Set.Name}, seed {run.Spec.Seed}")));
        }
    }

    public void Dispose() => worker?.Dispose();

    private Worker Hired()
    {
        if (worker is not null) return worker;
        worker = new Worker(WorkerVerb.Runs);
        worker.Tell(RunAnswers.Opening(file, isWatched));
        return worker;
    }

    private static Made Read(Answer answer)
    {
        if (answer.Word is not RunAnswers.RecordWord) return new Made(null, FailureIn(answer));
        byte[] record = Encoding.ASCII.GetBytes(answer.Json + "\n");
        return RecordText.IsWhole(record) ? new Made(record, null) : throw Half(answer);
    }

    private static Failure FailureIn(Answer answer)
    {
        try
        {
            return JsonSerializer.Deserialize<Failure>(answer.Json)!;
        }
        catch (JsonException)
        {
            throw Half(answer);
        }
    }

    private static WorkerLostException Half(Answer answer) => new("gave half an answer", answer.Json);
}
