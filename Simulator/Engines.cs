using System.Collections.Generic;
using FlowSim.Access;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Executing;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.Sealing;
using FlowSim.Upgrades;
using FlowSim.Verifying;

namespace FlowSim;

/// <summary>Makes the engine of a node by its role, with what all nodes of a run share.</summary>
internal sealed class Engines
{
    private readonly RunSpec run;
    private readonly PipelineSpec spec;
    private readonly ChunkAssignments assignments;
    private readonly ClusterPlan plan;
    private readonly ClusterCommons clusters;
    private readonly FinalizedCollections collections;
    private readonly CollectionLedger?[] collectionLedgers;
    private readonly Luck.Purpose sensitivity;

    public Engines(RunSpec run, PipelineSpec spec, Roster roster)
    {
        (this.run, this.spec) = (run, spec);
        Roster = roster;
        collections = new FinalizedCollections(Block.Root(run.Epochs[0].FirstView));
        collectionLedgers = new CollectionLedger?[run.Nodes.Count];
        assignments = new ChunkAssignments(roster, spec.Verification.PerChunk);
        plan = new ClusterPlan(run, spec.Clusters.Count, roster);
        clusters = new ClusterCommons(run, spec.Clusters, plan, roster);
        sensitivity = new Luck(run.Seed).For("sensitive chunk");
    }

    public Roster Roster { get; }

    /// <summary>The members of each cluster, epoch by epoch.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Clusters => plan.Members;

    /// <summary>The engine of a node; null when its role has none.</summary>
    public IEngine? Make(int node, EngineStart start) => run.Nodes[node].Role switch
    {
        Role.Consensus => new ConsensusEngine(start, spec.Sealing, assignments,
            collectionLedgers[node] ??= new CollectionLedger(collections)),
        Role.Collection => new CollectionEngine(start, clusters),
        Role.Execution => new ExecutionEngine(start, spec.Execution, BehavioursOf(node, start.Image), sensitivity),
        Role.Verification => new VerificationEngine(
            start, spec.Verification, assignments, BehavioursOf(node, start.Image), sensitivity),
        Role.Access => new AccessEngine(start, spec.Access, plan),
        _ => null,
    };

    /// <summary>By which behaviour a node executes which block: its image's, or one for all.</summary>
    private IBehaviours BehavioursOf(int node, Image? image) =>
        image is null ? spec.BehaviourOf(node) : new ImageBehaviours(image);
}
