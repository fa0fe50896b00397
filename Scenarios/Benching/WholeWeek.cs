using System.Globalization;
using System.Threading;

namespace FlowSim.Scenarios.Benching;

/// <summary>A week of mainnet, run whole on one thread with oracles on.</summary>
public static class WholeWeek
{
    /// <summary>Runs it once.</summary>
    public static BenchTable Measure(CancellationToken cancel)
    {
        Reading run = MeasuredRun.Of(
            BenchWorld.Of(BenchPlan.MainnetNodes, BenchPlan.WeekOfViews, 1), isWatched: true, cancel);
        string days = (run.SimulatedSeconds / 86_400).ToString("F3", CultureInfo.InvariantCulture);
        return new BenchTable("whole-week", "A week of mainnet run whole, oracles on",
            ["simulated days", "messages", "decisions", "CPU minutes", "1000 messages/CPU-s", "peak heap MB",
                "live heap MB", "peak RSS MB"],
            [
                [
                    days, run.Messages, run.Decisions, One(run.CpuSeconds / 60), One(run.MessagesPerSecond / 1e3),
                    One(run.Memory.ManagedPeak / 1e6), One(run.Memory.Live / 1e6), One(run.Memory.ResidentPeak / 1e6),
                ],
            ], []);
    }

    private static Spread One(double figure) => new(figure, figure, figure, 1);
}
