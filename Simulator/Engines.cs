using System.Collections.Generic;
using FlowSim.Access;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Executing;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.Verifying;

namespace FlowSim;

/// <summary>Makes the engine of a node by its role, with what all nodes of a run share.</summary>
internal sealed class Engines(RunSpec run, PipelineSpec spec, Roster roster)
{
    private readonly ChunkAssignments assignments = new(roster, spec.Verification.PerChunk);
    private readonly ClusterPlan plan = new(run, spec.Clusters.Count, roster);

    private readonly Luck.Purpose sensitivity = new Luck(run.Seed).For("sensitive chunk");

    public Roster Roster => roster;

    /// <summary>The members of each cluster, epoch by epoch.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Clusters => plan.Members;

    /// <summary>The engine of a node; null when its role has none.</summary>
    public IEngine? Make(int node, EngineStart start) => run.Nodes[node].Role switch
    {
        Role.Access => new AccessEngine(start, spec.Access, plan),
        Role.Execution => new ExecutionEngine(start, spec.Execution, spec.BehaviourOf(node), sensitivity),
        Role.Verification => new VerificationEngine(
            start, spec.Verification, assignments, spec.BehaviourOf(node), sensitivity),
        _ => null,
    };
}
