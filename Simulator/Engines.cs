using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Pipeline;
using FlowSim.Sealing;

namespace FlowSim;

/// <summary>Makes the engine of a node by its role, with what all nodes of a run share.</summary>
internal sealed class Engines(RunSpec run, PipelineSpec spec, Roster roster)
{
    private readonly ChunkAssignments assignments = new(roster, spec.Verification.PerChunk);
    private readonly FinalizedCollections collections = new(Block.Root(run.Epochs[0].FirstView));
    private readonly CollectionLedger?[] collectionLedgers = new CollectionLedger?[run.Nodes.Count];

    public Roster Roster => roster;

    /// <summary>The members of each cluster, epoch by epoch.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Clusters { get; } = [];

    /// <summary>The engine of a node; null when its role has none.</summary>
    public IEngine? Make(int node, EngineStart start) => run.Nodes[node].Role switch
    {
        Role.Consensus => new ConsensusEngine(start, spec.Sealing, assignments,
            collectionLedgers[node] ??= new CollectionLedger(collections)),
        _ => null,
    };
}
