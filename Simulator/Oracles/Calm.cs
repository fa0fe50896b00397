using System;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Oracles;

/// <summary>From when on a run is calm, and what may then be expected of whom within which time.</summary>
/// <remarks>
/// <para>Calm begins when the last fault has ended and nothing but crashes is for ever. Fit from then on are honest
/// nodes that no fault could have cost a message. Who was down for a while, or at the receiving end of loss or of a
/// cut, or follows and was slow or paused, so that its short queue may have been full, was away: it misses blocks, and
/// is fit again once synchronisation has had the time to bring them (<see cref="CatchUp"/>); without synchronisation
/// it never is. Liveness is owed by the fit, from when they are a quorum of the committee of the newest view.</para>
/// <para>A selective sender leaves holes at honest nodes without any fault; then liveness is owed by nobody. Nor is it
/// where a message may take longer than the longest timeout, or where uplinks carry less than the protocol
/// sends.</para>
/// <para>Where epochs come from the chain, liveness is owed only while a quorum knows the epoch of the views
/// ahead, and from a view's longest duration after that; keys of the beacon count that were made in time; who
/// joins counts once it has a snapshot, as somebody who was away; who is ejected does not count.</para>
/// </remarks>
public sealed class Calm
{
    private const long Million = 1_000_000;

    /// <summary>Views before the last known one within which the end of the epoch is near.</summary>
    private const ulong MostReserve = 10;

    private readonly Cast cast;
    private readonly Attendance[] attendance;
    private readonly bool isTimely;
    private readonly Attendance[] atBest;
    private readonly bool[] isBorn;
    private readonly ulong reserve;
    private Committee committee;
    private SimTime lastBirth;
    private SimTime notBefore;
    private View horizon;
    private bool wasQuorumThere = true;

    public Calm(Cast cast)
    {
        this.cast = cast;
        attendance = new Attendance[cast.Nodes];
        isBorn = new bool[cast.Nodes];
        for (int node = 0; node < isBorn.Length; node++)
            isBorn[node] = cast.Spec.Protocol is null || cast.Spec.Nodes[node].FirstEpoch == 0;
        reserve = ulong.Min(MostReserve, (cast.Spec.Protocol?.SafetyThreshold ?? 0) / 2);
        for (int node = 0; node < attendance.Length; node++)
            attendance[node] = cast.IsHonest(new NodeId(node)) ? Attendance.There : Attendance.Lost;
        foreach (LinkFault fault in cast.Spec.LinkFaults) Note(fault);
        foreach (NodeFault fault in cast.Spec.NodeFaults) Note(fault);
        foreach (Liar liar in cast.Spec.Liars)
        {
            if (liar is Liar.SelectiveSender { Nodes.Members.Length: > 0 }) From = SimTime.Never;
        }

        atBest = [.. attendance];
        LongestDelay = Longest(cast.Spec);
        SimDuration round = cast.Spec.Pacemaker.MaxTimeout + cast.Spec.Pacemaker.MaxRebroadcastInterval
            + LongestDelay + LongestDelay;
        LongestView = round + round;
        isTimely = LongestDelay < cast.Spec.Pacemaker.MaxTimeout
            && Broadcast(cast.Spec) < cast.Spec.CruiseControl.MinViewDuration;
        committee = cast.Epochs.All[0].Committee;
        Review(SimTime.Zero);
    }

    /// <summary>Whether a node heard everything; the more it is owed, the smaller.</summary>
    private enum Attendance
    {
        /// <summary>No fault could have cost it a message.</summary>
        There,

        /// <summary>It may lack blocks, and is up and reached once it is calm.</summary>
        Away,

        /// <summary>It lies, is down for ever, or has ended by itself.</summary>
        Lost,
    }

    /// <summary>When the last fault has ended; never, if one does not end.</summary>
    public SimTime From { get; private set; }

    /// <summary>When those who were away are fit again; never, if that is not owed.</summary>
    public SimTime BackFrom { get; private set; }

    /// <summary>From when on the fit alone keep the chain going; never, if that is not owed.</summary>
    public SimTime OwedFrom { get; private set; }

    /// <summary>Whether a node has ended by itself.</summary>
    public bool HasLost { get; private set; }

    /// <summary>Whether the fit ever keep the chain going.</summary>
    public bool IsLivenessOwed => OwedFrom != SimTime.Never;

    /// <summary>The longest that a message can take to be handled when nothing is wrong.</summary>
    public SimDuration LongestDelay { get; }

    /// <summary>Within which time synchronisation brings a node back; null if that is not owed.</summary>
    internal CatchUp? CatchUp { get; private set; }

    /// <summary>Within this time the highest view rises, at the longest timeouts.</summary>
    /// <remarks>
    /// Whoever is in the highest view gives up on it within one timeout and tells all, with the certificates that let
    /// them follow; they give up within another. Doubled for the rebroadcasts.
    /// </remarks>
    public SimDuration LongestView { get; }

    /// <summary>Whether no fault could have cost a node a message.</summary>
    public bool WasThere(NodeId node) => Of(node) == Attendance.There;

    /// <summary>Whether a node may lack blocks and can get them.</summary>
    public bool WasAway(NodeId node) => Of(node) == Attendance.Away;

    /// <summary>Whether a view is led by a node that is fit at an instant.</summary>
    public bool IsLedByFit(View view, SimTime at) => cast.Epochs.Leader(view) is { } leader
        && (WasThere(leader) || (WasAway(leader) && at >= BackFrom));

