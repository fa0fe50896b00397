using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Executing;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Tests.Worlds;

namespace FlowSim.Tests.Golden;

/// <summary>Small worlds of all five roles, for digests on record.</summary>
internal static class PipelineWorlds
{
    private const int Executor = 8;
    private const int Verifier = 12;
    private const int Collector = 4;

    /// <summary>Bursts of transactions and some scripts over two short epochs, with jitter.</summary>
    public static RunSpec FiveRolesInBursts() => FiveRoles.Spec with
    {
        Epochs = Some.Epochs(60, 800),
        Network = Some.Network(SimDuration.FromMilliseconds(30)) with
        {
            JitterPerMillion = Quantiles.Exponential(500_000),
        },
        Pipeline = FiveRoles.Spec.Pipeline! with
        {
            Workload = new Workload
            {
                CallsPerThousandSeconds = 10_000, Shape = ArrivalShape.Bursts, BurstSize = 8,
                ScriptsPerMillion = 100_000,
            },
            Clusters = ClusterSpec.FlowGo with { Count = 2 },
        },
    };

    /// <summary>
    /// An execution node differs on some chunks and a verifier with it; others of every role are down for a while.
    /// </summary>
    public static RunSpec WrongAndDown()
    {
        RunSpec spec = FiveRolesInBursts();
        NodeSet wrong = Nodes(spec, Executor, Verifier);
        return spec with
        {
            NodeFaults =
            [
                new NodeFault.Crash(During(15, 25), Nodes(spec, 0)),
                new NodeFault.Crash(During(20, 40), Nodes(spec, Collector, Executor + 1, Verifier + 1)),
                new NodeFault.Crash(During(30, 35), Nodes(spec, spec.Nodes.Count - 1)),
            ],
            Pipeline = spec.Pipeline! with
            {
                Deviations = [new Deviation(wrong, new Behaviour(7, 50_000_000))],
                Execution = spec.Pipeline.Execution with { Ledger = LedgerPlace.Service },
            },
        };
    }

    private static NodeSet Nodes(RunSpec spec, params int[] members) => new(spec.Nodes.Count, members);

    private static Window During(long from, long until) => new(SimTime.FromSeconds(from), SimTime.FromSeconds(until));
}
