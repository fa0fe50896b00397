using System;

namespace FlowSim.Analysis.Metrics;

/// <summary>An instant per node, in nanoseconds, of something that may not have happened yet.</summary>
public static class NodeTimes
{
    /// <summary>It has not happened.</summary>
    public const long None = -1;

    /// <summary>Nothing has happened at any node.</summary>
    public static long[] Unset(int population)
    {
        long[] times = new long[population];
        Array.Fill(times, None);
        return times;
    }
}
