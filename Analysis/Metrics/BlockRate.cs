using System;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>Finalized blocks per second at the median node.</summary>
/// <remarks>
/// A node's rate is the blocks after its first counted one over the time they took. The wait at the end of
/// the run is unfinished and therefore left out, unless it is already longer than any finished wait: then the
/// node has stalled and the wait counts in full, so that a halted chain does not look fast.
/// </remarks>
public sealed class BlockRate(ObservedCommittee committee)
{
    /// <summary>A node without two blocks is judged only after waiting this many planned views.</summary>
    private const int PatienceViews = 10;

    private readonly long[] since = NodeTimes.Unset(committee.Population);
    private readonly long[] last = NodeTimes.Unset(committee.Population);
    private readonly long[] blocks = new long[committee.Population];
    private readonly long[] longestWait = new long[committee.Population];

    /// <summary>A node entered a view.</summary>
    public void Entered(int node, View view, SimTime at)
    {
        if (view.Value < committee.FirstCounted || since[node] != NodeTimes.None) return;
        since[node] = at.Nanoseconds;
    }

    /// <summary>A block became final at a node.</summary>
    public void Finalized(int node, Block block, SimTime at)
    {
        if (block.View.Value < committee.FirstCounted) return;
        if (last[node] == NodeTimes.None)
        {
            since[node] = at.Nanoseconds;
        }
        else
        {
            blocks[node]++;
            longestWait[node] = Math.Max(longestWait[node], at.Nanoseconds - last[node]);
        }

        last[node] = at.Nanoseconds;
    }

    public void Report(MetricSheet sheet, SimTime end)
    {
        double[] rates = new double[committee.Population];
        int count = 0;
        for (int node = 0; node < rates.Length; node++)
        {
            if (RateAt(node, end.Nanoseconds) is { } rate) rates[count++] = rate;
        }

        if (count == 0)
        {
            if (IsStillborn(end)) sheet.Put(MetricCatalogue.BlockRate, 0);
            return;
        }

        Array.Sort(rates, 0, count);
        double median = (rates[(count - 1) / 2] + rates[count / 2]) / 2;
        sheet.Put(MetricCatalogue.BlockRate, median);
    }

    /// <summary>Whether the counted views began with the run and nobody ever left the first one.</summary>
    private bool IsStillborn(SimTime end) => committee.FirstCounted == committee.FirstView
        && Array.TrueForAll(since, at => at == NodeTimes.None) && Seconds(end.Nanoseconds) >= PatienceSeconds;

    private double? RateAt(int node, long end)
    {
        if (since[node] == NodeTimes.None) return null;
        long newest = last[node] == NodeTimes.None ? since[node] : last[node];
        long until = end - newest > longestWait[node] ? end : newest;
        if (blocks[node] == 0)
        {
            if (Seconds(end - since[node]) < PatienceSeconds) return null;
        }

        return until > since[node] ? blocks[node] / Seconds(until - since[node]) : null;
    }

    private double PatienceSeconds => PatienceViews * committee.Epochs[0].TargetViewTimeSeconds;

    private static double Seconds(long nanoseconds) => nanoseconds / (double)SimDuration.NanosecondsPerSecond;
}
