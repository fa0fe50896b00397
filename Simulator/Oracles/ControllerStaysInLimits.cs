using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>C3: the controller's target is its output cut to the limits, and its terms are numbers.</summary>
/// <remarks>
/// That a small committee runs early when blocks are observed at construction is a property of a former flow-go and a
/// figure to measure, not a rule. Nor is an absence of swings one: the gains that flow-go ships do swing over distant
/// regions.
/// </remarks>
public sealed class ControllerStaysInLimits(Cast cast) : Oracle("C3", cast)
{
    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.ControllerUpdated)];

    public override void On(in TraceEvent entry)
    {
        ControllerObservation seen = ((Notice.ControllerUpdated)entry.Notice).Observation;
        CruiseControlConfig config = Cast.Spec.CruiseControl;
        SimDuration due = SimDuration.Min(
            SimDuration.Max(seen.Unconstrained, config.MinViewDuration), config.MaxViewDuration);
        if (seen.Target != due)
            throw Broken(entry, seen.View, $"the controller's target is {seen.Target.Nanoseconds} ns",
                $"within its limits {seen.Unconstrained.Nanoseconds} ns gives {due.Nanoseconds} ns");
        if (!double.IsFinite(seen.OutputSeconds))
            throw Broken(entry, seen.View, "the controller has an output", "it is not a number");
    }
}
