using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.ProtocolState;
using FlowSim.Upgrades;

namespace FlowSim.Epochs;

/// <summary>Keeps a node's protocol state beside the engine of its role, which it wraps.</summary>
/// <remarks>
/// Blocks commit to a state. A replica takes a block for invalid that commits to another than its own; a follower,
/// which hears of certified blocks only, ends (state/protocol/badger/mutator.go). Epochs are taken note of at finality.
/// </remarks>
public sealed class StateKeeper : IEngine, IPayloads, IStandings, IBeaconKeys
{
    private readonly IEngine role;
    private readonly IPayloads? payloads;
    private readonly IReadOnlyList<IEpochPart> parts;
    private readonly KnownEpochs epochs;
    private readonly Evolutions evolutions;
    private readonly VersionSupport support;
    private readonly bool ejectsAtSeal;
    private readonly DkgPart? dkg;
    private readonly EpochCommittees committees;
    private readonly SnapshotDesk? desk;
    private readonly Disk found;
    private readonly BlockStates states;
    private readonly SealedBeacons beacons;

    /// <param name="start">What the node finds; its last finalized block has a protocol state.</param>
    /// <param name="role">The engine of the node's role.</param>
    /// <param name="parts">What it does for the epoch to come.</param>
    /// <param name="spec">The rules, and what its software can handle.</param>
    /// <param name="epochs">What the chain's core knows of epochs; this node's own.</param>
    /// <param name="shared">What all nodes share.</param>
    public StateKeeper(EngineStart start, IEngine role, IReadOnlyList<IEpochPart> parts, KeeperSpec spec,
        KnownEpochs epochs, EpochCommons shared)
    {
        (this.role, this.parts, this.epochs) = (role, parts, epochs);
        (support, ejectsAtSeal) = (spec.Support, spec.EjectsAtSeal);
        foreach (IEpochPart part in parts) dkg ??= part as DkgPart;
        payloads = role as IPayloads;
        (evolutions, committees) = (shared.Evolutions, shared.Committees);
        found = start.Disk;
        states = new BlockStates(found);
        beacons = start.Beacons ?? new SealedBeacons();
        if (start.Roster.RoleOf(start.Self) == Role.Access)
            desk = new SnapshotDesk(start.Ledger, beacons, spec.Knowledge);
    }

    public object? Saved
    {
        get
        {
            object?[] ofParts = new object?[parts.Count];
            for (int i = 0; i < ofParts.Length; i++) ofParts[i] = parts[i].Saved;
            return new KeeperDisk(role.Saved, ofParts, beacons.ToList());
        }
    }

    public void Start(SimTime now, Effects into)
    {
        if (!CanGoOn(into)) return;
        role.Start(now, into);
        foreach (IEpochPart part in parts) part.Start(now, into);
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        if (message is Message.Pipeline.SnapshotRequest request)
        {
            desk?.Answer(from, request, into);
            return;
        }

        foreach (IEpochPart part in parts) part.Receive(now, from, message, into);
        role.Receive(now, from, message, into);
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
        if (timer != TimerKind.Epoch) role.OnTimer(now, timer, into);
        else foreach (IEpochPart part in parts) part.OnTimer(now, into);
    }

    public void Done(SimTime now, Job job, Effects into) => role.Done(now, job, into);

    public void OnCall(SimTime now, ClientCall call, Effects into) => role.OnCall(now, call, into);

    public Worth WorthOf(Message message) => message switch
    {
        Message.Pipeline.SnapshotRequest => desk is null ? Worth.NothingEver : Worth.Reading,
        Message.Pipeline.DkgShare or Message.Pipeline.ContractAnswer =>
            parts.Count == 0 ? Worth.NothingEver : Worth.Reading,
        _ => role.WorthOf(message),
    };

    public void Incorporated(SimTime now, Block block, Effects into)
    {
        if (payloads is null && !Commits(block, into))
        {
            // Software that cannot tell has ended already, for that reason.
            into.Exit();
            return;
        }

        role.Incorporated(now, block, into);
    }

    public void Finalized(SimTime now, Block block, Effects into)
    {
        CommittedState before = states.Final;
        states.Finalize(block);
        if (!ReferenceEquals(before, states.Final))
            Take(block, (KeyValueSnapshot)before, (KeyValueSnapshot)states.Final, into);
        Hear(block, before, into);
        role.Finalized(now, block, into);
        foreach (IEpochPart part in parts) part.Finalized(now, block, before, into);
    }

