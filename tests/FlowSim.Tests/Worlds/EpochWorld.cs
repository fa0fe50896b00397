using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Epochs;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Tests.Worlds;

/// <summary>Small worlds of all roles whose epochs come from the chain.</summary>
/// <remarks>
/// An epoch has 180 views: 30 of staking, three phases of 30, and the next must be committed 20 before the end. Nobody
/// but the nodes and governance sends transactions. Who joins asks every 5 s, as phases are short, and an execution
/// node starts again in 5.
/// </remarks>
internal static class EpochWorld
{
    public const ulong Views = 180;

    /// <summary>From this view on a block without a committed next epoch brings fallback mode.</summary>
    public const ulong Deadline = Views - 1 - Threshold;

    /// <summary>Views that an extension has.</summary>
    public const ulong Extension = 60;

    /// <summary>For good: the last epoch of a node that stays.</summary>
    public const int Stays = int.MaxValue;

    private const ulong Staking = 30;

    private const ulong Phase = 30;

    private const ulong Threshold = 20;

    /// <summary>A world of so many consensus nodes, of which all are members of every epoch.</summary>
    public static RunSpec Of(int consensus, ulong epochs, params GovernanceAct[] governance) =>
        Of(epochs, [.. Some.Nodes(consensus)], governance);

    /// <summary>A world of some consensus nodes; it ends soon after so many epochs.</summary>
    public static RunSpec Of(ulong epochs, NodeSpec[] consensus, params GovernanceAct[] governance) =>
        Some.World(1, views: Views) with
        {
            Nodes =
            [
                .. consensus, .. Of(Role.Collection, 4), .. Of(Role.Execution, 2), .. Of(Role.Verification, 3),
                .. Of(Role.Access, 2),
            ],
            Epochs = Timings(epochs, Views),
            Processing = Some.FreeProcessing with
            {
                ExecuteBlock = Quantiles.Constant(100_000_000), VerifyChunk = Quantiles.Constant(50_000_000),
                LoadState = Quantiles.Constant(5_000_000_000),
            },
            Pipeline = new PipelineSpec
            {
                Workload = new Workload { CallsPerThousandSeconds = 0 },
                Clusters = ClusterSpec.FlowGo with { Count = 1 },
            },
            Protocol = new ProtocolSpec
            {
                StakingViews = Staking,
                DkgPhaseViews = Phase,
                SafetyThreshold = Threshold,
                ExtensionViews = Extension,
                Joining = JoinSpec.FlowGo with { PollInterval = SimDuration.FromSeconds(5) },
                Governance = governance,
            },
            Stop = new StopCondition(new View(epochs * Views + 15), SimTime.FromSeconds(10_000)),
        };

    /// <summary>Nodes of a role other than consensus.</summary>
    public static IEnumerable<NodeSpec> Of(Role role, int count) => Enumerable.Range(1, count)
        .Select(i => new NodeSpec($"{role}-{i}", role, 100, 0, "operator"));

    /// <summary>A world that ends at another view.</summary>
    public static RunSpec Until(this RunSpec spec, ulong view) =>
        spec with { Stop = spec.Stop with { View = new View(view) } };

    /// <summary>A world in which some processes are down for a while, seconds.</summary>
    public static RunSpec Down(this RunSpec spec, long from, long until, DiskLoss loses, params int[] nodes) =>
        spec with
        {
            NodeFaults =
            [
                .. spec.NodeFaults,
                new NodeFault.Crash(new Window(SimTime.FromSeconds(from),
                    until == long.MaxValue ? SimTime.Never : SimTime.FromSeconds(until)),
                    new NodeSet(spec.Nodes.Count, nodes), loses),
            ],
        };

    public static GovernanceAct At(long seconds, ContractCall call) => new(SimTime.FromSeconds(seconds), call);

    public static GovernanceAct Recover(long seconds, ulong counterAhead = 0) =>
        At(seconds, new ContractCall.Recover(counterAhead, 0));

    /// <summary>The world with shorter epochs, of which the next must be committed so many views before the end.
    /// </summary>
    public static RunSpec Shaped(this RunSpec spec, ulong views, ulong threshold) => spec with
    {
        Epochs = Timings((ulong)spec.Epochs.Count - 2, views),
        Protocol = spec.Protocol! with { SafetyThreshold = threshold },
    };

    /// <summary>Consensus nodes with the first and the last epoch of each.</summary>
    public static NodeSpec[] Consensus(params (int First, int Last)[] epochs) =>
    [
        .. Some.Nodes(epochs.Length)
            .Select((node, i) => node with { FirstEpoch = epochs[i].First, LastEpoch = epochs[i].Last }),
    ];

    private static EpochTiming[] Timings(ulong epochs, ulong views)
    {
        ulong seconds = views * 800 / 1000;
        var timings = new EpochTiming[epochs + 2];
        for (ulong i = 0; i < epochs + 2; i++)
            timings[i] = new EpochTiming(
                new View(i * views), new View((i + 1) * views - 1), seconds, (i + 1) * seconds);
        return timings;
    }
}
