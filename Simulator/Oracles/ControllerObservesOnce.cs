using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>C4: between two starts, the controller observes ever higher views, each once, as the block
/// arrives.</summary>
/// <remarks>
/// Skipped views count once, so that a double timeout is one error, to be repaid. Whether it is repaid without
/// swinging is a figure to measure.
/// </remarks>
public sealed class ControllerObservesOnce(Cast cast) : Oracle("C4", cast)
{
    private readonly View[] observed = new View[cast.Nodes];
    private readonly View[] incorporated = new View[cast.Nodes];

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.ControllerUpdated), typeof(Notice.Incorporated), typeof(Notice.Started)];

    public override void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.Incorporated { Block: var block }:
                incorporated[node] = block.View;
                break;
            case Notice.Started:
                observed[node] = default;
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
        if (view != incorporated[node])
            throw Broken(entry, view, "the controller observes it",
                $"the block just taken in is of {incorporated[node]}");
        if (at != entry.At && Cast.IsPunctual(entry.Node))
            throw Broken(entry, view, $"the controller observes it at {at.Nanoseconds} ns",
                $"the block came at {entry.At.Nanoseconds} ns");
    }
}
