using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Benchmarks;

/// <summary>Named factories for what is measured.</summary>
internal static class Some
{
    public static readonly QuorumCertificate Qc = QuorumCertificate.Trusted(new View(8), new BlockId(80));

    public static readonly Block Block = new(new BlockId(90), new View(9), new Height(7), Qc, new NodeId(0));

    public static NodeSpec[] Nodes(int count)
    {
        var nodes = new NodeSpec[count];
        for (int i = 0; i < count; i++)
            nodes[i] = new NodeSpec($"consensus-{i}", Role.Consensus, 100, i % 2, "operator");
        return nodes;
    }

    public static Committee Committee(int count) => FlowSim.HotStuff.Committee.Of(Nodes(count));

    /// <summary>Two distant regions with jitter, spikes and an uplink, as in the mainnet profile.</summary>
    public static NetworkSpec Network { get; } = new()
    {
        Regions = ["us", "eu"],
        OneWay = (IReadOnlyList<IReadOnlyList<long>>)[[1_000_000L, 45_000_000L], [45_000_000L, 1_000_000L]],
        JitterPerMillion = Quantiles.Lognormal(19_000, 0.96),
        SpikeChancePerMillion = 10_000,
        SpikeExtraPerMillion = 1_000_000,
        UplinkBitsPerSecond = 1_000_000_000,
        Sizes = new MessageSizes(20_000, 200, 1_000),
    };
}
