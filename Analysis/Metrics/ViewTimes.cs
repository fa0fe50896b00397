using System;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>How long views take, and how they are left.</summary>
/// <remarks>
/// The mean telescopes: each node's time between its first and last entry into a counted view, over the views
/// between, skipped ones included. Nodes are pooled by views, so one that fell silent early weighs little.
/// </remarks>
public sealed class ViewTimes(ObservedCommittee committee)
{
    private readonly ulong[] firstView = new ulong[committee.Population];
    private readonly long[] firstAt = NodeTimes.Unset(committee.Population);
    private readonly ulong[] view = new ulong[committee.Population];
    private readonly long[] enteredAt = NodeTimes.Unset(committee.Population);
    private readonly DurationHistogram stays = new();
    private long entered;
    private long left;
    private long leftByTc;
    private long localTimeouts;

    /// <summary>The newest view any node entered.</summary>
    public ulong Newest { get; private set; } = committee.FirstView;

    /// <summary>A node entered a view.</summary>
    public void Entered(int node, Notice.EnteredView entry, SimTime at, ViewWindow window)
    {
        Leave(node, entry.ByTc, at, window);
        ulong now = entry.View.Value;
        view[node] = now;
        enteredAt[node] = at.Nanoseconds;
        Newest = Math.Max(Newest, now);
        ref ViewSlot slot = ref window.At(now);
        slot.Entries++;
        slot.EntrySum += at.Nanoseconds;
        if (now < committee.FirstCounted) return;
        entered++;
        if (firstAt[node] != NodeTimes.None) return;
        firstView[node] = now;
        firstAt[node] = at.Nanoseconds;
    }

    /// <summary>A node sent a timeout object.</summary>
    public void TimedOut(Message.Timeout timeout)
    {
        if (timeout.Tick == 0 && timeout.View.Value >= committee.FirstCounted) localTimeouts++;
    }

    /// <summary>Mean view time in seconds, null before any counted view has passed.</summary>
    public double? MeanSeconds
    {
        get
        {
            double seconds = 0;
            double views = 0;
            for (int node = 0; node < view.Length; node++)
            {
                if (firstAt[node] == NodeTimes.None) continue;
                seconds += (enteredAt[node] - firstAt[node]) / (double)SimDuration.NanosecondsPerSecond;
                views += view[node] - firstView[node];
            }

            return views > 0 ? seconds / views : null;
        }
    }

    public void Report(MetricSheet sheet)
    {
        sheet.Put(MetricCatalogue.MeanViewTime, MeanSeconds);
        sheet.Put(MetricCatalogue.ViewTimeP50, stays.Quantile(0.5));
        sheet.Put(MetricCatalogue.ViewTimeP99, stays.Quantile(0.99));
        if (entered > 0) sheet.Put(MetricCatalogue.LocalTimeouts, 1000.0 * localTimeouts / entered);
        if (left > 0) sheet.Put(MetricCatalogue.ViewsLeftByTc, 1000.0 * leftByTc / left);
    }

    private void Leave(int node, bool byTc, SimTime at, ViewWindow window)
    {
        if (enteredAt[node] == NodeTimes.None) return;
        long stay = at.Nanoseconds - enteredAt[node];
        ref ViewSlot slot = ref window.At(view[node]);
        slot.Stays++;
        slot.StaySum += stay;
        if (view[node] < committee.FirstCounted) return;
        left++;
        if (byTc) leftByTc++;
        stays.Add(new SimDuration(stay));
    }
}
