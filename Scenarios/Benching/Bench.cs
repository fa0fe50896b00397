using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Scenarios.Benching;

/// <summary>All measurements on one thread.</summary>
/// <remarks>Every figure is taken once per repeat, so that a slow spell of the machine hits all alike.</remarks>
/// <param name="plan">How much to do.</param>
/// <param name="tell">Told what is measured now.</param>
/// <param name="cancel">Gives up.</param>
public sealed class Bench(BenchPlan plan, Action<string> tell, CancellationToken cancel)
{
    private const int MemoryNodes = 64;

    private static readonly int[] HoldSizes = [100, 1_000, 10_000];

    private readonly Dictionary<Point, List<Reading>> readings = [];
    private readonly Dictionary<int, List<double>> holds = [];

    private enum Kind
    {
        Healthy,
        Offline,
        Shipped,
        Mainnet,
        Short,
        Long,
    }

    /// <summary>Measures everything.</summary>
    /// <returns>The sections of the report.</returns>
    public IReadOnlyList<BenchTable> Run()
    {
        tell("warming up");
        foreach (bool isWatched in (bool[])[true, false])
        {
            MeasuredRun.Of(BenchWorld.Of(64, plan.ViewsOf(64, false), 1), isWatched, cancel);
            MeasuredRun.Of(BenchWorld.Of(64, plan.ViewsOf(64, true), 1, BenchPlan.OfflineShare), isWatched, cancel);
        }

        HoldLoop.EventsPerSecond(100, plan.HoldEvents / 4, 1);
        Point[] points = [.. Points()];
        for (int repeat = 1; repeat <= plan.Repeats; repeat++)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"repeat {repeat} of {plan.Repeats}"));
            foreach (Point point in points) Measure(point, (ulong)repeat);
            foreach (int pending in HoldSizes)
                ListOf(holds, pending).Add(HoldLoop.EventsPerSecond(pending, plan.HoldEvents, (ulong)repeat));
        }

        tell("memory");
        foreach (Kind kind in (Kind[])[Kind.Short, Kind.Long]) Measure(new Point(kind, MemoryNodes, true), 1);
        tell("all five roles");
        BenchTable roles = new RolesBench(plan, cancel).Table();
        return [Speed(Kind.Healthy), Speed(Kind.Offline), Speed(Kind.Shipped), Memory(), Hold(), Week(), roles];
    }

    private IEnumerable<Point> Points() =>
        from sizes in (IEnumerable<(Kind Kind, IReadOnlyList<int> Nodes)>)
            [
                (Kind.Healthy, plan.Sizes), (Kind.Offline, plan.OfflineSizes), (Kind.Shipped, plan.ShippedSizes),
                (Kind.Mainnet, [BenchPlan.MainnetNodes]),
            ]
        from nodes in sizes.Nodes
        from isWatched in (bool[])[true, false]
        select new Point(sizes.Kind, nodes, isWatched);

    private void Measure(Point point, ulong seed)
    {
        long views = point.Kind switch
        {
            Kind.Mainnet => plan.WeekViews,
            Kind.Short => plan.MemoryViews,
            Kind.Long => 2 * plan.MemoryViews,
            _ => plan.ViewsOf(point.Nodes, point.Kind == Kind.Offline),
        };
        double offline = point.Kind == Kind.Offline ? BenchPlan.OfflineShare : 0;
        bool isPatient = point.Kind is not (Kind.Offline or Kind.Shipped or Kind.Mainnet);
        RunSpec spec = BenchWorld.Of(point.Nodes, views, seed, offline, isPatient);
        ListOf(readings, point).Add(MeasuredRun.Of(spec, point.IsWatched, cancel));
    }

    private BenchTable Speed(Kind kind)
    {
        (string name, string title) = kind switch
        {
            Kind.Healthy => ("healthy", "Committee alone, no faults"),
            Kind.Offline => ("offline", "The same with 15 % of the nodes off"),
            _ => ("shipped", "No faults, flags as shipped: some of the farthest nodes give up on the longest views"),
        };
        List<IReadOnlyList<object>> rows = [];
        foreach (Point point in Of(kind)) rows.Add(Row(point));
        return new BenchTable(name, title,
            [
                "nodes", "oracles", "views", "1000 messages/CPU-s", "1000 events/CPU-s", "CPU us/decision",
                "simulated s/CPU-s", "peak heap MB", "live heap MB", "peak RSS MB",
            ],
            rows, kind == Kind.Shipped ? [] : [Growth(kind, true), Growth(kind, false)]);
    }

    private object[] Row(Point point)
    {
        List<Reading> runs = readings[point];
        return
        [
            point.Nodes, OnOff(point), plan.ViewsOf(point.Nodes, point.Kind == Kind.Offline),
            Over(runs, run => run.MessagesPerSecond / 1e3), Over(runs, run => run.EventsPerSecond / 1e3),
            Over(runs, run => run.MicrosecondsPerDecision), Over(runs, run => run.SimulatedPerSecond),
            Over(runs, run => run.Memory.ManagedPeak / 1e6), Over(runs, run => run.Memory.Live / 1e6),
            Over(runs, run => run.Memory.ResidentPeak / 1e6),
        ];
    }

    private string Growth(Kind kind, bool isWatched)
    {
        List<(double, double)> points = [];
        foreach (Point point in Of(kind).Where(point => point.IsWatched == isWatched))
            points.AddRange(readings[point].Select(run => ((double)point.Nodes, run.MicrosecondsPerDecision)));
        Estimate? exponent = PowerLaw.Exponent(points);
        return $"CPU per decision grows as nodes^{exponent?.ToText(3)} with oracles {(isWatched ? "on" : "off")}";
    }

    private BenchTable Memory()
    {
        List<IReadOnlyList<object>> rows = [];
        foreach (Kind kind in (Kind[])[Kind.Short, Kind.Long])
        {
            Reading run = readings[new Point(kind, MemoryNodes, true)][0];
            rows.Add(
            [
                MemoryNodes, run.Decisions, Over([run], r => r.Memory.ManagedPeak / 1e6),
                Over([run], r => r.Memory.Live / 1e6), Over([run], r => r.Memory.ResidentPeak / 1e6),
            ]);
        }

        long grown = readings[new Point(Kind.Long, MemoryNodes, true)][0].Memory.Live
            - readings[new Point(Kind.Short, MemoryNodes, true)][0].Memory.Live;
        return new BenchTable("memory", "Memory against simulated time, oracles on",
            ["nodes", "decisions", "peak heap MB", "live heap MB", "peak RSS MB"], rows,
            [
                FormattableString.Invariant(
                    $"live heap of the longer run less the shorter: {grown / 1e6:+0.00;-0.00} MB ")
                + "(a run keeps 4,096 finalized heights and up to 20,000 rows of its course)",
            ]);
    }

    private BenchTable Hold()
    {
        List<IReadOnlyList<object>> rows = [];
        foreach (int pending in HoldSizes)
            rows.Add([pending, Spread.Of(holds[pending].Select(rate => rate / 1e3))]);
        double bare = Spread.Of(holds[1_000]).Median;
        List<string> notes = [];
        foreach (Point point in Of(Kind.Healthy))
        {
            Spread events = Over(readings[point], run => run.EventsPerSecond);
            notes.Add(FormattableString.Invariant(
                $"{point.Nodes} nodes, oracles {OnOff(point)}: an event costs {bare / events.Median:F1} bare ones"));
        }

        return new BenchTable("hold", "The engine alone: take one event, put one in; the ratios are to 1,000 pending",
            ["pending", "1000 events/CPU-s"], rows, notes);
    }

    private BenchTable Week()
    {
        List<IReadOnlyList<object>> rows = [];
        foreach (Point point in Of(Kind.Mainnet))
        {
            List<Reading> runs = readings[point];
            double factor = (double)BenchPlan.WeekOfViews / plan.WeekViews;
            rows.Add(
            [
                point.Nodes, OnOff(point), plan.WeekViews, Over(runs, run => run.MessagesPerSecond / 1e3),
                Over(runs, run => run.CpuSeconds * factor / 60),
            ]);
        }

        return new BenchTable("week", "A week of mainnet (756,000 views, 94 nodes), extrapolated by views",
            ["nodes", "oracles", "views run", "1000 messages/CPU-s", "CPU minutes/week"], rows, []);
    }

    private IEnumerable<Point> Of(Kind kind) => Points().Where(point => point.Kind == kind);

    private static string OnOff(Point point) => point.IsWatched ? "on" : "off";

    private static Spread Over(IEnumerable<Reading> runs, Func<Reading, double> figure) =>
        Spread.Of(runs.Select(figure));

    private static List<TValue> ListOf<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<TValue>? list)) lists.Add(key, list = []);
        return list;
    }

    private readonly record struct Point(Kind Kind, int Nodes, bool IsWatched);
}
