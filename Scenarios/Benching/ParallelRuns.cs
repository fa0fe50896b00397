using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace FlowSim.Scenarios.Benching;

/// <summary>The same runs by one worker and by two: what a second core is worth.</summary>
public static class ParallelRuns
{
    private const int RunsPerWorker = 2;

    /// <summary>Measures; wall-clock time decides here, so another load on the machine shows.</summary>
    public static BenchTable Measure(BenchPlan plan, CancellationToken cancel)
    {
        List<double>[] rates = [[], []];
        List<double>[] costs = [[], []];
        for (int repeat = 0; repeat < plan.Repeats; repeat++)
        {
            for (int workers = 1; workers <= 2; workers++)
            {
                (double rate, double cost) = Once(plan, workers, cancel);
                rates[workers - 1].Add(rate);
                costs[workers - 1].Add(cost);
            }
        }

        Spread efficiency = Spread.Of(rates[0].Zip(rates[1], (one, two) => 100 * two / (2 * one)));
        List<IReadOnlyList<object>> rows = [];
        for (int i = 0; i < 2; i++)
            rows.Add([i + 1, Spread.Of(rates[i].Select(rate => rate / 1e3)), Spread.Of(costs[i])]);
        return new BenchTable("parallel", "Several runs at a time, 94 nodes, oracles on",
            ["workers", "1000 messages/wall-s", "CPU ns/message"], rows,
            [$"two workers do {efficiency.Text} % of twice one worker's messages per second of wall-clock time"]);
    }

    private static (double Rate, double Cost) Once(BenchPlan plan, int workers, CancellationToken cancel)
    {
        RunSpec[] specs =
        [
            .. Enumerable.Range(1, workers * RunsPerWorker)
                .Select(seed => BenchWorld.Of(BenchPlan.MainnetNodes, plan.WeekViews, (ulong)seed)),
        ];
        long messages = 0;
        GC.Collect();
        long begun = Stopwatch.GetTimestamp();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        Parallel.ForEach(specs,
            new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel },
            spec => Interlocked.Add(ref messages, MeasuredRun.Run(spec, true, null, cancel).Deliveries));
        double wall = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return (messages / wall, (Environment.CpuUsage.TotalTime - cpu).TotalNanoseconds / messages);
    }
}
