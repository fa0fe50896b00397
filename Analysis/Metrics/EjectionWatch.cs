using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>How long ejected consensus nodes are still heard: from the event's first emission by the contracts to the
/// time at which the last block of theirs became final.</summary>
public sealed class EjectionWatch
{
    private readonly SortedDictionary<NodeId, SimTime> emitted = [];
    private readonly Dictionary<NodeId, SimTime> last = [];
    private Height highest;

    /// <summary>The longest among them, seconds; negative when the last came before. Null when nobody was ejected who
    /// ever had a block.</summary>
    public double? Heard
    {
        get
        {
            double? longest = null;
            foreach ((NodeId node, SimTime since) in emitted)
            {
                if (!last.TryGetValue(node, out SimTime at)) continue;
                double heard = (at - since).TotalSeconds;
                longest = longest is { } other ? Math.Max(other, heard) : heard;
            }

            return longest;
        }
    }

    public void On(Notice notice, SimTime at)
    {
        switch (notice)
        {
            case Notice.ServiceEventEmitted { Event: ServiceEvent.EjectNode eject }:
                emitted.TryAdd(eject.Id, at);
                break;
            case Notice.Finalized { Block: var block } when block.Height > highest:
                highest = block.Height;
                last[block.Proposer] = at;
                break;
        }
    }
}
