using FlowSim.Access;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Sealing;
using FlowSim.Tests.Oracles;

namespace FlowSim.Tests.Clusters;

/// <summary>Epochs of a minute and transactions that live for half of one, so that clusters come and go.</summary>
internal static class ShortEpochs
{
    public const ulong Views = 80;
    public const ulong Expiry = 40;

    private const ulong Seconds = Views * 800 / 1000;

    /// <summary>Two epochs and the beginning of a third, with clients until shortly before the end.</summary>
    public static RunSpec World { get; } = Some(8, 2);

    public static NodeFault Crash(long from, long to, int node) => new NodeFault.Crash(
        SilenceTests.During(from, to), SilenceTests.Of(World.Nodes.Count, node));

    private static RunSpec Some(int collectors, int clusters)
    {
        RunSpec world = ClusterWorld.Of(collectors, clusters, callsPerThousandSeconds: 3_000);
        return world with
        {
            Epochs = [Epoch(0), Epoch(1), Epoch(2)],
            Stop = new StopCondition(new View(2 * Views + 20), SimTime.FromSeconds(300)),
            Pipeline = world.Pipeline! with
            {
                Workload = world.Pipeline.Workload with { Until = SimTime.FromSeconds(130) },
                Access = AccessSpec.FlowGo with { Reference = ReferenceChoice.LatestFinalized, Expiry = Expiry },
                Sealing = SealingSpec.FlowGo with { Expiry = Expiry },
                Clusters = world.Pipeline.Clusters with
                {
                    TransactionExpiry = Expiry,
                    IngestExpiryBuffer = 10,
                    BuilderExpiryBuffer = 5,
                },
            },
        };
    }

    private static EpochTiming Epoch(ulong number) => new(
        new View(number * Views), new View((number + 1) * Views - 1), Seconds, (number + 1) * Seconds);
}
