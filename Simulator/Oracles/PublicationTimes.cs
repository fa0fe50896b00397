using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>C1: a proposal goes out at its target, or when it is ready if that is later; the target is the
/// controller's.</summary>
/// <remarks>
/// The target counts from the observation of the parent if that is the newest block observed, else it is the instant of
/// building. A node that is ever paused or whose clock is ever off is exempt: it means another time.
/// </remarks>
public sealed class PublicationTimes(Cast cast) : Oracle("C1", cast)
{
    private readonly ByView<(NodeId Node, SimTime Target, SimTime At)> built = new();
    private readonly BlockId[] observed = new BlockId[cast.Nodes];
    private readonly BlockId[] taken = new BlockId[cast.Nodes];
    private readonly SimTime[] target = new SimTime[cast.Nodes];

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.Started), typeof(Notice.Incorporated), typeof(Notice.ControllerUpdated), typeof(Notice.Built),
        typeof(Notice.Published),
    ];

    public override void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.Incorporated { Block: var block }:
                taken[node] = block.Id;
                break;
            case Notice.ControllerUpdated { Observation: var observation }:
                observed[node] = taken[node];
                target[node] = observation.At + observation.Target;
                break;
            case Notice.Started:
                observed[node] = default;
                break;
            case Notice.Built due:
                if (Cast.IsPunctual(entry.Node)) Judge(entry, due);
                // Where the own block is observed at construction, what the controller says next is of this block.
                taken[node] = due.Block.Id;
                break;
            case Notice.Published published when Cast.IsPunctual(entry.Node):
                Judge(entry, published);
                break;
        }
    }

    private void Judge(in TraceEvent entry, Notice.Built due)
    {
        built.TryAdd(due.Block.View, (entry.Node, due.Target, entry.At), out _);
        built.Prune(due.Block.View);
        SimTime expected = !Cast.Spec.CruiseControl.Enabled ? entry.At + Cast.Spec.CruiseControl.FallbackProposalDelay
            : due.Block.ParentId == observed[entry.Node.Index] ? target[entry.Node.Index]
            : entry.At;
        if (due.Target != expected)
            throw Broken(entry, due.Block.View, $"means to publish at {due.Target.Nanoseconds} ns",
                $"the controller's target is {expected.Nanoseconds} ns");
    }

    private void Judge(in TraceEvent entry, Notice.Published published)
    {
        if (!built.TryGet(published.Block.View, out (NodeId Node, SimTime Target, SimTime At) plan)
            || plan.Node != entry.Node) return;
        SimTime due = SimTime.Max(plan.Target, published.Ready);
        if (entry.At != due || published.Ready < plan.At)
            throw Broken(entry, published.Block.View, $"publishes at {entry.At.Nanoseconds} ns",
                $"its target is {plan.Target.Nanoseconds} ns and it is ready at {published.Ready.Nanoseconds} ns");
    }
}
