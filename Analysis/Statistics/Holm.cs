using System;
using System.Collections.Generic;

namespace FlowSim.Analysis.Statistics;

/// <summary>Holm's step-down adjustment: of all claims made, the chance that any is false stays below α.</summary>
/// <remarks>Holm, A simple sequentially rejective multiple test procedure (1979). No independence is needed.</remarks>
public static class Holm
{
    /// <summary>Adjusted p-values in the order given: a claim stands if its own is at most α.</summary>
    public static double[] Adjusted(IReadOnlyList<double> p)
    {
        int[] order = new int[p.Count];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => p[a] != p[b] ? p[a].CompareTo(p[b]) : a.CompareTo(b));
        double[] adjusted = new double[p.Count];
        double highest = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            highest = Math.Max(highest, Math.Min(1, (order.Length - rank) * p[order[rank]]));
            adjusted[order[rank]] = highest;
        }

        return adjusted;
    }
}
