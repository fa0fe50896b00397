using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Scenarios.Validation;

/// <summary>Worlds in which closed forms hold: equal nodes in one place, work that takes no time.</summary>
internal static class IdealWorld
{
    private static readonly Quantiles Free = Quantiles.Constant(0);

    /// <summary>A world without latency, jitter, processing or faults.</summary>
    /// <param name="nodes">Consensus nodes.</param>
    /// <param name="seed">Decides the leaders.</param>
    /// <param name="views">Views to pass.</param>
    /// <param name="epoch">The epoch that the controller steers by; another follows.</param>
    public static RunSpec Of(int nodes, ulong seed, ulong views, EpochTiming epoch) => new()
    {
        Seed = seed,
        Nodes =
        [
            .. Enumerable.Range(1, nodes)
                .Select(i => new NodeSpec($"consensus-{i:D3}", Role.Consensus, 100, 0, $"consensus-{i:D3}")),
        ],
        Network = Network(0, Free),
        Processing = new ProcessingSpec
        {
            BuildProposal = Free, ValidateProposal = Free, VerifyVote = Free, VerifyTimeout = Free, Persist = Free,
        },
        Epochs =
        [
            epoch,
            new EpochTiming(epoch.FinalView.Next, new View(2 * epoch.FinalView.Value + 1),
                epoch.TargetDurationSeconds, epoch.TargetEndTimeSeconds + epoch.TargetDurationSeconds),
        ],
        Pacemaker = PacemakerConfig.ConsensusDefault,
        CruiseControl = CruiseControlConfig.Default,
        Stop = new StopCondition(new View(views), SimTime.FromSeconds(100 * (long)views)),
    };

    /// <summary>One region.</summary>
    /// <param name="oneWay">Base latency, nanoseconds.</param>
    /// <param name="jitterPerMillion">Extra delay in millionths of it.</param>
    public static NetworkSpec Network(long oneWay, Quantiles jitterPerMillion) => new()
    {
        Regions = ["here"],
        OneWay = (IReadOnlyList<IReadOnlyList<long>>)[[oneWay]],
        JitterPerMillion = jitterPerMillion,
        SpikeChancePerMillion = 0,
        SpikeExtraPerMillion = 0,
        UplinkBitsPerSecond = 0,
        Sizes = new MessageSizes(20_000, 200, 1_000),
    };

    /// <summary>One region with a latency of any distribution.</summary>
    /// <param name="nanoseconds">Its quantile function.</param>
    public static NetworkSpec Latency(Func<double, double> nanoseconds)
    {
        // The base must not be zero, as the rest is given relative to it.
        const long Base = 1_000;
        return Network(Base, Quantiles.Of(p => nanoseconds(p) / Base * 1e6));
    }

    /// <summary>The first nodes by name are off all the time.</summary>
    public static NodeFault Off(int nodes, int offline) => new NodeFault.Crash(
        new Window(SimTime.Zero, SimTime.Never), new NodeSet(nodes, Enumerable.Range(0, offline)));
}
