using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;

namespace FlowSim.Analysis.Metrics;

/// <summary>Measures epochs that come out of the chain; a part of <see cref="RunObserver"/>.</summary>
/// <remarks>What a block changes counts once, with the node that finalizes it first.</remarks>
public sealed class EpochObserver(RunSpec spec)
{
    private readonly Joins joins = new(spec);
    private readonly EjectionWatch ejections = new();
    private readonly HashSet<ulong> leaderless = [];
    private readonly HashSet<ulong> setUp = [];
    private readonly SortedDictionary<ulong, ulong> keys = [];
    private readonly List<Notice.DkgEnded> ends = [];
    private ulong newest;
    private SimTime? fallbackSince;
    private double fallbackSeconds;
    private long switchovers;
    private long extensions;
    private long mismatches;

    /// <summary>A node of any role states something.</summary>
    public void On(int node, Notice notice, SimTime at)
    {
        ejections.On(notice, at);
        switch (notice)
        {
            case Notice.StateChanged changed when changed.Block.View.Value > newest:
                newest = changed.Block.View.Value;
                Changed(((KeyValueSnapshot)changed.Before).Epochs, ((KeyValueSnapshot)changed.After).Epochs, at);
                break;
            case Notice.NoLeaderKnown unknown:
                leaderless.Add(unknown.View.Value);
                break;
            case Notice.DkgEnded ended:
                ends.Add(ended);
                break;
            case Notice.StateMismatch:
                mismatches++;
                break;
            case Notice.Bootstrapped joined:
                joins.Bootstrapped(node, joined.Head);
                break;
            case Notice.Finalized { Block: var block }:
                joins.Finalized(node, block, at);
                break;
        }
    }

    public void Report(MetricSheet sheet, SimTime end)
    {
        sheet.Put(EpochMetrics.Switchovers, switchovers);
        sheet.Put(EpochMetrics.ViewsWithoutLeader, leaderless.Count);
        double open = fallbackSince is { } since ? (end - since).TotalSeconds : 0;
        sheet.Put(EpochMetrics.FallbackTime, fallbackSeconds + open);
        sheet.Put(EpochMetrics.Extensions, extensions);
        sheet.Put(EpochMetrics.StateMismatches, mismatches);
        if (setUp.Count > 0) sheet.Put(EpochMetrics.DkgSuccess, keys.Count / (double)setUp.Count);
        (int holders, int ended) = (0, 0);
        foreach (Notice.DkgEnded one in ends)
        {
            if (!keys.TryGetValue(one.Epoch, out ulong key)) continue;
            holders += one.HasShare && one.GroupKey == key ? 1 : 0;
            ended++;
        }

        if (ended > 0) sheet.Put(EpochMetrics.DkgShares, holders / (double)ended);
        if (ejections.Heard is { } heard) sheet.Put(EpochMetrics.EjectedHeard, heard);
        joins.Report(sheet);
    }

    private void Changed(EpochState before, EpochState after, SimTime at)
    {
        foreach (EpochChange change in EpochChanges.Between(before, after))
        {
            switch (change)
            {
                case EpochChange.Transition:
                    switchovers++;
                    break;
                case EpochChange.Extended:
                    extensions++;
                    break;
                case EpochChange.FallbackTriggered:
                    fallbackSince = at;
                    // An epoch whose keys were being made is given up.
                    if (before.Phase == EpochPhase.Setup) setUp.Add(before.Next!.Counter);
                    break;
                case EpochChange.FallbackExited when fallbackSince is { } since:
                    fallbackSeconds += (at - since).TotalSeconds;
                    fallbackSince = null;
                    break;
                case EpochChange.CommittedPhaseStarted when !before.IsFallback:
                    setUp.Add(after.Next!.Counter);
                    keys.Add(after.Next.Counter, after.Next.Commit!.GroupKey);
                    break;
            }
        }
    }
}
