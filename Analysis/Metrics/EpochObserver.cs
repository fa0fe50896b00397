using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
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
    private readonly Dictionary<(ulong Epoch, int Node), (Notice.DkgEnded Ended, SimTime At)> ends = [];
    private ulong newest;
    private int keys;
    private SimTime? fallbackSince;
    private double fallbackSeconds;
    private long switchovers;
    private long extensions;
    private long mismatches;
    private int participants;
    private int holders;

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
                ends[(ended.Epoch, node)] = (ended, at);
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
        if (setUp.Count > 0) sheet.Put(EpochMetrics.DkgSuccess, keys / (double)setUp.Count);
        if (participants > 0) sheet.Put(EpochMetrics.DkgShares, holders / (double)participants);
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
                    CountShares(after.Next.Setup, after.Next.Commit!.GroupKey, at);
                    break;
            }
        }
    }

    /// <summary>Who is not done by now has no share in the epoch, as a key that comes later is not safe to use; nor has
    /// who lost it since.</summary>
    private void CountShares(ServiceEvent.EpochSetup setup, ulong key, SimTime now)
    {
        keys++;
        foreach (Participant member in setup.Participants)
        {
            if (member is not { Role: Role.Consensus, InitialWeight: > 0 }) continue;
            participants++;
            if (ends.TryGetValue((setup.Counter, member.Id.Index), out (Notice.DkgEnded What, SimTime At) end)
                && end.What.HasShare && end.What.GroupKey == key
                && !LosesKeys(member.Id.Index, end.At, now)) holders++;
        }
    }

    private bool LosesKeys(int node, SimTime after, SimTime until) => spec.NodeFaults.Any(
        fault => fault is NodeFault.Crash { Loses: not DiskLoss.Nothing, During.From: var at }
            && fault.Nodes.Contains(node) && after < at && at <= until);
}
