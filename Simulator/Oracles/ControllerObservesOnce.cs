using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>C4: between two starts, the controller observes ever higher views, each once, as the block arrives, or as
/// it is built if it is the node's own and the controller is set so.</summary>
/// <remarks>
/// Skipped views count once, so that a double timeout is one error, to be repaid. Whether it is repaid without
/// swinging is a figure to measure.
/// </remarks>
public sealed class ControllerObservesOnce(Cast cast) : Oracle("C4", cast)
{
    private readonly View[] observed = new View[cast.Nodes];
    private readonly View[] taken = new View[cast.Nodes];
    private readonly View[] built = new View[cast.Nodes];
    private readonly bool countsBuilt = cast.Spec.CruiseControl.OwnBlock == OwnBlockObservation.AtConstruction;

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.ControllerUpdated), typeof(Notice.Incorporated), typeof(Notice.Built), typeof(Notice.Started),
    ];

    public override void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.Incorporated { Block: var block }:
                // A block that counted when it was built must not count again.
                taken[node] = block.View == built[node] ? default : block.View;
                break;
            case Notice.Built { Block: var block } when countsBuilt:
                taken[node] = block.View;
                built[node] = block.View;
                break;
            case Notice.Started:
                observed[node] = default;
                built[node] = default;
                break;
            case Notice.ControllerUpdated { Observation: var seen }:
                Judge(entry, seen.View, seen.At);
                observed[node] = seen.View;
                break;
        }
    }

    private void Judge(in TraceEvent entry, View view, SimTime at)
    {
        int node = entry.Node.Index;
        if (view <= observed[node])
            throw Broken(entry, view, "the controller observes it", $"it has observed view {observed[node]}");
        if (view != taken[node])
            throw Broken(entry, view, "the controller observes it",
                $"the block just taken in is of {taken[node]}");
        if (at != entry.At && Cast.IsPunctual(entry.Node))
            throw Broken(entry, view, $"the controller observes it at {at.Nanoseconds} ns",
                $"the block came at {entry.At.Nanoseconds} ns");
    }
}
