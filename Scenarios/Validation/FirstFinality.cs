using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Scenarios.Validation;

/// <summary>Seconds from a block's publication until it is first final anywhere.</summary>
internal sealed class FirstFinality : IProbe
{
    private readonly Dictionary<ulong, double> published = [];
    private double sum;
    private long count;
    private Height highest;

    /// <summary>The mean over finalized blocks, the first few left out.</summary>
    public double Mean => sum / count;

    public void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Published { Block: var block }:
                published.TryAdd(block.Id.Value, entry.At.TotalSeconds);
                break;
            case Notice.Finalized { Block: var block } when block.Height > highest:
                highest = block.Height;
                if (block.View.Value <= Workbench.WarmupViews) break;
                sum += entry.At.TotalSeconds - published[block.Id.Value];
                count++;
                break;
        }
    }
}
