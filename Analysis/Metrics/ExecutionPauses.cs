using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>How long execution pauses at the version boundaries that governance asks for.</summary>
/// <remarks>
/// It begins when the highest height executed below the boundary rises for the last time: who is behind and executes
/// there what others have executed before is no progress. With two nodes beyond it sealing can go on, as a seal needs
/// two receipts. A boundary that is passed without a pause counts with the time that execution took anyway; one that
/// two nodes never pass is left out.
/// </remarks>
public sealed class ExecutionPauses
{
    public static readonly MetricDefinition Pause = new("execution-pause", "s",
        "longest time, over version boundaries, from when any execution node first executes the last height below one "
        + "to the first execution at or above it by the second node", null, 1)
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
        private Height? highestBelow;
        private SimTime lastProgress;
        private int? beyond;

        public SimDuration? Pause { get; private set; }

        public void Executed(int node, Height height, SimTime at)
        {
            if (Pause is not null) return;
            if (height < first)
            {
                if (height <= highestBelow) return;
                (highestBelow, lastProgress) = (height, at);
            }
            else if (beyond is null || beyond == node) beyond = node;
            else Pause = at - lastProgress;
        }
    }
}
