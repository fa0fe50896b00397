using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Validation;

/// <summary>Cruise control after two long views, without noise (figure 030) and with it (figure 028).</summary>
internal sealed class CruiseDisturbance : IFigureFamily
{
    private const string Source30 = "cruise-control figure 030";
    private const string Source28 = "cruise-control figure 028";
    private const int Seeds = 20;
    private const ulong From = CruiseWorld.Origin + 27;
    private const ulong To = CruiseWorld.Origin + 60;

    private static readonly (ulong View, long Milliseconds)[] Disturbed =
        [(27, 1_510), (28, 2_480), (69, 1_330), (80, 1_365)];

    public string Id => "cruise-disturbance";

    public string Title => "The block-time controller after two long views";

    public string Setup =>
        $"Seven replicas of the simulator without latency. {CruiseWorld.Text} Leaders stretch view 27 to 1.51 s, 28 to "
        + "2.48 s, 69 to 1.33 s and 80 to 1.365 s. With noise: every message takes 0 to 200 ms, uniformly; 20 seeds; "
        + "one node's error. Not watched by the oracles, as the leaders break the controller's rule on purpose.";

    public FamilyResult Measure(Workbench bench) =>
        new([.. Silent(0.06), .. Noisy(bench), .. Silent(0.6)], []);

    private static IEnumerable<Finding> Silent(double ki)
    {
        bool isPublished = ki < 0.1;
        string set = ki.ToString("0.##", CultureInfo.InvariantCulture);
        string why = isPublished
            ? ""
            : "the figure was made with KI 0.06; flow-go ships 0.6, which overshoots more: a finding about flow-go, "
                + "whose published figures do not show the shipped controller";
        ErrorCurve curve = CruiseWorld.Run(CruiseWorld.Of(7, 1, 200, ki), Disturbed, 0);
        yield return Finding.Exact(
            new Figure($"030-peak-KI{set}", $"largest error, KI {set}, s", Source30, 1.49, 0.05), curve.Max(From, To));
        yield return Finding.Exact(
            new Figure($"030-undershoot-KI{set}", $"smallest error, KI {set}, s", Source30, -0.58, 0.06),
            curve.Min(From, To), why);
    }

    private static IEnumerable<Finding> Noisy(Workbench bench)
    {
        RunSpec[] specs = [.. Enumerable.Range(1, Seeds).Select(seed => CruiseWorld.Of(7, (ulong)seed, 400, 0.06) with
        {
            Network = IdealWorld.Latency(p => p * 200 * SimDuration.NanosecondsPerMillisecond),
        })];
        Swing[] seen = bench.Each(specs, spec => Swing.Of(CruiseWorld.Run(spec, Disturbed, 0)));
        yield return Finding.Of(new Figure("028-peak", "largest error, s", Source28, 1.5, 0.2),
            [.. seen.Select(run => run.Peak)],
            "noise adds to the peak, and the figure does not print how much noise it has");
        yield return Finding.Of(new Figure("028-undershoot", "smallest error after it, s", Source28, -0.6, 0.2),
            [.. seen.Select(run => run.Undershoot)]);
        yield return Finding.Of(
            new Figure("028-steady", "share of views 100 to 390 with an error beyond 0.2 s", Source28, 0, 0.1),
            [.. seen.Select(run => run.Unsteady)]);
    }

    private sealed record Swing(double Peak, double Undershoot, double Unsteady)
    {
        public static Swing Of(ErrorCurve curve) => new(curve.Max(From, To), curve.Min(From, To),
            curve.Share(CruiseWorld.Origin + 100, CruiseWorld.Origin + 390, error => error is > 0.2 or < -0.2));
    }
}
