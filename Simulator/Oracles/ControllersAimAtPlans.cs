using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>D6: a controller's error is the planned time of the views left less the time left, by the plan that the
/// node's protocol state has for the epoch.</summary>
/// <remarks>
/// The controller hears of an extension right after the node, so the plans of the states before count too. Of a node
/// with the disk of an earlier time nothing is said.
/// </remarks>
public sealed class ControllersAimAtPlans(Cast cast) : Oracle("D6", cast)
{
    private const int Kept = 4;
    private const double Rounding = 1e-6;

    private readonly Queue<EpochState>?[] known = new Queue<EpochState>?[cast.Nodes];
    private readonly bool[] isExempt = new bool[cast.Nodes];

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.StateChanged), typeof(Notice.Bootstrapped), typeof(Notice.Restored),
        typeof(Notice.ControllerUpdated),
    ];

    public override void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.Restored:
                isExempt[node] = true;
                break;
            case Notice.Bootstrapped { Head.State: KeyValueSnapshot state }:
                Keep(node, state);
                break;
            case Notice.StateChanged { Before: KeyValueSnapshot before, After: KeyValueSnapshot after }:
                if (known[node] is null) Keep(node, before);
                Keep(node, after);
                break;
            case Notice.ControllerUpdated { Observation: var seen } when !isExempt[node] && known[node] is { } states:
                Judge(entry, seen, states);
                break;
        }
    }

    private void Keep(int node, KeyValueSnapshot state)
    {
        Queue<EpochState> states = known[node] ??= new Queue<EpochState>();
        states.Enqueue(state.Epochs);
        if (states.Count > Kept) states.Dequeue();
    }

    private void Judge(in TraceEvent entry, ControllerObservation seen, Queue<EpochState> states)
    {
        EpochTiming? plan = null;
        foreach (EpochState state in states)
        {
            foreach (EpochEntry? epoch in (ReadOnlySpan<EpochEntry?>)[state.Previous, state.Current, state.Next])
            {
                if (epoch is null || seen.View < epoch.FirstView || seen.View > epoch.FinalView) continue;
                plan = epoch.Timing;
                if (double.Abs(ErrorBy(epoch.Timing, seen) - seen.ErrorSeconds) < Rounding) return;
            }
        }

        if (plan is { } missed)
            throw Broken(entry, seen.View, FormattableString.Invariant($"the controller is {seen.ErrorSeconds} s late"),
                FormattableString.Invariant($"by its epoch's plan it is {ErrorBy(missed, seen)} s late"));
    }

    private static double ErrorBy(EpochTiming plan, ControllerObservation seen)
    {
        ulong left = plan.FinalView.Value + 1 - seen.View.Value;
        return left * (double)plan.TargetDurationSeconds / plan.Views
            - (plan.TargetEndTimeSeconds - seen.At.TotalSeconds);
    }
}
