using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>How long ready proposals wait for the time the controller set: its headroom.</summary>
public sealed class PublicationDelays(ObservedCommittee committee)
{
    private readonly DurationHistogram delays = new();
    private long sum;
    private long undelayed;

    /// <summary>A leader sent a block.</summary>
    public void Published(Notice.Published notice, SimTime at)
    {
        if (notice.Block.View.Value < committee.FirstCounted) return;
        SimDuration delay = at - notice.Ready;
        delays.Add(delay);
        sum += delay.Nanoseconds;
        if (delay == SimDuration.Zero) undelayed++;
    }

    public void Report(MetricSheet sheet, double? meanViewSeconds)
    {
        if (delays.Total == 0) return;
        double mean = sum / (double)delays.Total / SimDuration.NanosecondsPerSecond;
        sheet.Put(MetricCatalogue.PublicationDelay, mean);
        sheet.Put(MetricCatalogue.PublicationDelayP50, delays.Quantile(0.5));
        sheet.Put(MetricCatalogue.PublicationDelayP1, delays.Quantile(0.01));
        sheet.Put(MetricCatalogue.Undelayed, undelayed / (double)delays.Total);
        sheet.Put(MetricCatalogue.ProtocolRuntime, meanViewSeconds - mean);
    }
}
