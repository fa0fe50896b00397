using System.Collections.Generic;
using FlowSim.Access;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.HotStuff;
using FlowSim.Pipeline;

namespace FlowSim;

/// <summary>Makes the engine of a node by its role, with what all nodes of a run share.</summary>
internal sealed class Engines(RunSpec run, PipelineSpec spec, Roster roster)
{
    private readonly ChunkAssignments assignments = new(roster, spec.Verification.PerChunk);
    private readonly ClusterPlan plan = new(run, spec.Clusters.Count, roster);

    public Roster Roster => roster;

    /// <summary>The members of each cluster, epoch by epoch.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Clusters => plan.Members;

    /// <summary>The engine of a node; null when its role has none.</summary>
    public IEngine? Make(int node, EngineStart start) => run.Nodes[node].Role switch
    {
        Role.Access => new AccessEngine(start, spec.Access, plan),
        _ => null,
    };
}
