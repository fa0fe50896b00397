using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
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

    private readonly NetworkSpec spec;
    private readonly ulong[] keys;
    private readonly ulong[] receivers;
    private readonly int[] regions;
    private readonly long[][] oneWay;
    private readonly SimTime[] uplinkFree;
    private readonly Luck.Purpose jitter;
    private readonly Luck.Purpose spike;
    private readonly Quantiles jitterPerMillion;

    public Links(NetworkSpec spec, IReadOnlyList<NodeSpec> nodes, ulong[] keys, Luck luck)
    {
        this.spec = spec;
        this.keys = keys;
        receivers = System.Array.ConvertAll(keys, Mix64.Prepared);
        regions = [.. nodes.Select(node => node.Region)];
        uplinkFree = new SimTime[nodes.Count];
        jitterPerMillion = spec.JitterPerMillion;
        jitter = luck.For("network jitter");
        spike = luck.For("network spike");
        oneWay = new long[spec.OneWay.Count][];
        for (int i = 0; i < oneWay.Length; i++) oneWay[i] = [.. spec.OneWay[i]];
    }

    /// <summary>When the first copy of a message can begin to leave.</summary>
    public SimTime FreeFrom(int from, SimTime at) => SimTime.Max(at, uplinkFree[from]);

    /// <summary>Begins to send a message; the copies go out one after the other.</summary>
    public Sending Begin(int from, Message message) => new(this, from, message);

    /// <summary>How long one copy of a message takes the sender's uplink.</summary>
    private SimDuration OnTheWire(Message message)
    {
        if (spec.UplinkBitsPerSecond == 0) return SimDuration.Zero;
        return new SimDuration(BytesOf(message) * 8 * SimDuration.NanosecondsPerSecond / spec.UplinkBitsPerSecond);
    }

    private long BytesOf(Message message) => message switch
    {
        Message.Proposal => spec.Sizes.Proposal,
        Message.Vote => spec.Sizes.Vote,
        Message.Timeout => spec.Sizes.Timeout,
        Message.SyncRequest or Message.SyncResponse or Message.RangeRequest => spec.Sizes.Request,
        Message.BatchRequest batch => spec.Sizes.Request + batch.Blocks.Count * MessageSizes.BlockId,
        Message.BlockResponse response => response.Proposals.Count * spec.Sizes.Proposal,
        Message.OfCluster { Inner: Message.Proposal { Block.Payload: Payload.OfCluster payload } } =>
            spec.Sizes.Timeout + payload.Collection.Bytes,
        Message.OfCluster cluster => BytesOf(cluster.Inner),
        Message.Pipeline pipeline => pipeline.Bytes,
        _ => throw new UnreachableException(),
    };

    /// <summary>A message on its way out of one node, to one receiver or to many.</summary>
    public readonly struct Sending
    {
        private readonly Links links;
        private readonly int from;
        private readonly long[] paths;
        private readonly SimDuration onTheWire;
        private readonly Luck.Purpose jitter;
        private readonly Luck.Purpose spike;

        internal Sending(Links links, int from, Message message)
        {
            this.links = links;
            this.from = from;
            paths = links.oneWay[links.regions[from]];
            onTheWire = links.OnTheWire(message);
            jitter = links.jitter.About(links.keys[from]).About(message.Occasion);
            spike = links.spike.About(links.keys[from]).About(message.Occasion);
        }

        /// <summary>When the next copy has left: it takes the uplink after the copies before it.</summary>
        public SimTime Depart(SimTime now)
        {
            ref SimTime free = ref links.uplinkFree[from];
            return free = SimTime.Max(now, free) + onTheWire;
        }

        /// <summary>When the copy for one receiver arrives.</summary>
        public SimTime Arrival(SimTime now, int to, out SimTime departure)
        {
            departure = Depart(now);
            return departure + Latency(to);
        }

        private SimDuration Latency(int to)
        {
            long path = paths[links.regions[to]];
            long extra = links.jitterPerMillion.Value(jitter.DrawPrepared(links.receivers[to]));
            if (links.spec.SpikeChancePerMillion > 0
                && Luck.Below(spike.DrawPrepared(links.receivers[to]), Million) < links.spec.SpikeChancePerMillion)
                extra += links.spec.SpikeExtraPerMillion;
            return new SimDuration(path + path * extra / Million);
        }
    }
}
