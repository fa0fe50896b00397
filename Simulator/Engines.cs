using System;
using System.Collections.Generic;
using FlowSim.Access;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Contracts;
using FlowSim.Epochs;
using FlowSim.Executing;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.ProtocolState;
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
    private readonly ContractReader contracts = new();
    private readonly EpochPlanner? planner;
    private readonly EpochCommons? commons;

    public Engines(RunSpec run, PipelineSpec spec, Roster roster)
    {
        (this.run, this.spec) = (run, spec);
        Roster = roster;
        collections = new FinalizedCollections(Block.Root(run.Epochs[0].FirstView));
        collectionLedgers = new CollectionLedger?[run.Nodes.Count];
        assignments = new ChunkAssignments(roster, spec.Verification.PerChunk);
        plan = new ClusterPlan(run, spec.Clusters.Count);
        clusters = new ClusterCommons(run, spec.Clusters, plan, roster);
        sensitivity = new Luck(run.Seed).For("sensitive chunk");
        Root = Block.Root(run.Epochs[0].FirstView);
        if (run.Protocol is not { } protocol) return;
        planner = Genesis.Planner(run, protocol, plan.Table);
        Root = Genesis.Root(run, protocol, planner);
        commons = new EpochCommons(new Evolutions(), new EpochCommittees(run.Nodes.Count));
    }

    /// <summary>The block that everybody trusts from the start.</summary>
    public Block Root { get; }

    public Roster Roster { get; }

    /// <summary>The members of each cluster, epoch by epoch.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Clusters => plan.Members;

    /// <summary>The engine of a node; null when its role has none.</summary>
    /// <param name="node">Index into the population.</param>
    /// <param name="start">What it finds.</param>
    /// <param name="seams">A test's engines in their place.</param>
    /// <param name="epochs">What the node knows of epochs; its keeper tells it more.</param>
    public IEngine? Make(int node, EngineStart start, Seams seams, KnownEpochs epochs)
    {
        if (run.Protocol is not { } protocol) return RoleEngine(node, start, seams.Engine);
        var disk = start.Disk.Engine as KeeperDisk;
        start = start with { Beacons = BeaconsOf(start, disk) };
        IEngine role = RoleEngine(node, start with { Disk = start.Disk with { Engine = disk?.Role } }, seams.Engine)!;
        var keeper = new StateKeeper(start, role, Parts(node, start, disk),
            new KeeperSpec(start.Image?.Protocol ?? protocol.Support, protocol.Ejection == EjectionRule.AtSeal,
                run.Upgrade?.Strategy.Knowledge ?? BeaconKnowledge.Snapshot), epochs, commons!);
        return seams.Keeper?.Invoke(start, keeper) ?? keeper;
    }

    /// <summary>The epochs that a node knows which starts from a disk; null when all are planned.</summary>
    public KnownEpochs? Known(Disk disk) => commons?.Committees.Known(StateKeeper.StateOf(disk.Finalized));

    /// <summary>The main chain has a new root: what all nodes share of it is brought up to that.</summary>
    public void BeginAnew(Ledger chain, Height from) => collections.Follow(chain, from);

    private IEngine? RoleEngine(int node, EngineStart start, Func<EngineStart, IEngine?, IEngine?>? replaced)
    {
        IEngine? engine = OfRole(node, start);
        return replaced is null ? engine : replaced(start, engine);
    }

    private IEngine? OfRole(int node, EngineStart start) => run.Nodes[node].Role switch
    {
        Role.Consensus => new ConsensusEngine(start, spec.Sealing, assignments, LedgerOf(node, start)),
        Role.Collection => new CollectionEngine(start, clusters),
        Role.Execution => new ExecutionEngine(
            start, spec.Execution, BehavioursOf(node, start.Image), sensitivity,
            StopOf(Role.Execution, start.Image)),
        Role.Verification => new VerificationEngine(
            start, spec.Verification, assignments, BehavioursOf(node, start.Image), sensitivity,
            FlagOf(node, start.Image), StopOf(Role.Verification, start.Image)),
        Role.Access => new AccessEngine(start, spec.Access, plan, planner),
        _ => null,
    };

    private IReadOnlyList<IEpochPart> Parts(int node, EngineStart start, KeeperDisk? disk) =>
        run.Nodes[node].Role switch
    {
        Role.Consensus =>
            [new DkgPart(start, run.Protocol!.Dkg, contracts, KeysOf(start, disk))],
        Role.Collection => [new RootVotePart(start, run.Protocol!.RootVotes, contracts)],
        _ => [],
    };

    private static BeaconKeys KeysOf(EngineStart start, KeeperDisk? disk) =>
        disk?.Parts[0] as BeaconKeys
            ?? (start.Snapshot is null && start.Disk.Finalized.Id == start.Root.Id && !start.IsRestart
                ? BeaconKeys.AtRoot(start.Self, (KeyValueSnapshot)StateKeeper.StateOf(start.Root))
                : BeaconKeys.None);

    /// <summary>A node's view of the finalized collections: it begins where the node does.</summary>
    private CollectionLedger LedgerOf(int node, EngineStart start)
    {
        if (start.Snapshot is { Head: var head })
            return collectionLedgers[node] = new CollectionLedger(collections, head.Height);
        if (!start.IsRestart) collectionLedgers[node] = null;
        return collectionLedgers[node] ??= new CollectionLedger(collections);
    }

    /// <summary>By which behaviour a node executes which block: its image's, or one for all.</summary>
    private IBehaviours BehavioursOf(int node, Image? image) =>
        image is null ? spec.BehaviourOf(node) : run.Upgrade!.Strategy.BehavioursOf(image);

    private StopControl? StopOf(Role role, Image? image) =>
        image is null ? null : run.Upgrade!.Strategy.StopOf(role, image);

    private Height? FlagOf(int node, Image? image)
    {
        if (run.Upgrade is not { } upgrade) return null;
        Image first = upgrade.Images[node < upgrade.Initial.Count ? upgrade.Initial[node] : 0];
        return upgrade.Strategy.FlagOf(run.Nodes[node].Role, ReferenceEquals(image, first));
    }

    /// <summary>What a process finds indexed, or learns from its snapshot.</summary>
    private static SealedBeacons BeaconsOf(EngineStart start, KeeperDisk? disk)
    {
        var beacons = new SealedBeacons();
        foreach (SealedBeacon written in disk?.Beacons ?? []) beacons.Add(written);
        foreach ((ServiceEvent.VersionBeacon beacon, Height at) in start.Snapshot?.Beacons ?? [])
            beacons.Add(new SealedBeacon(beacon, at));
        return beacons;
    }
}
