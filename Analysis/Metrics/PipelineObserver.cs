using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>Measures the transaction pipeline; a part of <see cref="RunObserver"/>.</summary>
/// <param name="firstCounted">First view after the warm-up.</param>
public sealed class PipelineObserver(ulong firstCounted)
{
    private readonly TransactionTimes transactions = new();
    private ulong newestFinal;
    private long blocks;
    private long countedBlocks;
    private double lagSum;
    private ulong lagMax;
    private long ordered;
    private SimTime? since;
    private SimTime until;
    private readonly HashSet<int> forked = [];
    private readonly HashSet<int> diverged = [];
    private long faults;
    private readonly CollectionSizes sizes = new();

    /// <summary>A node of any role but consensus states something.</summary>
    public void On(int node, Notice notice, SimTime at)
    {
        switch (notice)
        {
            case Notice.Submitted submitted when since is not null:
                transactions.Submitted(submitted.Transaction, at);
                break;
            case Notice.StatusChanged changed:
                transactions.Changed(changed, at);
                break;
            case Notice.OfCluster { Inner: Notice.Finalized { Block.Payload: Payload.OfCluster payload } }:
                sizes.Finalized(payload.Collection);
                break;
            case Notice.Diverged:
                diverged.Add(node);
                break;
            case Notice.ChunkFault:
                faults++;
                break;
        }
    }

    /// <summary>A consensus node stopped over contradicting seals.</summary>
    public void Forked(int node) => forked.Add(node);

    /// <summary>A block became final at a consensus node.</summary>
    public void Finalized(Block block, SimTime at)
    {
        if (block.View.Value <= newestFinal || block.Payload is not Payload.Main payload) return;
        newestFinal = block.View.Value;
        blocks++;
        if (block.View.Value < firstCounted) return;
        ulong lag = block.Height.Value - payload.LastSeal.Height.Value;
        lagSum += lag;
        lagMax = ulong.Max(lagMax, lag);
        countedBlocks++;
        if (since is null)
        {
            since = at;
            return;
        }

        until = at;
        foreach (Guarantee guarantee in payload.Guarantees) ordered += sizes.Of(guarantee.CollectionId);
    }

    public void Report(MetricSheet sheet, RunResult result, SimTime end)
    {
        transactions.Report(sheet, end);
        sheet.Put(PipelineMetrics.ExecutionForks, forked.Count);
        sheet.Put(PipelineMetrics.DivergedExecutors, diverged.Count);
        sheet.Put(PipelineMetrics.ChunkFaults, faults);
        if (countedBlocks > 0)
        {
            sheet.Put(PipelineMetrics.SealingLag, lagSum / countedBlocks);
            sheet.Put(PipelineMetrics.SealingLagMax, lagMax);
        }

        if (since is { } from && until > from)
            sheet.Put(PipelineMetrics.Throughput, ordered / (until - from).TotalSeconds);
        if (blocks == 0) return;
        sheet.Put(PipelineMetrics.MessagesPerBlock, result.Deliveries / (double)blocks);
        foreach (MessageKind kind in System.Enum.GetValues<MessageKind>())
        {
            if (result.Count(kind) > 0)
                sheet.Put(PipelineMetrics.MessagesOf(kind), result.Count(kind) / (double)blocks);
        }
    }
}
