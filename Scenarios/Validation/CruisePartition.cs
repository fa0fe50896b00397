using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Validation;

/// <summary>Cruise control after a stop of 100 s with some leaders off (figure 000).</summary>
internal sealed class CruisePartition : IFigureFamily
{
    private const string Source = "cruise-control figure 000";
    private const int Nodes = 94;
    private const int Seeds = 10;
    private const ulong PublishedStart = 38;
    private const double PublishedCrossing = 535;

    /// <summary>Mean view time during recovery, read off the figure: 100 s in the views to the crossing.</summary>
    private const double Recovering = CruiseWorld.Tau - 100 / (PublishedCrossing - PublishedStart);

    private static readonly double LostShare =
        (Recovering - CruiseWorld.ShortestView) / (CruiseWorld.Timeout - CruiseWorld.ShortestView);

    /// <summary>Rounded down, as growing timeouts make lost views dearer than the form says.</summary>
    private static readonly int Offline = (int)(Nodes * (1 - Math.Sqrt(1 - LostShare)));

    public string Id => "cruise-partition";

    public string Title => "The block-time controller after a stop of 100 s";

    public string Setup => string.Create(CultureInfo.InvariantCulture,
        $"94 replicas without latency. {CruiseWorld.Text} All stand still for 100 s. The share of nodes off is not ")
        + string.Create(CultureInfo.InvariantCulture,
            $"printed; from the published recovery ({100 / (PublishedCrossing - PublishedStart):F3} s per view) ")
        + string.Create(CultureInfo.InvariantCulture,
            $"follow {100 * LostShare:F1} % lost views, that is {Offline} of 94 nodes. The crossing is a fit, ")
        + "the undershoot is not. 10 seeds.";

    public FamilyResult Measure(Workbench bench) => new([.. Measure(bench, 0.06), .. Measure(bench, 0.6)], []);

    private static IEnumerable<Finding> Measure(Workbench bench, double ki)
    {
        string set = ki.ToString("0.##", CultureInfo.InvariantCulture);
        RunSpec[] specs = [.. Enumerable.Range(1, Seeds).Select(seed => Spec((ulong)seed, ki))];
        Recovery[] seen = bench.Each(specs, spec =>
        {
            var curve = new ErrorCurve(Nodes - 1);
            bench.Run(spec, curve);
            return Recovery.Of(curve);
        });
        string why = (ki < 0.1 ? "" : "made with KI 0.06, where flow-go ships 0.6; ")
            + "the figure is one run, and lost views make runs differ by many seconds";
        yield return Finding.Of(new Figure($"000-peak-KI{set}", $"largest error, KI {set}, s", Source, 100, 5, 1),
            [.. seen.Select(run => run.Peak)],
            "the figure begins at rest; here nodes are off from the start, so there is a lag before the stop, and the "
            + "view in which all stood still is lost with the next one");
        Finding crossing = Finding.Of(
            new Figure($"000-crossing-KI{set}", $"view in which the error is made good, KI {set}", Source,
                PublishedCrossing, 50, 0), [.. seen.Select(run => run.Crossing)], why);
        yield return ki < 0.1 ? crossing.AsFit() : crossing;
        yield return Finding.Of(
            new Figure($"000-undershoot-KI{set}", $"smallest error after it, KI {set}, s", Source, -9, 3, 1),
            [.. seen.Select(run => run.Undershoot)], why);
    }

    private static RunSpec Spec(ulong seed, double ki)
    {
        RunSpec world = CruiseWorld.Of(Nodes, seed, 900, ki);
        SimTime start = SimTime.FromSeconds((long)(CruiseWorld.Tau * (CruiseWorld.Origin + PublishedStart)));
        return world with
        {
            NodeFaults =
            [
                IdealWorld.Off(Nodes, Offline),
                new NodeFault.Pause(new Window(start, start + SimDuration.FromSeconds(100)),
                    new NodeSet(Nodes, Enumerable.Range(0, Nodes))),
            ],
        };
    }

    private sealed record Recovery(double Peak, double Crossing, double Undershoot)
    {
        public static Recovery Of(ErrorCurve curve)
        {
            ulong start = curve.First(CruiseWorld.Origin, error => error > 50);
            ulong crossing = curve.First(start, error => error < 0);
            return new Recovery(curve.Max(start, crossing), crossing - start + PublishedStart,
                curve.Min(crossing, crossing + 100));
        }
    }
}
