using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>All timeout objects a node holds, by view (flow-go timeoutaggregator/timeout_aggregator.go).</summary>
/// <remarks>Every node aggregates for itself. Objects for views below the node's own are dropped.</remarks>
public sealed class TimeoutAggregator(KnownEpochs epochs)
{
    private readonly Dictionary<ulong, TimeoutCollector> collectors = [];
    private readonly Stack<TimeoutCollector> spare = [];
    private ulong lowestView;

    /// <summary>Counts a validated timeout object of a current or future view, whose epoch is known.</summary>
    public void Add(Message.Timeout timeout, Effects into, out PartialTc? partial, out TimeoutCertificate? tc)
    {
        partial = null;
        tc = null;
        if (timeout.View.Value < lowestView) return;
        if (!collectors.TryGetValue(timeout.View.Value, out TimeoutCollector? collector))
            collectors.Add(timeout.View.Value, collector = Collector(timeout.View, epochs.At(timeout.View)!));
        if (!collector.Add(timeout, out partial, out tc))
            into.Report(new Notice.Rejected(timeout.Signer, timeout.View, RejectReason.DoubleTimeout));
    }

    /// <summary>Whether the signer's object is counted and this one repeats it.</summary>
    public bool Holds(Message.Timeout timeout) =>
        collectors.TryGetValue(timeout.View.Value, out TimeoutCollector? collector) && collector.Holds(timeout);

    /// <summary>Forgets views below the one just entered.</summary>
    public void PruneBelow(View current)
    {
        if (collectors.Count == 0) lowestView = current.Value;
        for (; lowestView < current.Value; lowestView++)
        {
            if (collectors.Remove(lowestView, out TimeoutCollector? idle)) spare.Push(idle);
        }
    }

    private TimeoutCollector Collector(View view, Committee committee)
    {
        if (!spare.TryPop(out TimeoutCollector? collector)) collector = new TimeoutCollector(committee);
        collector.Begin(view, committee);
        return collector;
    }
}
