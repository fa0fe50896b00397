using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>How early nodes that join are ready for their first epoch.</summary>
public sealed class Joins
{
    /// <summary>Below that many heights behind, synchronisation is silent (module/chainsync, Tolerance).</summary>
    private const ulong Near = 10;

    private readonly RunSpec spec;
    private readonly double[] readyAt;
    private readonly double[] beganAt;
    private readonly List<int> joined = [];
    private ulong highest;

    public Joins(RunSpec spec)
    {
        this.spec = spec;
        readyAt = new double[spec.Nodes.Count];
        Array.Fill(readyAt, double.NaN);
        beganAt = new double[spec.Epochs.Count];
        Array.Fill(beganAt, double.NaN);
    }

    public void Bootstrapped(int node, Block head)
    {
        if (spec.Nodes[node].FirstEpoch > 0) joined.Add(node);
        highest = ulong.Max(highest, head.Height.Value);
    }

    /// <summary>A block became final at a node.</summary>
    public void Finalized(int node, Block block, SimTime at)
    {
        if (block.Height.Value > highest)
        {
            highest = block.Height.Value;
            if (block.State is { EpochCounter: var epoch } && epoch < (ulong)beganAt.Length
                && double.IsNaN(beganAt[epoch])) beganAt[epoch] = at.TotalSeconds;
        }

        if (double.IsNaN(readyAt[node]) && spec.Nodes[node].FirstEpoch > 0 && block.Height.Value + Near >= highest)
            readyAt[node] = at.TotalSeconds;
    }

    public void Report(MetricSheet sheet)
    {
        if (joined.Count == 0) return;
        double least = double.PositiveInfinity;
        int late = 0;
        foreach (int node in joined)
        {
            int first = spec.Nodes[node].FirstEpoch;
            if (first >= beganAt.Length || double.IsNaN(beganAt[first])) continue;
            double margin = double.IsNaN(readyAt[node]) ? double.NegativeInfinity : beganAt[first] - readyAt[node];
            late += margin < 0 ? 1 : 0;
            least = Math.Min(least, margin);
        }

        sheet.Put(EpochMetrics.LateJoiners, late);
        if (double.IsFinite(least)) sheet.Put(EpochMetrics.JoinerMargin, least);
    }
}
