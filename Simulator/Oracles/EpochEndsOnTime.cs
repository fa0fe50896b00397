using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>C2: with nothing in its way, the controller ends an epoch within a second of its target.</summary>
/// <remarks>
/// <para>Nothing in its way: no fault, liar or twin; flow-go's own settings; at least four equal members; delays that
/// are short against a view and jitter not at all large; a target view time well inside the limits; an epoch long
/// enough to settle. Elsewhere this is a figure to measure: over distant regions the gains that flow-go ships keep the
/// controller swinging, and the mean view time is held by an expectation in the scenario, not by an oracle.</para>
/// <para>The end is when the first node takes in a block of the next epoch.</para>
/// </remarks>
public sealed class EpochEndsOnTime(Cast cast, Calm calm) : Oracle("C2", cast)
{
    private const ulong LeastViews = 200;
    private const int LeastMembers = 4;
    private static readonly SimDuration ShortDelay = SimDuration.FromMilliseconds(40);
    private static readonly SimDuration Margin = SimDuration.FromMilliseconds(50);

    private readonly bool isUndisturbed = IsUndisturbed(cast, calm);
    private int epoch;

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.Incorporated)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        if (!isUndisturbed || calm.HasLost) return;
        View view = ((Notice.Incorporated)entry.Notice).Block.View;
        CommittedEpoch ending = Cast.Epochs.All[epoch];
        EpochTiming current = ending.Timing;
        if (view <= current.FinalView || epoch + 1 == Cast.Epochs.All.Count) return;
        epoch++;
        double end = entry.At.TotalSeconds;
        if (ending.Committee.Size >= LeastMembers && IsSteerable(current)
            && double.Abs(end - current.TargetEndTimeSeconds) > 1)
            throw Broken(entry, view, $"the epoch before it ends at {entry.At.Nanoseconds} ns",
                $"its target is {current.TargetEndTimeSeconds} s");
    }

    private static bool IsUndisturbed(Cast cast, Calm calm)
    {
        RunSpec spec = cast.Spec;
        if (spec.LinkFaults.Count + spec.NodeFaults.Count + spec.Liars.Count > 0) return false;
        if (spec.CruiseControl != CruiseControlConfig.Default || calm.LongestDelay > ShortDelay) return false;
        foreach (NodeSpec node in spec.Nodes)
        {
            if (node.TwinOf is not null || !node.HasBeaconKey || node.Weight != spec.Nodes[0].Weight) return false;
            if (spec.Protocol is not null && (node.FirstEpoch > 0 || node.LastEpoch < int.MaxValue)) return false;
        }

        return spec.Protocol?.Governance.Count is null or 0;
    }

    /// <summary>Whether the plan itself is one that the controller can meet.</summary>
    private bool IsSteerable(EpochTiming timing)
    {
        SimTime began = epoch == 1 ? SimTime.Zero
            : SimTime.FromSeconds((long)Cast.Epochs.All[epoch - 2].Timing.TargetEndTimeSeconds);
        SimDuration planned = SimTime.FromSeconds((long)timing.TargetEndTimeSeconds) - began;
        var view = new SimDuration(planned.Nanoseconds / (long)timing.Views);
        CruiseControlConfig config = Cast.Spec.CruiseControl;
        return timing.Views >= LeastViews
            && view > config.MinViewDuration + Margin + calm.LongestDelay + calm.LongestDelay
            && view < config.MaxViewDuration - Margin
            && planned == SimDuration.FromSeconds((long)timing.TargetDurationSeconds);
    }
}
