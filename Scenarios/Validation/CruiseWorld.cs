using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Validation;

/// <summary>The world of the published controller figures: 483,000 views a week, views of 0.47 to 2.01 s.</summary>
/// <remarks>
/// The limits are those of flow-go's regression test (block_time_controller_test.go); the figures do not print theirs.
/// The published curves begin at rest; here the first blocks go out at once, so views count from 500 on.
/// </remarks>
internal static class CruiseWorld
{
    /// <summary>The view that the figures call 0.</summary>
    public const ulong Origin = 500;

    /// <summary>τ0 in seconds.</summary>
    public const double Tau = 604_800.0 / 483_000;

    public const double ShortestView = 0.47;

    public const double Timeout = 2.5;

    public const string Text =
        "τ0 = 1.252 s, KP 2, KD 3, N_ewma 5, N_itg 50, view limits 0.47 to 2.01 s, timeout 2.5 s; the figures do not "
        + "print limits, these are those of flow-go's regression test. Views count from 500 on, when the start has "
        + "settled.";

    /// <summary>The world; the caller adds trouble.</summary>
    public static RunSpec Of(int nodes, ulong seed, ulong views, double ki)
    {
        RunSpec world = IdealWorld.Of(nodes, seed, Origin + views,
            new EpochTiming(default, new View(482_999), 604_800, 604_800));
        return world with
        {
            CruiseControl = world.CruiseControl with
            {
                Ki = ki,
                MinViewDuration = SimDuration.FromMilliseconds(470),
                MaxViewDuration = SimDuration.FromMilliseconds(2_010),
            },
            Pacemaker = world.Pacemaker with { MinTimeout = SimDuration.FromMilliseconds(2_500) },
        };
    }

    /// <summary>Runs a world in which some views are stretched.</summary>
    /// <param name="spec">The world.</param>
    /// <param name="milliseconds">Views as the figure counts them, and how long they last.</param>
    /// <param name="node">Whose controller is looked at.</param>
    public static ErrorCurve Run(RunSpec spec, IReadOnlyList<(ulong View, long Milliseconds)> milliseconds, int node)
    {
        var script = new Dictionary<ulong, SimDuration>();
        foreach ((ulong view, long length) in milliseconds)
            script.Add(Origin + view, SimDuration.FromMilliseconds(length));
        var curve = new ErrorCurve(node);
        Seams stretched = Seams.Default with
        {
            Participant = start => new StretchedViews(new Replica(start), script),
        };
        Simulation.Run(spec, [curve], stretched);
        return curve;
    }
}
