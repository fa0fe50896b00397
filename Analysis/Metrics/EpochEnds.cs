using System;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.ProtocolState;

namespace FlowSim.Analysis.Metrics;

/// <summary>When epochs ended, against when they should have.</summary>
/// <remarks>
/// An epoch ends at one of its members with the first block of a later view it incorporates. It is complete, and its
/// error measured, once more than two thirds of its members got there; nodes that never did have no time to give.
/// </remarks>
public sealed class EpochEnds(ObservedCommittee committee)
{
    private readonly EpochTiming[] timings = [.. committee.Epochs];
    private readonly int[] sizes = [.. Enumerable.Range(0, committee.Epochs.Count).Select(committee.SizeIn)];
    private readonly int[] epochOf = new int[committee.Population];
    private readonly int[] arrivals = new int[committee.Epochs.Count];
    private readonly double[] errorSums = new double[committee.Epochs.Count];

    /// <summary>A block joined a node's tree.</summary>
    public void Incorporated(int node, View view, SimTime at)
    {
        while (epochOf[node] < arrivals.Length && view > timings[epochOf[node]].FinalView)
        {
            int epoch = epochOf[node]++;
            if (!committee.Contains(node, epoch)) continue;
            arrivals[epoch]++;
            errorSums[epoch] += at.TotalSeconds - timings[epoch].TargetEndTimeSeconds;
        }
    }

    /// <summary>The chain has decided on epochs: they may differ from what was planned.</summary>
    public void Known(CommittedState state)
    {
        EpochState epochs = ((KeyValueSnapshot)state).Epochs;
        Known(epochs.Current);
        if (epochs.Next is { Commit: not null } next) Known(next);
    }

    /// <summary>A node begins in the midst of the chain, or again at a root behind what it had seen: an epoch ends for
    /// it once.</summary>
    public void Joined(int node, Block head)
    {
        int epoch = (int)ulong.Min(head.State?.EpochCounter ?? 0, (ulong)arrivals.Length);
        epochOf[node] = int.Max(epochOf[node], epoch);
    }

    /// <summary>The last view of an epoch, as far as is known.</summary>
    public View FinalViewOf(int epoch) => timings[epoch].FinalView;

    /// <summary>Whether enough of its members have left an epoch behind.</summary>
    public bool IsComplete(int epoch) => 3L * arrivals[epoch] > 2L * sizes[epoch];

    public void Report(MetricSheet sheet)
    {
        double sum = 0;
        double worst = 0;
        int complete = 0;
        for (int epoch = 0; epoch < arrivals.Length; epoch++)
        {
            if (!IsComplete(epoch)) continue;
            double error = errorSums[epoch] / arrivals[epoch];
            if (complete++ == 0 || Math.Abs(error) > Math.Abs(worst)) worst = error;
            sum += error;
        }

        if (complete == 0) return;
        sheet.Put(MetricCatalogue.EpochEndError, sum / complete);
        sheet.Put(MetricCatalogue.WorstEpochEndError, worst);
    }

    private void Known(EpochEntry epoch)
    {
        if (epoch.Counter < (ulong)timings.Length) timings[epoch.Counter] = epoch.Timing;
    }
}
