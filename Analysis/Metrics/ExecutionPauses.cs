using System.Collections.Generic;
using FlowSim.Analysis.Divergence;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>How long execution pauses at the version boundaries that governance asks for.</summary>
/// <remarks>
/// With two nodes beyond it sealing can go on, as a seal needs two receipts. A boundary that is passed without a pause
/// counts with the time that execution took anyway; one that two nodes never pass is left out. A node that comes back
/// meanwhile and executes what it missed below the boundary ends no pause: only who is with the others counts.
/// </remarks>
public sealed class ExecutionPauses
{
    public static readonly MetricDefinition Pause = new("execution-pause", "s",
        "longest time, over version boundaries, from the last execution of a block below one by any execution node, "
        + "but none later than 10 s after the first of the last height, to the first execution at or above it by the "
        + "second node", null, 1)
    { IsOccasional = true, IsHeadline = true };

    private readonly List<Boundary> boundaries = [];

    public ExecutionPauses(RunSpec spec)
    {
        if (spec.Upgrade is null) return;
        foreach (GovernanceAct act in spec.Protocol?.Governance ?? [])
            if (act.Call is ContractCall.SetBoundary set) boundaries.Add(new Boundary(set.Boundary.Height));
    }

    /// <summary>An execution node executed a block.</summary>
    public void Executed(int node, Height height, SimTime at)
    {
        foreach (Boundary boundary in boundaries) boundary.Executed(node, height, at);
    }

    public void Report(MetricSheet sheet)
    {
        double longest = double.NegativeInfinity;
        foreach (Boundary boundary in boundaries)
            if (boundary.Pause is { } pause) longest = double.Max(longest, pause.TotalSeconds);
        if (double.IsFinite(longest)) sheet.Put(Pause, longest);
    }

    private sealed class Boundary(Height first)
    {
        private SimTime lastBelow;
        private Height highestBelow;
        private SimTime reachedAt;
        private int? beyond;

        public SimDuration? Pause { get; private set; }

        public void Executed(int node, Height height, SimTime at)
        {
            if (Pause is not null) return;
            if (height < first) Below(height, at);
            else if (beyond is null || beyond == node) beyond = node;
            else Pause = at - lastBelow;
        }

        private void Below(Height height, SimTime at)
        {
            if (height > highestBelow) (highestBelow, reachedAt) = (height, at);
            if (at <= reachedAt + Availability.NormalGap) lastBelow = at;
        }
    }
}
