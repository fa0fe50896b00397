using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Faults;

namespace FlowSim.Oracles;

/// <summary>Nodes that end by themselves, as flow-go's do on evidence of wrong execution, or by their operators: calm
/// counts them as lost.</summary>
/// <remarks>It states nothing and listens first. Only engines of the pipeline and operators end a process.</remarks>
public sealed class Departures(Cast cast, Calm calm) : Oracle("departures", cast)
{
    public override IReadOnlyList<Type> Hears { get; } =
        cast.Spec is { Pipeline: null, Upgrade: null } ? [] : [typeof(Notice.Stopped)];

    public override void On(in TraceEvent entry)
    {
        foreach (NodeFault fault in Cast.Spec.NodeFaults)
        {
            if (fault is NodeFault.Crash && fault.During.From == entry.At && fault.Nodes.Contains(entry.Node.Index))
                return;
        }

        calm.Lose(entry.Node);
    }
}
