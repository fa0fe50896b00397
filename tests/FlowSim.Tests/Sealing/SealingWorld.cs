using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Oracles;
using FlowSim.Sealing;

namespace FlowSim.Tests.Sealing;

/// <summary>Small worlds of all five roles.</summary>
internal static class SealingWorld
{
    public const int Consensus = 4;

    public static RunSpec Of(int executors = 3, int verifiers = 7, ulong views = 120, ulong seed = 1,
        SealingSpec? sealing = null) =>
        Some.World(Consensus, seed, views) with
        {
            Nodes =
            [
                .. Some.Nodes(Consensus),
                .. Named("collection", Role.Collection, 4),
                .. Named("execution", Role.Execution, executors),
                .. Named("verification", Role.Verification, verifiers),
                .. Named("access", Role.Access, 1),
            ],
            Pipeline = new PipelineSpec
            {
                Workload = new Workload { CallsPerThousandSeconds = 2_000 },
                Clusters = ClusterSpec.FlowGo with { Count = 1 },
                Sealing = sealing ?? SealingSpec.FlowGo,
            },
        };

    /// <summary>The nodes of a role, the first ones only if a number is given.</summary>
    public static NodeSet Set(RunSpec spec, Role role, int first = int.MaxValue) => new(spec.Nodes.Count,
        Enumerable.Range(0, spec.Nodes.Count).Where(i => spec.Nodes[i].Role == role).Take(first));

    /// <summary>The first executors and verifiers come out otherwise on every chunk.</summary>
    public static RunSpec WithWrong(RunSpec spec, int executors, int verifiers) => spec with
    {
        Pipeline = spec.Pipeline! with
        {
            Deviations =
            [
                new Deviation(new NodeSet(spec.Nodes.Count,
                    [
                        .. Set(spec, Role.Execution, executors).Members,
                        .. Set(spec, Role.Verification, verifiers).Members,
                    ]), new Behaviour(1, 1_000_000_000)),
            ],
        },
    };

    public static Heard Run(RunSpec spec, Seams? seams = null)
    {
        var heard = new Heard();
        RunResult result = Simulation.Run(spec, [heard, .. OracleCatalogue.All(spec)], seams);
        heard.Result = result;
        return heard;
    }

    private static IEnumerable<NodeSpec> Named(string name, Role role, int count) =>
        Enumerable.Range(1, count).Select(i => new NodeSpec($"{name}-{i:D3}", role, 100, 0, "operator"));

    /// <summary>What a run stated about sealing.</summary>
    internal sealed class Heard : IProbe
    {
        public RunResult Result { get; set; } = null!;

        /// <summary>The blocks that the first consensus node finalized.</summary>
        public List<Block> Chain { get; } = [];

        public List<TraceEvent> Forks { get; } = [];

        public List<TraceEvent> Ready { get; } = [];

        public List<TraceEvent> Built { get; } = [];

        public IEnumerable<Payload.Main> Payloads => Chain.Select(block => (Payload.Main)block.Payload!);

        public IEnumerable<Seal> Seals => Payloads.SelectMany(payload => payload.Seals);

        /// <summary>Heights from each finalized block down to the last one sealed as of it.</summary>
        public IEnumerable<ulong> Lags =>
            Chain.Select(block => block.Height.Value - ((Payload.Main)block.Payload!).LastSeal.Height.Value);

        public void On(in TraceEvent entry)
        {
            switch (entry.Notice)
            {
                case Notice.Finalized { Block: var block } when entry.Node.Index == 0:
                    Chain.Add(block);
                    break;
                case Notice.ExecutionFork:
                    Forks.Add(entry);
                    break;
                case Notice.SealReady:
                    Ready.Add(entry);
                    break;
                case Notice.Built:
                    Built.Add(entry);
                    break;
            }
        }

        public void End(SimTime at)
        {
        }
    }
}
