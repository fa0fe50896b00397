using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Faults;

namespace FlowSim.Oracles;

/// <summary>Nodes that end by themselves, as flow-go's do on evidence of wrong execution, or by their operators: calm
/// counts them as lost. At a spork everybody is down, and a member again once it begins at the new root.</summary>
/// <remarks>It states nothing and listens first. Only engines of the pipeline and operators end a process.</remarks>
public sealed class Departures(Cast cast, Calm calm) : Oracle("departures", cast)
{
    public override IReadOnlyList<Type> Hears { get; } =
        cast.Spec is { Pipeline: null, Upgrade: null } ? [] : [typeof(Notice.Stopped), typeof(Notice.Sporked)];

    public override bool HearsLiars => true;

    public override void On(in TraceEvent entry)
    {
        if (entry.Notice is Notice.Sporked)
        {
            calm.BeginAnew(entry.At);
            return;
        }

        if (!Cast.IsHonest(entry.Node)) return;
        foreach (NodeFault fault in Cast.Spec.NodeFaults)
        {
            if (fault is NodeFault.Crash && fault.During.From == entry.At && fault.Nodes.Contains(entry.Node.Index))
                return;
        }

        calm.Lose(entry.Node);
    }
}
