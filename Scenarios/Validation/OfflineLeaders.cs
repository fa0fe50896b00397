using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Validation;

/// <summary>What nodes that are off cost: closed forms for leaders that are off independently.</summary>
internal sealed class OfflineLeaders : IFigureFamily
{
    private const int Nodes = 20;
    private const ulong Views = 3_000;
    private const int Seeds = 20;

    /// <summary>For what is expected to be zero.</summary>
    private const double LeastMargin = 0.001;

    private static readonly int[] Offline = [0, 1, 2, 3, 4];

    public string Id => "offline-leaders";

    public string Title => "View time, block rate, finality and timeouts with nodes off";

    public string Setup =>
        "20 equal nodes without latency or processing, a static 800 ms per view (both limits of the controller), a "
        + "timeout of 1,045 ms that does not grow; 20 seeds of 3,000 views. A view is lost when its leader or the "
        + "next one is off. Expected values are rows of `Scenarios/Data/closed-forms.csv` (LDR, flow-cc).";

    public FamilyResult Measure(Workbench bench)
    {
        List<Finding> findings = [];
        foreach (int offline in Offline) findings.AddRange(Measure(bench, offline));
        return new FamilyResult(findings, []);
    }

    private static IEnumerable<Finding> Measure(Workbench bench, int offline)
    {
        RunSpec[] specs = [.. Enumerable.Range(1, Seeds).Select(seed => Spec((ulong)seed, offline))];
        Observed[] seen = bench.Each(specs, spec =>
        {
            var observer = new RunObserver(new RunKey("", "", spec.Seed), spec, Workbench.WarmupViews);
            var finality = new FirstFinality();
            bench.Run(spec, new Pair(observer, finality));
            Measurement measured = observer.Measure();
            return new Observed(
                Value(measured, MetricCatalogue.MeanViewTime), Value(measured, MetricCatalogue.BlockRate),
                finality.Mean, Value(measured, MetricCatalogue.ViewsLeftByTc));
        });
        string p = ((double)offline / Nodes).ToString("0.##", CultureInfo.InvariantCulture);
        yield return Of("VIEW", "mean view time, s", p, 0.005, seen.Select(run => run.ViewTime));
        yield return Of("RATE", "finalized blocks per second", p, 0.01, seen.Select(run => run.BlockRate));
        yield return Of("FIN", "publication to finality, s", p, 0.02, seen.Select(run => run.Finality));
        yield return Of("TO1000", "views left by TC, per 1000", p, 0.05, seen.Select(run => run.Timeouts));
    }

    private static Finding Of(string kind, string what, string p, double margin, IEnumerable<double> runs)
    {
        string row = $"LDR-{kind}-flow-cc-{p}";
        double expected = ClosedForms.Value(row);
        var figure = new Figure(row, $"{what}, {p} off", "closed form", expected,
            Math.Max(LeastMargin, margin * expected), 4);
        return Finding.Of(figure, [.. runs]);
    }

    private static double Value(Measurement measured, MetricDefinition metric) =>
        measured[metric.Name] ?? throw new InvalidOperationException($"{metric.Name} was not measured");

    private static RunSpec Spec(ulong seed, int offline)
    {
        // The epoch is longer than the run, so that its end plays no part.
        const ulong EpochViews = 10 * Views;
        RunSpec world = IdealWorld.Of(Nodes, seed, Views,
            new EpochTiming(default, new View(EpochViews - 1), EpochViews * 4 / 5, EpochViews * 4 / 5));
        SimDuration tau = SimDuration.FromMilliseconds(800);
        return world with
        {
            CruiseControl = world.CruiseControl with { MinViewDuration = tau, MaxViewDuration = tau },
            Pacemaker = world.Pacemaker with { HappyPathMaxRoundFailures = 1_000_000 },
            NodeFaults = offline == 0 ? [] : [IdealWorld.Off(Nodes, offline)],
        };
    }

    private sealed record Observed(double ViewTime, double BlockRate, double Finality, double Timeouts);

    private sealed class Pair(IProbe first, IProbe second) : IProbe
    {
        public void On(in TraceEvent entry)
        {
            first.On(entry);
            second.On(entry);
        }

        public void End(SimTime at)
        {
            first.End(at);
            second.End(at);
        }
    }
}
