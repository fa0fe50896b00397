using System.Collections.Generic;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>The network as written, before the RTT matrix is read.</summary>
public sealed record NetworkText(
    YamlScalar Rtt, IReadOnlyList<(YamlScalar Region, long Share)> Placement, Quantiles Jitter,
    long SpikeChance, long SpikeExtra, long Uplink, MessageSizes Sizes);

/// <summary>The <c>network</c> section.</summary>
public static class NetworkFormat
{
    private static readonly Field<YamlScalar> Rtt = new("rtt", new MappedShape<string, YamlScalar>(
        MatrixName.Shape, (_, node) => (YamlScalar)node),
        "Round-trip times between regions: 'aws', or the path of your own CSV in milliseconds.", true);

    private static readonly Field<IReadOnlyList<(YamlScalar Region, long Share)>> Placement = new("placement",
        new TableShape<long>("a mapping of regions to shares", Scalars.Whole(0, 1_000_000)),
        "Shares of nodes per region, spread evenly over each role; unused with a node list.", true);

    private static readonly Field<Quantiles> Jitter = new("jitter", Distributions.OfRatios,
        "Extra delay of a message, relative to the base latency of its link.", true);

    private static readonly Field<long> Chance = new("chance", Scalars.Millionths(1),
        "Share of messages that are hit.", true);

    private static readonly Field<long> Extra = new("extra", Scalars.Millionths(1_000),
        "What a spike adds, relative to the base latency; 1.0 doubles it.", true);

    private static readonly Field<(long Chance, long Extra)> Spike = new("spike", new Section<(long, long)>(
        "spike", [Chance, Extra], at => (at.Get(Chance), at.Get(Extra))), "Rare large delays.", true);

    private static readonly Field<long> Uplink = new("uplink", Scalars.Rate,
        "A node's outgoing bandwidth; the copies of a broadcast leave one after the other.", true);

    private static readonly Field<long> Proposal = new("proposal", Scalars.Size,
        "A proposal with header, certificates and payload.", true);

    private static readonly Field<long> Vote = new("vote", Scalars.Size, "A vote.", true);

    private static readonly Field<long> Timeout = new("timeout", Scalars.Size,
        "A timeout object with its certificates.", true);

    private static readonly Field<MessageSizes> Sizes = new("sizes", new Section<MessageSizes>(
        "sizes", [Proposal, Vote, Timeout],
        at => new MessageSizes(at.Get(Proposal), at.Get(Vote), at.Get(Timeout))),
        "Bytes on the wire per kind of message.", true);

    public static readonly Section<NetworkText> Section = new(
        "network", [Rtt, Placement, Jitter, Spike, Uplink, Sizes],
        at => new NetworkText(at.Get(Rtt), at.Get(Placement), at.Get(Jitter),
            at.Get(Spike).Chance, at.Get(Spike).Extra, at.Get(Uplink), at.Get(Sizes)));
}