    public Payload? Build(View view, Block parent, Effects into)
    {
        if (payloads!.Build(view, parent, into) is not Payload.Main built) return null;
        CommittedState before = StateOf(parent);
        try
        {
            Evolved evolved = Evolutions.Next(before, view, built.Seals, support);
            return new Payload.Main(built.Guarantees, built.Receipts, built.Seals, built.LastSeal, evolved.Snapshot);
        }
        catch (ProtocolStateException)
        {
            End(before, view, into);
            return null;
        }
    }

    public bool IsValid(Block block) => payloads!.IsValid(block);

    public bool IsAccepted(Block block, Effects into) => IsValid(block) && Commits(block, into);

    /// <summary>Whether a node was ejected as of a block that is final here or above.</summary>
    public bool IsEjected(NodeId node, Block asOf) => ejectsAtSeal && StateOf(asOf).IsEjected(node);

    public bool Holds(View view)
    {
        if (dkg is null) return false;
        EpochState now = ((KeyValueSnapshot)states.Final).Epochs;
        ulong counter = now.Current.Counter;
        return dkg.HoldsKey(view > now.Current.FinalView ? counter + 1
            : view < now.Current.FirstView ? counter - 1 : counter);
    }

    /// <summary>The state that a block commits to.</summary>
    public static CommittedState StateOf(Block block) => ((Payload.Main)block.Payload!).State!;

    /// <summary>Whether a block commits to what the node comes to itself. Software that cannot tell ends.</summary>
    private bool Commits(Block block, Effects into)
    {
        if (states.Find(block.ParentId) is not { } parent || EvolvedBy(block, parent, into) is not { } evolved)
            return false;
        ulong own = evolved.Snapshot.Id;
        if (block.Payload is Payload.Main { State.Id: var claimed } && claimed == own)
        {
            states.Add(block);
            return true;
        }

        into.Report(new Notice.StateMismatch(block, own));
        return false;
    }

    /// <summary>What a block makes of its parent's state; null when the software cannot tell, which ends the process.
    /// </summary>
    private Evolved? EvolvedBy(Block block, CommittedState parent, Effects into)
    {
        try
        {
            return evolutions.Of(block, parent, support);
        }
        catch (ProtocolStateException)
        {
            End(parent, block.View, into);
            return null;
        }
    }

    /// <summary>Whether the software can tell the states of what it finds on disk.</summary>
    /// <remarks>A block that ended the process has not been written in flow-go, but comes again at once.</remarks>
    private bool CanGoOn(Effects into)
    {
        var last = (KeyValueSnapshot)states.Final;
        if (!support.Reads(last.Version))
        {
            into.Report(new Notice.UnsupportedVersion(found.Finalized.View, last.Version));
            into.Exit(StopCause.Outdated);
            return false;
        }

        foreach (Message.Proposal proposal in found.Proposals)
        {
            if (states.Find(proposal.Block.ParentId) is { } parent
                && EvolvedBy(proposal.Block, parent, into) is null) return false;
        }

        return true;
    }

    private static void End(CommittedState parent, View view, Effects into)
    {
        into.Report(new Notice.UnsupportedVersion(view, ((KeyValueSnapshot)parent).VersionAt(view)));
        into.Exit(StopCause.Outdated);
    }

    private void Take(Block block, KeyValueSnapshot before, KeyValueSnapshot after, Effects into)
    {
        into.Report(new Notice.StateChanged(block, before, after));
        foreach (EpochChange change in EpochChanges.Between(before.Epochs, after.Epochs))
        {
            if (change == EpochChange.CommittedPhaseStarted) epochs.Add(committees.Of(after.Epochs.Next!));
            else if (change == EpochChange.Extended) epochs.Extend(after.Epochs.Current.Timing);
        }
    }

    /// <summary>Takes note of the service events that a final block seals.</summary>
    private void Hear(Block block, CommittedState before, Effects into)
    {
        IReadOnlyList<Seal> seals = ((Payload.Main)block.Payload!).Seals;
        List<ServiceEvent>? events = null;
        foreach (Seal seal in seals)
            if (seal.Result.ServiceEvents.Count > 0) (events ??= []).AddRange(seal.Result.ServiceEvents);
        if (events is null) return;
        beacons.AddLastOf(block.Height, events);
        if (EvolvedBy(block, before, into) is not { } evolved) return;
        foreach (EventOutcome outcome in evolved.Outcomes)
            into.Report(new Notice.ServiceEventJudged(
                block, events[outcome.Event], (byte)outcome.Verdict, (byte)outcome.Fault));
    }
}
