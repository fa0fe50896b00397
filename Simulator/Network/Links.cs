using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>When each message arrives: base latency of the regions, jitter, and the sender's uplink.</summary>
/// <remarks>
/// A draw is named by sender, receiver and occasion, never by order, so that adding a node or changing a parameter
/// set leaves every other message's jitter alone.
/// </remarks>
public sealed class Links
{
    private const long Million = 1_000_000;
    private const long BitNanoseconds = 8 * SimDuration.NanosecondsPerSecond;

    private readonly NetworkSpec spec;
    private readonly IReadOnlyList<NodeSpec> nodes;
    private readonly ulong[] keys;
    private readonly long[][] oneWay;
    private readonly SimTime[] uplinkFree;
    private readonly Luck.Purpose jitter;
    private readonly Luck.Purpose spike;

    public Links(NetworkSpec spec, IReadOnlyList<NodeSpec> nodes, ulong[] keys, Luck luck)
    {
        this.spec = spec;
        this.nodes = nodes;
        this.keys = keys;
        uplinkFree = new SimTime[nodes.Count];
        jitter = luck.For("network jitter");
        spike = luck.For("network spike");
        oneWay = new long[spec.OneWay.Count][];
        for (int i = 0; i < oneWay.Length; i++) oneWay[i] = [.. spec.OneWay[i]];
    }

    /// <summary>The instant one copy of a message has left the sender, and takes the uplink until then.</summary>
    public SimTime Depart(SimTime now, int from, Message message)
    {
        if (spec.UplinkBitsPerSecond == 0) return now;
        long onTheWire = (long)((System.Int128)SizeOf(message) * BitNanoseconds / spec.UplinkBitsPerSecond);
        return uplinkFree[from] = SimTime.Max(now, uplinkFree[from]) + new SimDuration(onTheWire);
    }

    /// <summary>How long a message is under way between two nodes.</summary>
    public SimDuration Latency(int from, int to, Message message)
    {
        long path = oneWay[nodes[from].Region][nodes[to].Region];
        ulong occasion = message.Occasion;
        long extra = spec.JitterPerMillion.Value(jitter.Draw(keys[from], keys[to], occasion));
        if (spec.SpikeChancePerMillion > 0
            && Luck.Below(spike.Draw(keys[from], keys[to], occasion), Million) < spec.SpikeChancePerMillion)
            extra += spec.SpikeExtraPerMillion;
        return new SimDuration(path + (long)((System.Int128)path * extra / Million));
    }

    private long SizeOf(Message message) => message switch
    {
        Message.Proposal => spec.Sizes.Proposal,
        Message.Vote => spec.Sizes.Vote,
        Message.Timeout => spec.Sizes.Timeout,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
