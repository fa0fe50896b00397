using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>Tells the cast which epochs the chain has committed and extended, which node knows of them, and who has
/// keys of the random beacon. It judges nothing.</summary>
/// <remarks>A key counts that was made before anyone knew the epoch committed, and never that of a node whose keys are
/// lost at some time: rather too few than too many.</remarks>
public sealed class EpochRegister : Oracle
{
    private readonly EpochCommittees committees;
    private readonly CommittedState?[] states;
    private readonly bool[] losesKeys;
    private readonly Dictionary<(NodeId Node, ulong Epoch), ulong> made = [];
    private HashSet<NodeId> holders = [];
    private ulong groupKey;

    public EpochRegister(Cast cast)
        : base("epochs", cast)
    {
        committees = new EpochCommittees(cast.Nodes);
        states = new CommittedState?[cast.Nodes];
        losesKeys = new bool[cast.Nodes];
        foreach (NodeFault fault in cast.Spec.NodeFaults)
        {
            if (fault is not NodeFault.Crash { Loses: not DiskLoss.Nothing }) continue;
            foreach (int node in fault.Nodes.Members) losesKeys[node] = true;
        }

        Committee first = cast.Epochs.All[0].Committee;
        for (int member = 0; member < first.Size; member++)
            if (!losesKeys[first.Members[member].Index]) holders.Add(first.Members[member]);
        cast.Entrust(first, holders);
    }

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.StateChanged), typeof(Notice.Bootstrapped), typeof(Notice.Restored), typeof(Notice.Started),
        typeof(Notice.DkgEnded),
    ];

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.StateChanged { Before: KeyValueSnapshot before, After: KeyValueSnapshot after } changed:
                states[entry.Node.Index] = after;
                Register(changed.Block.View, before.Epochs.Current, after.Epochs);
                Tell(entry.Node, before.Epochs, after.Epochs);
                break;
            case Notice.Bootstrapped { Head: { State: KeyValueSnapshot state } head }:
                states[entry.Node.Index] = state;
                Register(head.View, state.Epochs.Current, state.Epochs);
                Tell(entry.Node, state.Epochs);
                break;
            case Notice.Restored:
                states[entry.Node.Index] = null;
                Cast.Unteach(entry.Node);
                break;
            case Notice.Started:
                if (states[entry.Node.Index] is KeyValueSnapshot known) Tell(entry.Node, known.Epochs);
                break;
            case Notice.DkgEnded { HasShare: true } ended:
                made[(entry.Node, ended.Epoch)] = ended.GroupKey;
                break;
        }
    }

    private void Register(View view, EpochEntry before, EpochState after)
    {
        if (groupKey == 0) groupKey = before.Commit!.GroupKey;
        Cast.Extend(after.Current.Timing);
        if (after.Next is not { Commit: { } commit } next) return;
        EpochTiming newest = Cast.Epochs.Newest.Timing;
        if (next.FirstView <= newest.FirstView) return;
        if (!Cast.IsSafetyOwed(view) && !next.FirstView.Follows(newest.FinalView)) return;
        CommittedEpoch committed = committees.Of(next);
        Cast.Commit(committed);
        holders = HoldersOf(committed.Committee, commit);
        groupKey = commit.GroupKey;
        Cast.Entrust(committed.Committee, holders);
    }

    /// <summary>A recovered epoch may go on with the keys of the one before.</summary>
    private HashSet<NodeId> HoldersOf(Committee committee, ServiceEvent.EpochCommit commit)
    {
        HashSet<NodeId> found = [];
        for (int i = 0; i < committee.Size; i++)
        {
            NodeId member = committee.Members[i];
            bool holds = commit.GroupKey == groupKey
                ? holders.Contains(member)
                : made.TryGetValue((member, commit.Counter), out ulong key) && key == commit.GroupKey;
            if (holds && !losesKeys[member.Index]) found.Add(member);
        }

        return found;
    }

    /// <summary>What a running node is told of.</summary>
    private void Tell(NodeId node, EpochState before, EpochState after)
    {
        foreach (EpochChange change in EpochChanges.Between(before, after))
        {
            if (change == EpochChange.CommittedPhaseStarted) Cast.Teach(node, after.Next!.FinalView);
            else if (change == EpochChange.Extended) Cast.Teach(node, after.Current.FinalView);
        }
    }

    /// <summary>What a node that starts finds on its disk.</summary>
    private void Tell(NodeId node, EpochState known) =>
        Cast.Teach(node, known.Next is { Commit: not null } next ? next.FinalView : known.Current.FinalView);
}
