using System;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Sync;

namespace FlowSim.Oracles;

/// <summary>Within which time of calm block synchronisation brings back who was away, from its own limits.</summary>
/// <remarks>
/// <para>The sum of: the longest view, until somebody tells of the head; as many polls as a request has attempts, in
/// case peers that know nothing are asked; the attempts of one request, each of which may hit such peers; twice the
/// time for the heights missed, fetched at the greatest rate and checked one by one while the chain grows on; and,
/// where no quorum was there all the time, a scan and a round trip for every block above finality, which only requests
/// by identity bring.</para>
/// <para>The chain grows by one height per shortest view at most. Blocks above finality: no two certified views follow
/// each other there, so each height costs a failed view of one timeout at least.</para>
/// <para>Nothing is owed where checks take as long as the shortest view, or where answers to all who ask fill the
/// uplinks for half a scan. Nor without a quorum all the time where voters are gone for ever and trouble outlasts the
/// attempts of a request by identity: then nobody asks again for a block that the others wait for, and flow-go
/// stalls.</para>
/// </remarks>
/// <param name="Fixed">What it takes whatever is missed.</param>
/// <param name="PerHeight">What it takes for each height missed.</param>
/// <param name="MostHeights">Heights that can be missed when calm begins.</param>
internal sealed record CatchUp(SimDuration Fixed, SimDuration PerHeight, ulong MostHeights)
{
    /// <summary>Within which time so many heights are caught up.</summary>
    public SimDuration Longest(ulong heights) =>
        Bounded(Fixed.Nanoseconds + (Int128)heights * PerHeight.Nanoseconds);

    /// <summary>The bound of a run, or null where none is owed.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="calmFrom">When the last fault has ended.</param>
    /// <param name="view">The longest that a view takes in calm.</param>
    /// <param name="delay">The longest that a message takes in calm.</param>
    /// <param name="isQuorumThere">Whether the chain goes on without those who were away.</param>
    public static CatchUp? Of(
        RunSpec spec, SimTime calmFrom, SimDuration view, SimDuration delay, bool isQuorumThere)
    {
        if (spec.Sync is not { } sync) return null;
        Int128 shortest = ShortestView(spec.CruiseControl);
        Int128 perBlock = PerBlock(sync, spec.Processing);
        if (perBlock >= shortest || 2 * Answers(spec, sync) > sync.ScanInterval.Nanoseconds) return null;

        Int128 trouble = (calmFrom - FirstFault(spec, calmFrom)).Nanoseconds;
        Int128 lastAttempt = (((Int128)1 << sync.MaxAttempts) - 2) * sync.RetryInterval.Nanoseconds;
        if (!isQuorumThere && trouble >= lastAttempt && LosesVoters(spec)) return null;
        Int128 attempts = (Int128)sync.MaxAttempts * sync.PollInterval.Nanoseconds
            + ((Int128)2 << sync.MaxAttempts) * sync.RetryInterval.Nanoseconds;
        Int128 byIdentity = isQuorumThere ? 0 : (trouble / spec.Pacemaker.MinTimeout.Nanoseconds + 2)
            * (sync.ScanInterval + delay + delay).Nanoseconds;
        return new CatchUp(Bounded(view.Nanoseconds + attempts + byIdentity + Skew(spec)),
            Bounded(2 * perBlock * shortest / (shortest - perBlock)), (ulong)(trouble / shortest));
    }

    private static SimDuration Bounded(Int128 nanoseconds) =>
        new((long)Int128.Min(nanoseconds, long.MaxValue / 16));

    private static Int128 ShortestView(CruiseControlConfig config) => config.Enabled
        ? config.MinViewDuration.Nanoseconds
        : long.Min(config.MinViewDuration.Nanoseconds, config.FallbackProposalDelay.Nanoseconds);

    /// <summary>What one block takes to fetch at the greatest rate, and to check on average.</summary>
    private static Int128 PerBlock(SyncConfig sync, ProcessingSpec work)
    {
        int perScan = int.Min(sync.MaxRequests * sync.MaxSize, sync.QueueCeiling / sync.ScansPerPoll);
        Int128 check = 0;
        foreach (long quantile in work.ValidateProposal.Body) check += quantile;
        return sync.ScanInterval.Nanoseconds / int.Max(1, perScan) + check / Quantiles.Bins;
    }

    /// <summary>How long a node's answers of one scan take its uplink: its share of all, twice, and one more.</summary>
    private static Int128 Answers(RunSpec spec, SyncConfig sync)
    {
        if (spec.Network.UplinkBitsPerSecond == 0) return 0;
        int peers = 0;
        foreach (NodeSpec node in spec.Nodes)
        {
            if (node.Role == Chain.Role.Consensus && node.Weight > 0) peers++;
        }

        Int128 full = (Int128)sync.MaxRequests * sync.MaxSize * spec.Network.Sizes.Proposal * 8
            * SimDuration.NanosecondsPerSecond / spec.Network.UplinkBitsPerSecond;
        return full + 2 * full * spec.Nodes.Count * sync.RequestNodes / int.Max(1, peers - 1);
    }

    private static SimTime FirstFault(RunSpec spec, SimTime calmFrom)
    {
        SimTime first = calmFrom;
        foreach (LinkFault fault in spec.LinkFaults) first = Earlier(first, fault.During.From);
        foreach (NodeFault fault in spec.NodeFaults) first = Earlier(first, fault.During.From);
        return first;
    }

    /// <summary>Whether a node dies for good after it may have voted.</summary>
    private static bool LosesVoters(RunSpec spec)
    {
        foreach (NodeFault fault in spec.NodeFaults)
        {
            if (fault is NodeFault.Crash { Nodes.Members.Length: > 0, During: var during }
                && during.From > SimTime.Zero && during.Until == SimTime.Never) return true;
        }

        return false;
    }

    private static SimTime Earlier(SimTime a, SimTime b) => a < b ? a : b;

    /// <summary>A clock that goes back makes a node wait with its requests for as long.</summary>
    private static Int128 Skew(RunSpec spec)
    {
        Int128 worst = 0;
        foreach (NodeFault fault in spec.NodeFaults)
        {
            if (fault is NodeFault.Skew skew) worst = Int128.Max(worst, Int128.Abs(skew.Offset.Nanoseconds));
        }

        return worst;
    }
}
