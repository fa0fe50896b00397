using System;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Oracles;

/// <summary>From when on a run is calm, and what may then be expected of whom within which time.</summary>
/// <remarks>
/// <para>Calm begins when the last fault has ended and nothing but crashes is for ever. A fit node is honest, and no
/// fault could have cost it a message: it was never down, nor at the receiving end of loss or of a cut. Who misses a
/// block cannot take in its descendants, so liveness is owed only by the fit, and only if they are a quorum.</para>
/// <para>A selective sender leaves holes at honest nodes without any fault; then liveness is owed by nobody. Nor is it
/// where a message may take longer than the longest timeout, or where uplinks carry less than the protocol
/// sends.</para>
/// </remarks>
public sealed class Calm
{
    private const long Million = 1_000_000;

    private readonly Cast cast;
    private readonly bool[] isFit;

    public Calm(Cast cast)
    {
        this.cast = cast;
        isFit = new bool[cast.Nodes];
        for (int node = 0; node < isFit.Length; node++) isFit[node] = cast.IsHonest(new NodeId(node));
        foreach (LinkFault fault in cast.Spec.LinkFaults) Note(fault);
        foreach (NodeFault fault in cast.Spec.NodeFaults) Note(fault);
        foreach (Liar liar in cast.Spec.Liars)
        {
            if (liar is Liar.SelectiveSender) From = SimTime.Never;
        }

        LongestDelay = Longest(cast.Spec);
        SimDuration round = cast.Spec.Pacemaker.MaxTimeout + cast.Spec.Pacemaker.MaxRebroadcastInterval
            + LongestDelay + LongestDelay;
        LongestView = round + round;
        IsLivenessOwed = From != SimTime.Never && HasQuorum() && LongestDelay < cast.Spec.Pacemaker.MaxTimeout
            && Broadcast(cast.Spec) < cast.Spec.CruiseControl.MinViewDuration;
    }

    /// <summary>When the last fault has ended; never, if one does not end.</summary>
    public SimTime From { get; private set; }

    /// <summary>The longest that a message can take to be handled when nothing is wrong.</summary>
    public SimDuration LongestDelay { get; }

    /// <summary>Whether the fit nodes alone keep the chain going once it is calm.</summary>
    public bool IsLivenessOwed { get; }

    /// <summary>Within this time the highest view rises, at the longest timeouts.</summary>
    /// <remarks>
    /// Whoever is in the highest view gives up on it within one timeout and tells all, with the certificates that let
    /// them follow; they give up within another. Doubled for the rebroadcasts.
    /// </remarks>
    public SimDuration LongestView { get; }

    public bool IsFit(NodeId node) => isFit[node.Index];

    /// <summary>Whether a view is led by a fit node.</summary>
    public bool IsLedByFit(View view) => cast.Committee.Leader(view) is { } leader && IsFit(leader);

    private void Note(LinkFault fault)
    {
        From = SimTime.Max(From, fault.During.Until);
        if (fault is not (LinkFault.Cut or LinkFault.Loss)) return;
        foreach (int node in fault.Receivers.Members) isFit[node] = false;
    }

    private void Note(NodeFault fault)
    {
        bool isForever = fault.During.Until == SimTime.Never;
        From = SimTime.Max(From, fault is NodeFault.Crash && isForever ? fault.During.From : fault.During.Until);
        if (fault is not NodeFault.Crash) return;
        foreach (int node in fault.Nodes.Members) isFit[node] = false;
    }

    private bool HasQuorum()
    {
        ulong weight = 0;
        int keys = 0;
        for (int member = 0; member < cast.Committee.Size; member++)
        {
            if (!isFit[cast.Committee.Members[member].Index]) continue;
            weight += cast.Committee.WeightOf(member);
            if (cast.Committee.HasBeaconKey(member)) keys++;
        }

        return weight >= cast.Committee.WeightToCertify && keys >= cast.Committee.BeaconSharesNeeded;
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
