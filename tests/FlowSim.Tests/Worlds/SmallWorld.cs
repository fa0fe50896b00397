using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Tests.Worlds;

/// <summary>A drawn world of a few nodes, short enough to print when it breaks something.</summary>
/// <param name="Weights">One per consensus node; zero is a node outside the committee.</param>
/// <param name="WithoutBeaconKey">How many of the first nodes hold no beacon key.</param>
internal sealed record SmallWorld(
    ulong Seed, ulong[] Weights, int WithoutBeaconKey, int Followers, long OneWayMs, long JitterPerMillion,
    long SpikeChancePerMillion, long CheckMs, long UplinkBitsPerSecond, bool IsControlled)
{
    private const ulong EpochViews = 20;

    /// <summary>Equal weights, any weights, or one node above two thirds of the total.</summary>
    private static readonly Gen<ulong[]> AnyWeights =
        from weights in Gen.OneOf(Gen.Const(100UL).Array[1, 13], Gen.ULong[0, 1_000].Array[1, 13])
        from first in Gen.OneOf(Gen.Const(0UL), Gen.Const(1UL), Gen.Const(30_000UL))
        select (ulong[])[weights[0] + first, .. weights.Skip(1)];

    private static readonly Gen<(long OneWayMs, long Jitter, long Spikes, long CheckMs, long Uplink)> Delays =
        Gen.Select(Gen.Long[0, PacemakerConfig.ConsensusDefault.MinTimeout.Nanoseconds / 1_000_000],
            Gen.OneOf(Gen.Const(0L), Gen.Long[0, 3_000_000]), Gen.OneOf(Gen.Const(0L), Gen.Long[0, 500_000]),
            Gen.OneOf(Gen.Const(0L), Gen.Long[0, 100]), Gen.OneOf(Gen.Const(0L), Gen.Long[1_000_000, 1_000_000_000]));

    public static readonly Gen<SmallWorld> Any =
        from seed in Gen.ULong
        from weights in AnyWeights
        where weights.Any(weight => weight > 0)
        from without in Gen.Int[0, 2]
        from followers in Gen.Int[0, 3]
        from delays in Delays
        from isControlled in Gen.Bool
        select new SmallWorld(seed, weights, without, followers, delays.OneWayMs, delays.Jitter, delays.Spikes,
            delays.CheckMs, delays.Uplink, isControlled);

    public RunSpec Spec => Some.World(seed: Seed, views: EpochViews) with
    {
        Nodes = Nodes,
        Network = Some.Network(SimDuration.FromMilliseconds(OneWayMs)) with
        {
            JitterPerMillion = Quantiles.Exponential(JitterPerMillion),
            SpikeChancePerMillion = SpikeChancePerMillion,
            SpikeExtraPerMillion = 5_000_000,
            UplinkBitsPerSecond = UplinkBitsPerSecond,
        },
        Processing = new ProcessingSpec
        {
            BuildProposal = Check,
            ValidateProposal = Quantiles.Uniform(0, 2 * CheckMs * SimDuration.NanosecondsPerMillisecond),
            VerifyVote = Check,
            VerifyTimeout = Check,
            Persist = Check,
        },
        CruiseControl = CruiseControlConfig.Default with { Enabled = IsControlled },
    };

    private Quantiles Check => Quantiles.Constant(CheckMs * SimDuration.NanosecondsPerMillisecond);

    private IReadOnlyList<NodeSpec> Nodes =>
    [
        .. Weights.Select((weight, i) => new NodeSpec($"consensus-{i}", Role.Consensus, weight, 0, "operator",
            i >= WithoutBeaconKey)),
        .. Enumerable.Range(0, Followers).Select(i => new NodeSpec($"access-{i}", Role.Access, 100, 0, "operator")),
    ];
}
