using System;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>
/// The finalized chain as a whole: each block counts once, when the first node finalizes it.
/// </summary>
/// <remarks>
/// Nodes finalize in ascending order and agree, so a block is new exactly when its view is above all before.
/// Views above the newest finalized one are not decided yet and count neither way.
/// </remarks>
public sealed class FinalizedChain(ObservedCommittee committee)
{
    private ulong newest = committee.FirstView - Math.Min(committee.FirstView, 1);
    private ulong counted;
    private long lastAt = NodeTimes.None;
    private long longestGap;

    /// <summary>A block became final at some node.</summary>
    public void Finalized(Block block, SimTime at)
    {
        ulong view = block.View.Value;
        if (view <= newest) return;
        newest = view;
        if (view >= committee.FirstCounted) counted++;
        if (lastAt == NodeTimes.None) return;
        longestGap = Math.Max(longestGap, at.Nanoseconds - lastAt);
        lastAt = at.Nanoseconds;
    }

    /// <summary>Some node entered a view: the first counted one starts the clock of the first gap.</summary>
    public void Entered(View view, SimTime at)
    {
        if (view.Value >= committee.FirstCounted && lastAt == NodeTimes.None) lastAt = at.Nanoseconds;
    }

    public void Report(MetricSheet sheet, ulong newestEntered, SimTime end)
    {
        // Nodes begin in the first view without a word: where nobody ever leaves it, the gap is the run.
        if (lastAt == NodeTimes.None && committee.FirstCounted == committee.FirstView) lastAt = 0;
        if (lastAt != NodeTimes.None)
        {
            long gap = Math.Max(longestGap, end.Nanoseconds - lastAt);
            sheet.Put(MetricCatalogue.LongestFinalityGap, new SimDuration(gap).TotalSeconds);
        }

        sheet.Put(MetricCatalogue.UndecidedViews, newestEntered - Math.Min(newest, newestEntered));
        if (counted == 0) return;
        ulong views = newest - committee.FirstCounted + 1;
        sheet.Put(MetricCatalogue.LostViews, 1000.0 * (views - counted) / views);
    }
}
