using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>Time from a block's publication to its finality, over blocks and nodes.</summary>
/// <remarks>
/// Two blocks of one view are told apart. A finality whose publication has left the window cannot be timed;
/// it is certain to be long, so leaving it out would flatter: then the quantiles are not reported at all.
/// </remarks>
public sealed class FinalityTimes(ObservedCommittee committee)
{
    private readonly DurationHistogram first = new();
    private double firstSum;
    private long untimed;

    /// <summary>All samples so far.</summary>
    public DurationHistogram Histogram { get; } = new();

    /// <summary>A leader sent a block.</summary>
    public static void Published(ref ViewSlot slot, Notice.Published notice, int leader, SimTime at)
    {
        ulong block = notice.Block.Id.Value;
        if (slot.Publications == 0)
        {
            slot.Leader = leader;
            slot.Block = block;
            slot.PublishedAt = at.Nanoseconds;
            slot.Delay = at.Nanoseconds - notice.Ready.Nanoseconds;
            slot.Publications = 1;
        }
        else if (slot.Publications == 1 && slot.Block != block)
        {
            slot.SecondBlock = block;
            slot.SecondPublishedAt = at.Nanoseconds;
            slot.Publications = 2;
        }
    }

    /// <summary>A block became final at a node.</summary>
    public void Finalized(ref ViewSlot slot, Block block, SimTime at)
    {
        slot.IsFinalized = true;
        if (PublicationOf(in slot, block.Id.Value) is { } published)
        {
            long took = at.Nanoseconds - published;
            bool isFirst = slot.Finalities == 0;
            slot.Finalities++;
            slot.FinalitySum += took;
            if (block.View.Value < committee.FirstCounted) return;
            Histogram.Add(new SimDuration(took));
            if (!isFirst) return;
            first.Add(new SimDuration(took));
            firstSum += new SimDuration(took).TotalSeconds;
        }
        else if (block.View.Value >= committee.FirstCounted)
        {
            untimed++;
        }
    }

    public void Report(MetricSheet sheet)
    {
        if (untimed > 0) return;
        sheet.Put(MetricCatalogue.FinalityP50, Histogram.Quantile(0.5));
        sheet.Put(MetricCatalogue.FinalityP99, Histogram.Quantile(0.99));
        sheet.Put(MetricCatalogue.FirstFinality, firstSum / first.Total);
        sheet.Put(MetricCatalogue.FirstFinalityP50, first.Quantile(0.5));
        sheet.Put(MetricCatalogue.FirstFinalityP99, first.Quantile(0.99));
    }

    private static long? PublicationOf(in ViewSlot slot, ulong block)
    {
        if (slot.Publications > 0 && slot.Block == block) return slot.PublishedAt;
        return slot.Publications > 1 && slot.SecondBlock == block ? slot.SecondPublishedAt : null;
    }
}
