using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Pipeline;

namespace FlowSim.Tests.Clusters;

/// <summary>A small world with collection nodes.</summary>
internal static class ClusterWorld
{
    /// <summary>Consensus nodes, then collection nodes in clusters, then one access node.</summary>
    public static RunSpec Of(int collectors, int clusters, int consensus = 4, ulong seed = 1, ulong views = 60,
        long tauMs = 800, long callsPerThousandSeconds = 0) =>
        Some.World(consensus, seed, views, tauMs) with
        {
            Nodes =
            [
                .. Some.Nodes(consensus),
                .. Enumerable.Range(1, collectors).Select(i =>
                    new NodeSpec($"collection-{i:D3}", Role.Collection, 100, 0, "operator")),
                new NodeSpec("access-001", Role.Access, 100, 0, "operator"),
            ],
            Pipeline = new PipelineSpec
            {
                Workload = new Workload { CallsPerThousandSeconds = callsPerThousandSeconds },
                Clusters = ClusterSpec.FlowGo with { Count = clusters },
            },
        };

    public static ClusterPlan Plan(RunSpec run) => new(run, run.Pipeline!.Clusters.Count);

    public static Roster RosterOf(RunSpec run) => new(run.Nodes, NodeSpec.Keys(run.Nodes));

    public static IEnumerable<NodeId> Collectors(RunSpec run) => RosterOf(run).Of(Role.Collection);
}
