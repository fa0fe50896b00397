using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Oracles;
using FlowSim.Sealing;
using FlowSim.Tests.Pipeline;
using FlowSim.Verifying;

namespace FlowSim.Tests.Worlds;

/// <summary>A small world of all roles: what its chain came to, and who found what.</summary>
internal sealed class FiveRoles : IProbe
{
    private readonly Dictionary<BlockId, Block> chain = [];

    private FiveRoles(ulong seed) => Seed = seed;

    /// <summary>4 consensus nodes, 4 collection nodes in a cluster, 4 execution, 6 verification, 2 access nodes;
    /// 80 seconds, so that self-checks come once.</summary>
    public static RunSpec Spec { get; } = Some.World(4, views: 100) with
    {
        Stop = new StopCondition(new View(110), SimTime.FromSeconds(100)),
        Nodes = SomeChain.Nodes,
        Processing = Some.FreeProcessing with
        {
            ExecuteBlock = Quantiles.Constant(200_000_000), VerifyChunk = Quantiles.Constant(100_000_000),
        },
        Pipeline = new PipelineSpec
        {
            Workload = new Workload { CallsPerThousandSeconds = 1_000 },
            Clusters = ClusterSpec.FlowGo with { Count = 1 },
        },
    };

    public ulong Seed { get; }

    public string Digest { get; private set; } = "";

    public List<(NodeId Node, ExecutionResult Result)> Executed { get; } = [];

    public List<(NodeId Node, Notice.ChunkFault Fault)> Faults { get; } = [];

    public List<ResultApproval> Approvals { get; } = [];

    public List<(NodeId Node, SimTime At)> Diverged { get; } = [];

    public List<(NodeId Node, SimTime At)> Forks { get; } = [];

    /// <summary>Final seals by height.</summary>
    public List<Seal> Seals { get; } = [];

    /// <summary>Final blocks by height.</summary>
    public List<Block> Chain { get; } = [];

    /// <summary>The results that some nodes came to.</summary>
    public HashSet<ResultId> ResultsOf(params int[] nodes) =>
        [.. Executed.Where(e => nodes.Contains(e.Node.Index)).Select(e => e.Result.Id)];

    /// <summary>Receipts on the chain for results that are not in a set.</summary>
    public IEnumerable<ExecutionReceipt> ReceiptsBeside(HashSet<ResultId> results) => Chain
        .SelectMany(block => ((Payload.Main)block.Payload!).Receipts).Where(r => !results.Contains(r.Result.Id));

    /// <summary>A world in which some execution nodes and verifiers share a behaviour that is not the specified one.
    /// </summary>
    public static RunSpec Wrong(int executors, int verifiers, long sensitivity, SealingSpec? sealing = null,
        VerificationSpec? verification = null) => Spec with
        {
            Pipeline = Spec.Pipeline! with
            {
                Deviations =
                [
                    new Deviation(new NodeSet(Spec.Nodes.Count,
                            [.. Enumerable.Range(8, executors), .. Enumerable.Range(12, verifiers)]),
                        new Behaviour(5, sensitivity)),
                ],
                Sealing = sealing ?? SealingSpec.FlowGo,
                Verification = verification ?? VerificationSpec.FlowGo,
            },
        };

    public static FiveRoles Run(RunSpec spec)
    {
        var heard = new FiveRoles(spec.Seed);
        heard.Digest = Simulation.Run(spec, [.. OracleCatalogue.All(spec), heard]).Digest;
        return heard;
    }

    public void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Finalized { Block: var block } when chain.TryAdd(block.Id, block):
                Chain.Add(block);
                Seals.AddRange(((Payload.Main)block.Payload!).Seals);
                break;
            case Notice.Executed { Result: var result }:
                Executed.Add((entry.Node, result));
                break;
            case Notice.ChunkFault fault:
                Faults.Add((entry.Node, fault));
                break;
            case Notice.Approved { Approval: var approval }:
                Approvals.Add(approval);
                break;
            case Notice.Diverged:
                Diverged.Add((entry.Node, entry.At));
                break;
            case Notice.ExecutionFork:
                Forks.Add((entry.Node, entry.At));
                break;
        }
    }
}
