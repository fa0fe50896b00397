using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

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
    private const int BarePending = 1000;

    /// <summary>Measures; wall-clock time decides here, so another load on the machine shows.</summary>
    public static BenchTable Measure(BenchPlan plan, CancellationToken cancel)
    {
        var runs = new Comparison(seed => MeasuredRun.Run(
            BenchWorld.Of(BenchPlan.MainnetNodes, plan.WeekViews, seed), true, null, cancel).Deliveries);
        var bare = new Comparison(seed =>
        {
            HoldLoop.EventsPerSecond(BarePending, plan.HoldEvents, seed);
            return plan.HoldEvents;
        });
        for (int repeat = 0; repeat < plan.Repeats; repeat++)
        {
            runs.Repeat(cancel);
            bare.Repeat(cancel);
        }

        return new BenchTable("parallel", "Several runs at a time, 94 nodes, oracles on; and several bare loops",
            ["unit", "workers", "1000 units/wall-s", "CPU ns/unit"],
            [.. runs.RowsOf("message of a run"), .. bare.RowsOf("event of a bare loop")],
            [
                $"two workers do {runs.Efficiency.Text} % of twice one worker's messages per second of wall-clock time",
                $"two bare loops do {bare.Efficiency.Text} % of twice one's events: what this machine allows",
            ]);
    }

    /// <summary>One kind of job, done by one worker and by two in turns.</summary>
    /// <param name="job">Does the job of a seed and says how many units it was.</param>
    private sealed class Comparison(Func<ulong, long> job)
    {
        private readonly List<double>[] rates = [[], []];
        private readonly List<double>[] costs = [[], []];

        /// <summary>Two workers' rate in percent of twice one worker's.</summary>
        public Spread Efficiency => Spread.Of(rates[0].Zip(rates[1], (one, two) => 100 * two / (2 * one)));

        public IEnumerable<IReadOnlyList<object>> RowsOf(string unit) => Enumerable.Range(0, 2).Select(
            i => new object[] { unit, i + 1, Spread.Of(rates[i].Select(rate => rate / 1e3)), Spread.Of(costs[i]) });

        public void Repeat(CancellationToken cancel)
        {
            for (int workers = 1; workers <= 2; workers++) Once(workers, cancel);
        }

        private void Once(int workers, CancellationToken cancel)
        {
            ulong[] seeds = [.. Enumerable.Range(1, workers * JobsPerWorker).Select(seed => (ulong)seed)];
            long units = 0;
            GC.Collect();
            long begun = Stopwatch.GetTimestamp();
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            Parallel.ForEach(seeds,
                new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel },
                seed => Interlocked.Add(ref units, job(seed)));
            double wall = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            rates[workers - 1].Add(units / wall);
            costs[workers - 1].Add((Environment.CpuUsage.TotalTime - cpu).TotalNanoseconds / units);
        }
    }
}
