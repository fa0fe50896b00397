using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>L2: a node gives up on a view when its timeout has passed; not before, unless a third has, and not
/// later.</summary>
/// <remarks>
/// So a failed view lasts at least its timeout at whoever starts the failure. That a good view lasts between the time
/// its work takes and the controller's maximum is no rule for a single node, which may enter late and leave at once; C1
/// binds the leaders instead. A paused node may be late, and one outside the view's committee does not give up, nor one
/// that has not heard of the view's epoch.
/// </remarks>
public sealed class TimeoutsAreDue : Oracle
{
    private readonly SimTime[] due;
    private readonly View[] joined;
    private readonly bool[] hasGivenUp;
    private readonly SimDuration initial;

    public TimeoutsAreDue(Cast cast)
        : base("L2", cast)
    {
        due = new SimTime[cast.Nodes];
        joined = new View[cast.Nodes];
        hasGivenUp = new bool[cast.Nodes];
        initial = new TimeoutController(cast.Spec.Pacemaker).Timeout;
    }

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.Started), typeof(Notice.Bootstrapped), typeof(Notice.EnteredView),
        typeof(Notice.PartialTcAssembled), typeof(Notice.TimedOut),
    ];

    public override void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.Started or Notice.Bootstrapped:
                Wait(node, entry.At + initial);
                break;
            case Notice.EnteredView entered:
                EnsureNotLate(entry, entered.From);
                Wait(node, entry.At + entered.Timeout);
                break;
            case Notice.PartialTcAssembled partial:
                joined[node] = partial.View;
                break;
            case Notice.TimedOut { Timeout: var timeout }:
                if (entry.At < due[node] && joined[node] != timeout.View)
                    throw Broken(entry, timeout.View, "gives up",
                        FormattableString.Invariant($"its timeout is at {due[node].TotalSeconds:F9} s"));
                EnsureNotLate(entry, timeout.View);
                hasGivenUp[node] = true;
                break;
        }
    }

    private void Wait(int node, SimTime until)
    {
        due[node] = until;
        hasGivenUp[node] = false;
    }

    private void EnsureNotLate(in TraceEvent entry, View view)
    {
        int node = entry.Node.Index;
        if (entry.At > due[node] && !hasGivenUp[node] && Cast.IsPunctual(entry.Node)
            && Cast.IsMember(entry.Node, view) && Cast.Knows(entry.Node, view))
            throw Broken(entry, view, "is still in it and has not given up",
                FormattableString.Invariant($"its timeout was at {due[node].TotalSeconds:F9} s"));
    }
}
