using System.Collections.Generic;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim;

/// <summary>What each node takes the time to be.</summary>
internal sealed class Clocks(IReadOnlyList<NodeFault> faults)
{
    private readonly NodeFault.Skew[] skews = SkewsOf(faults);

    /// <summary>How far a node's clock is ahead of true time.</summary>
    public SimDuration OffsetOf(int node, SimTime now)
    {
        SimDuration offset = SimDuration.Zero;
        foreach (NodeFault.Skew skew in skews)
        {
            if (skew.During.Contains(now) && skew.Nodes.Contains(node)) offset += skew.Offset;
        }

        return offset;
    }

    private static NodeFault.Skew[] SkewsOf(IReadOnlyList<NodeFault> faults)
    {
        var skews = new List<NodeFault.Skew>();
        foreach (NodeFault fault in faults)
        {
            if (fault is NodeFault.Skew skew) skews.Add(skew);
        }

        return [.. skews];
    }
}
