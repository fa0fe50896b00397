using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Tests;

/// <summary>Named factories for test data.</summary>
internal static class Some
{
    /// <summary>A world of equal consensus nodes in one region.</summary>
    public static RunSpec World(int consensus = 7, ulong seed = 1, ulong views = 300, long tauMs = 800) => new()
    {
        Seed = seed,
        Nodes = Nodes(consensus),
        Network = Network(SimDuration.FromMilliseconds(20)),
        Processing = FreeProcessing,
        Epochs = Epochs(views, tauMs),
        Pacemaker = PacemakerConfig.ConsensusDefault,
        CruiseControl = CruiseControlConfig.Default,
        Stop = new StopCondition(new View(views + 10), SimTime.FromSeconds(4 * (long)views)),
    };

    /// <summary>The 94 nodes of mainnet over three distant regions with jitter, bandwidth and processing.</summary>
    public static RunSpec Mainnet(ulong seed = 1, ulong views = 300, long tauMs = 800, int followers = 0) =>
        World(94, seed, views, tauMs) with
        {
            Nodes =
            [
                .. Nodes(94, regions: 3),
                .. Enumerable.Range(1, followers).Select(i => new NodeSpec($"verification-{i:D3}", Role.Verification,
                    100, i % 3, "operator")),
            ],
            Network = Network(SimDuration.FromMilliseconds(5)) with
            {
                Regions = ["us", "eu", "ap"],
                OneWay = [[1_000_000, 45_000_000, 75_000_000], [45_000_000, 1_000_000, 110_000_000],
                    [75_000_000, 110_000_000, 1_000_000]],
                JitterPerMillion = Quantiles.Lognormal(19_000, 0.96),
                SpikeChancePerMillion = 10_000,
                SpikeExtraPerMillion = 1_000_000,
                UplinkBitsPerSecond = 1_000_000_000,
            },
            Processing = new ProcessingSpec
            {
                BuildProposal = Quantiles.Constant(5_000_000),
                ValidateProposal = Quantiles.Lognormal(10_000_000, 0.3),
                VerifyVote = Quantiles.Constant(1_000_000),
                VerifyTimeout = Quantiles.Constant(1_000_000),
                Persist = Quantiles.Constant(2_000_000),
            },
        };

    public static IReadOnlyList<NodeSpec> Nodes(int consensus, int regions = 1) =>
        [.. Enumerable.Range(1, consensus).Select(i =>
            new NodeSpec($"consensus-{i:D3}", Role.Consensus, 100, (i - 1) % regions, "operator"))];

    public static NetworkSpec Network(SimDuration oneWay) => new()
    {
        Regions = ["here"],
        OneWay = [[oneWay.Nanoseconds]],
        JitterPerMillion = Quantiles.Constant(0),
        SpikeChancePerMillion = 0,
        SpikeExtraPerMillion = 0,
        UplinkBitsPerSecond = 0,
        Sizes = new MessageSizes(20_000, 200, 1_000),
    };

    public static ProcessingSpec FreeProcessing { get; } = new()
    {
        BuildProposal = Quantiles.Constant(0),
        ValidateProposal = Quantiles.Constant(0),
        VerifyVote = Quantiles.Constant(0),
        VerifyTimeout = Quantiles.Constant(0),
        Persist = Quantiles.Constant(0),
    };

    /// <summary>Two epochs of equal length, the first beginning with the run.</summary>
    public static IReadOnlyList<EpochTiming> Epochs(ulong views, long tauMs)
    {
        ulong seconds = views * (ulong)tauMs / 1000;
        return
        [
            new EpochTiming(new View(0), new View(views - 1), seconds, seconds),
            new EpochTiming(new View(views), new View(2 * views - 1), seconds, 2 * seconds),
        ];
    }
}

/// <summary>Hands every notice to a function.</summary>
internal sealed class Listener(Action<TraceEvent> heard) : IProbe
{
    public void On(in TraceEvent entry) => heard(entry);
}