    /// <summary>A node has ended by itself; should somebody start it again, nothing is expected of it.</summary>
    internal void Lose(NodeId node)
    {
        HasLost = true;
        Note(node.Index, Attendance.Lost);
        OwedFrom = SimTime.Max(Owed(), notBefore);
    }

    /// <summary>A node is not heard any more, nor will it be.</summary>
    internal void Expel(NodeId node)
    {
        atBest[node.Index] = Attendance.Lost;
        Lose(node);
    }

    /// <summary>Everybody is down and gets a new root: nobody owes anything before it begins there, and whatever ended
    /// processes before is past.</summary>
    internal void BeginAnew(SimTime at)
    {
        atBest.CopyTo(attendance, 0);
        Array.Clear(isBorn);
        Review(at);
    }

    /// <summary>A committee is at work, perhaps another one than before: from now on it owes what it can.</summary>
    internal void Succeed(Committee next, SimTime at)
    {
        if (ReferenceEquals(next, committee)) return;
        committee = next;
        Review(at);
    }

    /// <summary>A node has a snapshot and follows the chain from now on: it is as if it had been away.</summary>
    internal void Join(NodeId node, SimTime at)
    {
        isBorn[node.Index] = true;
        Note(node.Index, Attendance.Away);
        lastBirth = at;
        Review(at);
    }

    /// <summary>How far the views have come, or what is known of epochs: whoever knows of no epoch owes nothing.
    /// </summary>
    internal void Reach(View highest, SimTime at)
    {
        horizon = new View(highest.Value + reserve);
        SimTime owed = Owed();
        if ((owed == SimTime.Never) != IsLivenessOwed) return;
        notBefore = at + LongestView;
        OwedFrom = SimTime.Max(owed, notBefore);
    }

    private void Review(SimTime at)
    {
        wasQuorumThere &= HasQuorum(Attendance.There, default);
        if (From != SimTime.Never)
            CatchUp = CatchUp.Of(cast.Spec, From, LongestView, LongestDelay, wasQuorumThere);
        BackFrom = CatchUp is null ? SimTime.Never
            : SimTime.Max(From, lastBirth) + CatchUp.Longest(CatchUp.MostHeights);
        SimTime owed = Owed();
        if (owed != OwedFrom) OwedFrom = SimTime.Max(SimTime.Max(owed, at), notBefore);
    }

    private SimTime Owed() =>
        !isTimely ? SimTime.Never
        : HasQuorum(Attendance.There, horizon) ? From
        : HasQuorum(Attendance.Away, horizon) ? BackFrom
        : SimTime.Never;

    private Attendance Of(NodeId node) => isBorn[node.Index] ? attendance[node.Index] : Attendance.Lost;

    private void Note(LinkFault fault)
    {
        From = SimTime.Max(From, fault.During.Until);
        if (fault is not (LinkFault.Cut or LinkFault.Loss)) return;
        foreach (int node in fault.Receivers.Members) Note(node, Attendance.Away);
    }

    private void Note(NodeFault fault)
    {
        bool isForever = fault.During.Until == SimTime.Never;
        From = SimTime.Max(From, fault is NodeFault.Crash && isForever ? fault.During.From : fault.During.Until);
        foreach (int node in fault.Nodes.Members)
        {
            if (fault is NodeFault.Crash) Note(node, isForever ? Attendance.Lost : Attendance.Away);
            else if (fault is not NodeFault.Skew && !cast.IsParticipant(new NodeId(node))) Note(node, Attendance.Away);
        }
    }

    private void Note(int node, Attendance noted)
    {
        if (noted > attendance[node]) attendance[node] = noted;
    }

    /// <summary>Whether the nodes that attended so much or more, and know the epoch of a view, are a quorum.</summary>
    private bool HasQuorum(Attendance atMost, View known)
    {
        ulong weight = 0;
        int keys = 0;
        for (int member = 0; member < committee.Size; member++)
        {
            NodeId node = committee.Members[member];
            if (Of(node) > atMost || !cast.Knows(node, known)) continue;
            weight += committee.WeightOf(member);
            if (cast.HoldsKey(committee, member)) keys++;
        }

        return weight >= committee.WeightToCertify && keys >= committee.BeaconSharesNeeded;
    }

    private static SimDuration Longest(RunSpec spec)
    {
        NetworkSpec network = spec.Network;
        long path = 0;
        foreach (var row in network.OneWay)
        {
            foreach (long oneWay in row) path = long.Max(path, oneWay);
        }

        long stretch = Million + network.JitterPerMillion.Tail[^1]
            + (network.SpikeChancePerMillion > 0 ? network.SpikeExtraPerMillion : 0);
        ProcessingSpec work = spec.Processing;
        Int128 queue = (Int128)spec.Nodes.Count * long.Max(work.VerifyVote.Tail[^1], work.VerifyTimeout.Tail[^1])
            + work.ValidateProposal.Tail[^1] + work.BuildProposal.Tail[^1] + work.Persist.Tail[^1];
        Int128 delay = (Int128)path * stretch / Million + queue + 2 * (Int128)Broadcast(spec).Nanoseconds;
        return new SimDuration((long)Int128.Min(delay, long.MaxValue / 16));
    }

    /// <summary>How long a proposal's copies to everybody take to leave.</summary>
    private static SimDuration Broadcast(RunSpec spec) => spec.Network.UplinkBitsPerSecond == 0
        ? SimDuration.Zero
        : new SimDuration((long)((Int128)spec.Nodes.Count * spec.Network.Sizes.Proposal * 8
            * SimDuration.NanosecondsPerSecond / spec.Network.UplinkBitsPerSecond));
}
