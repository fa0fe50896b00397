using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.ProtocolState;

namespace FlowSim.Epochs;

/// <summary>What a consensus node does to hold a key of the random beacon (engine/consensus/dkg).</summary>
/// <remarks>
/// It reacts to finalized blocks only. A key generation does not survive its process; a node whose process was down
/// when the setup phase began takes part from when it hears of it, late or not.
/// </remarks>
public sealed class DkgPart : IEpochPart
{
    private readonly EngineStart start;
    private readonly DkgSpec spec;
    private readonly IContractReader contracts;
    private readonly Luck.Purpose draws;
    private readonly EngineAlarm alarm = new(TimerKind.Epoch);

    /// <summary>Shares for key generations that the node has not heard of yet (tunnel.go: they wait).</summary>
    private readonly List<(ulong Epoch, NodeId From)> early = [];

    private Head head;
    private BeaconKeys keys;
    private DkgRun? run;
    private Submission? result;
    private ulong secret;

    /// <param name="start">What the node finds; its last finalized block has a protocol state.</param>
    /// <param name="spec">How keys are made.</param>
    /// <param name="contracts">Reads the contracts.</param>
    /// <param name="keys">What <see cref="Saved"/> was; at the first start <see cref="BeaconKeys.AtRoot"/>, and for a
    /// node that joins a running chain <see cref="BeaconKeys.None"/>.</param>
    public DkgPart(EngineStart start, DkgSpec spec, IContractReader contracts, BeaconKeys keys)
    {
        (this.start, this.spec, this.contracts, this.keys) = (start, spec, contracts, keys);
        head = Head.Of(start.Disk.Finalized);
        draws = start.Luck.For("key generation").About(start.Key).About(start.Disk.Finalized.Id.Value);
    }

    public object? Saved => keys;

    /// <summary>Whether the node can put a beacon share into its votes of an epoch.</summary>
    public bool HoldsKey(ulong epoch) => keys.Holds(epoch);

    /// <summary>Deletes all keys, as operators did with the key database on testnet in February 2026.</summary>
    public void Forget() => keys = BeaconKeys.None;

    public void Start(SimTime now, Effects into)
    {
        // Who begins from the root when the chain is under way has lost its disk, and may have dealt before.
        if (!start.IsRestart && start.Snapshot is null) secret = unchecked((ulong)now.Nanoseconds);
        EpochState epochs = head.State.Epochs;
        if (start.IsRestart && spec.RequireBeaconKey && BeaconKeys.IsHolder(epochs.Current.Commit, start.Self)
            && !HoldsKey(epochs.Current.Counter))
        {
            into.Report(new Notice.BeaconKeyMissing(epochs.Current.Counter));
            into.Exit();
            return;
        }

        List<ulong> failed = [];
        keys = keys.AfterRestart(failed);
        foreach (ulong epoch in failed) into.Report(new Notice.DkgEnded(epoch, 0, false));
        if (epochs.Phase == EpochPhase.Setup) Begin(now);
        if (epochs.Phase == EpochPhase.Committed) Confirm(fallbackExited: true);
        Advance(now, into);
    }

    public void Finalized(SimTime now, Block block, CommittedState before, Effects into)
    {
        head = Head.Of(block);
        if (!ReferenceEquals(before, head.State)) React(now, ((KeyValueSnapshot)before).Epochs);
        if (run is null && result is null) return;
        run?.Finalized(head);
        Advance(now, into);
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        switch (message)
        {
            case Message.Pipeline.DkgShare share:
                TakeShare(from, share.Epoch);
                break;
            case Message.Pipeline.ContractAnswer answer when run is not null || result is not null:
                run?.Take(now, answer);
                result?.Take(now, answer);
                Advance(now, into);
                break;
        }
    }

    public void OnTimer(SimTime now, Effects into)
    {
        alarm.Fired();
        Advance(now, into);
    }

    private void React(SimTime now, EpochState before)
    {
        bool exited = false;
        bool committed = false;
        foreach (EpochChange change in EpochChanges.Between(before, head.State.Epochs))
        {
            if (change == EpochChange.Transition) early.Clear();
            if (change == EpochChange.SetupPhaseStarted) Begin(now);
            exited |= change == EpochChange.FallbackExited;
            committed |= change == EpochChange.CommittedPhaseStarted;
        }

        if (committed) Confirm(exited);
    }

    /// <summary>Begins a key generation, unless the node is no participant or has begun it before.</summary>
    private void Begin(SimTime now)
    {
        ulong epoch = head.State.Epochs.Next!.Counter;
        NodeId[] participants = DkgRun.ParticipantsOf(head.State.Epochs.Next!.Setup);
        if (keys.Of(epoch) is not null || Array.IndexOf(participants, start.Self) < 0) return;
        keys = keys.With(new BeaconKey(epoch, DkgProgress.Started, 0, false));
        run = new DkgRun(now, start.Self, spec, contracts, head, draws, secret);
        foreach ((ulong Epoch, NodeId From) share in early)
        {
            if (share.Epoch == epoch) run.TakeShare(share.From);
        }

        early.Clear();
    }

    private void Confirm(bool fallbackExited)
    {
        ServiceEvent.EpochCommit commit = head.State.Epochs.Next!.Commit!;
        keys = keys.Confirmed(commit, start.Self);
        if (fallbackExited) keys = keys.Recovered(head.State.Epochs.Current.Counter, commit, start.Self);
    }

    private void TakeShare(NodeId from, ulong epoch)
    {
        if (run?.Epoch == epoch) run.TakeShare(from);
        else if (epoch == head.State.EpochCounter + 1 && keys.Of(epoch) is null && !early.Contains((epoch, from)))
            early.Add((epoch, from));
    }

    private void Advance(SimTime now, Effects into)
    {
        run?.Advance(now, head, into);
        if (run?.Outcome is { } outcome) End(run.Epoch, outcome, into);
        result?.Advance(now, head, isWanted: head.State.Epochs.Phase != EpochPhase.Committed, into);
        if (result is { IsOver: true }) result = null;
        alarm.Within(SimTime.Min(run?.Deadline ?? SimTime.Never, result?.Deadline ?? SimTime.Never), into);
    }

    /// <summary>Keeps the key, and tells the contract of it; of a failure too (reactor_engine.go, end).</summary>
    private void End(ulong epoch, DkgOutcome outcome, Effects into)
    {
        run = null;
        DkgProgress progress = outcome.GroupKey == 0 ? DkgProgress.Failed : DkgProgress.Completed;
        keys = keys.With(new BeaconKey(epoch, progress, outcome.GroupKey, outcome.HasShare));
        into.Report(new Notice.DkgEnded(epoch, outcome.GroupKey, outcome.HasShare));
        result = new Submission(new ContractCall.DkgResult(epoch, start.Self, outcome.GroupKey), spec.Posting,
            looksFirst: false, seen => contracts.HasResult(seen, epoch, start.Self), draws);
    }
}
