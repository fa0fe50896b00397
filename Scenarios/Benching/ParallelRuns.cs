using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using FlowSim.Scenarios.Records;
using FlowSim.Scenarios.Running;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios.Benching;

/// <summary>The same work by one worker and by two: what a second core is worth.</summary>
/// <remarks>
/// Two cores of one machine may share caches, memory or the very execution units. The bare loop shares nothing and
/// allocates nothing, so what it loses is the machine's doing; what runs lose beyond that is FlowSim's.
/// </remarks>
public static class ParallelRuns
{
    /// <summary>So many that it matters little when the last one ends.</summary>
    private const int JobsPerWorker = 4;
    private const int MostWorkers = 2;
    private const int BarePending = 1000;

    /// <summary>Measures; wall-clock time decides here, so another load on the machine shows.</summary>
    public static BenchTable Measure(BenchPlan plan, CancellationToken cancel)
    {
        var file = BenchWorld.File(BenchPlan.MainnetNodes, plan.WeekViews,
            FormattableString.Invariant($"1..{MostWorkers * JobsPerWorker}"));
        IReadOnlyList<PlannedRun> planned = Plan.Of(file);
        using Makers makers = new(file, isWatched: true, MostWorkers);
        long Deliveries(IMaker maker, int i, CancellationToken stop)
        {
            Made made = maker.Make(planned[i], stop);
            return RecordText.DeliveriesIn(made.Record ?? throw new WorkFailedException(made.Failure!));
        }

        double[] first = [.. makers.All.Reverse().Select(maker => Seconds(() => Deliveries(maker, 0, cancel)))];
        double second = Seconds(() => Deliveries(makers.All[^1], 0, cancel));
        var runs = new Comparison((workers, total) => Crew.Share([.. makers.All.Take(workers)], workers * JobsPerWorker,
            (maker, i, stop) => total.Add(Deliveries(maker, i, stop)), cancel), () => makers.CpuBeside);
        var bare = new Comparison((workers, total) => Crew.Share(new int[workers], workers * JobsPerWorker,
            (_, i, _) =>
            {
                HoldLoop.EventsPerSecond(BarePending, plan.HoldEvents, (ulong)i);
                return total.Add(plan.HoldEvents);
            }, cancel), () => TimeSpan.Zero);
        for (int repeat = 0; repeat < plan.Repeats; repeat++)
        {
            runs.Repeat();
            bare.Repeat();
        }

        return new BenchTable("parallel", "Several runs at a time, 94 nodes, oracles on; and several bare loops",
            ["unit", "workers", "1000 units/wall-s", "CPU ns/unit"],
            [.. runs.RowsOf("message of a run"), .. bare.RowsOf("event of a bare loop")],
            [
                FormattableString.Invariant($"{JobsPerWorker} runs of {plan.WeekViews} views per worker; ")
                    + "the first worker is this process, the second one beside it, both warm",
                FormattableString.Invariant($"starting and warming up a worker costs {first[0] - second:F1} s, ")
                    + "once per batch, which is left out",
                $"two workers do {runs.Efficiency.Text} % of twice one worker's messages per second of wall-clock time",
                $"a message costs two workers {runs.Inflation.Text} % of the CPU that it costs one",
                $"two bare loops do {bare.Efficiency.Text} % of twice one's events: what this machine allows",
            ]);
    }

    private static double Seconds(Action work)
    {
        long begun = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>A sum over threads.</summary>
    private sealed class Total
    {
        private long units;

        public long Units => units;

        public bool Add(long more)
        {
            Interlocked.Add(ref units, more);
            return true;
        }
    }

    /// <summary>One kind of job, done by one worker and by two in turns.</summary>
    /// <param name="work">Has so many workers do their jobs and counts the units.</param>
    /// <param name="cpuBeside">Processor time of other processes.</param>
    private sealed class Comparison(Action<int, Total> work, Func<TimeSpan> cpuBeside)
    {
        private readonly List<double>[] rates = [[], []];
        private readonly List<double>[] costs = [[], []];

        /// <summary>Two workers' rate in percent of twice one worker's.</summary>
        public Spread Efficiency => Spread.Of(rates[0].Zip(rates[1], (one, two) => 100 * two / (2 * one)));

        /// <summary>CPU per unit of two workers in percent of one's.</summary>
        public Spread Inflation => Spread.Of(costs[0].Zip(costs[1], (one, two) => 100 * two / one));

        public IEnumerable<IReadOnlyList<object>> RowsOf(string unit) => Enumerable.Range(0, MostWorkers).Select(
            i => new object[] { unit, i + 1, Spread.Of(rates[i].Select(rate => rate / 1e3)), Spread.Of(costs[i]) });

        public void Repeat()
        {
            for (int workers = 1; workers <= MostWorkers; workers++) Once(workers);
        }

        private TimeSpan Cpu => Environment.CpuUsage.TotalTime + cpuBeside();

        private void Once(int workers)
        {
            Total total = new();
            GC.Collect();
            TimeSpan cpu = Cpu;
            double wall = Seconds(() => work(workers, total));
            rates[workers - 1].Add(total.Units / wall);
            costs[workers - 1].Add((Cpu - cpu).TotalNanoseconds / total.Units);
        }
    }
}
