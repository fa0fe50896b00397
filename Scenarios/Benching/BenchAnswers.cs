using System;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios.Benching;

/// <summary>Work that takes a worker seconds, the same each time.</summary>
/// <param name="RunViews">Views of a run of mainnet's committee, oracles on; 0 for the bare loop.</param>
/// <param name="HoldEvents">Events of the bare loop, if it is that.</param>
/// <param name="Seed">Decides everything else.</param>
public sealed record Chore(long RunViews, long HoldEvents, ulong Seed)
{
    private const int BarePending = 1000;

    /// <summary>Does it, and tells what it came to.</summary>
    public Pace Do(CancellationToken cancel)
    {
        GC.Collect();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long begun = Stopwatch.GetTimestamp();
        long units = RunViews > 0 ? Messages(cancel) : Events();
        return new Pace(units, Stopwatch.GetElapsedTime(begun).TotalSeconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private long Messages(CancellationToken cancel) => MeasuredRun.Run(
        BenchWorld.Of(BenchPlan.MainnetNodes, RunViews, Seed), isWatched: true, null, cancel).ByKind.Sum();

    private long Events()
    {
        HoldLoop.EventsPerSecond(BarePending, HoldEvents, Seed);
        return HoldEvents;
    }
}

/// <summary>What a chore came to, by the worker's own clock.</summary>
/// <param name="Units">Messages or events.</param>
/// <param name="WallSeconds">Time that passed.</param>
/// <param name="CpuSeconds">Processor time of the worker's process.</param>
public sealed record Pace(long Units, double WallSeconds, double CpuSeconds)
{
    /// <summary>Units per second of wall-clock time.</summary>
    public double Rate => Units / WallSeconds;

    /// <summary>Processor time per unit, ns.</summary>
    public double Cost => CpuSeconds * 1e9 / Units;
}

/// <summary>A worker that measures itself: each line is a chore, each answer its pace.</summary>
public static class BenchAnswers
{
    private const string PaceWord = "pace";

    /// <summary>Answers until the input ends.</summary>
    /// <exception cref="OperationCanceledException">The input has ended.</exception>
    public static void Give(Inbox inbox, Action<string, string> say)
    {
        while (true)
        {
            Chore chore = JsonSerializer.Deserialize<Chore>(inbox.Next())!;
            say(PaceWord, JsonSerializer.Serialize(chore.Do(inbox.Closed)));
        }
    }

    /// <summary>Has a worker do a chore.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="WorkerLostException">The worker ended.</exception>
    public static Pace Ask(Worker worker, Chore chore, CancellationToken cancel) =>
        JsonSerializer.Deserialize<Pace>(worker.Ask(JsonSerializer.Serialize(chore), cancel).Json)!;
}
