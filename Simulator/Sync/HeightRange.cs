using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sync;

/// <summary>Consecutive heights, both ends included.</summary>
public readonly record struct HeightRange(Height From, Height To)
{
    /// <summary>Cuts ascending heights into ranges of limited size.</summary>
    public static List<HeightRange> Of(IReadOnlyList<Height> heights, int maxSize)
    {
        List<HeightRange> ranges = [];
        foreach (Height height in heights)
        {
            if (ranges.Count > 0 && ranges[^1].To.Next == height
                && height.Value - ranges[^1].From.Value < (ulong)maxSize)
                ranges[^1] = ranges[^1] with { To = height };
            else
                ranges.Add(new HeightRange(height, height));
        }

        return ranges;
    }

    /// <summary>Cuts identities into batches of limited size.</summary>
    public static List<BlockId[]> Batches(List<BlockId> blocks, int maxSize)
    {
        List<BlockId[]> batches = [];
        for (int i = 0; i < blocks.Count; i += maxSize)
            batches.Add([.. blocks.GetRange(i, Math.Min(maxSize, blocks.Count - i))]);
        return batches;
    }
}
