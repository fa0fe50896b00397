using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Liars;
using FlowSim.Pipeline;
using FlowSim.Roles;
using FlowSim.Sync;
using FlowSim.Upgrades;

namespace FlowSim;

/// <summary>Makes the core that a node runs, from its disk.</summary>
internal sealed class Boot
{
    private readonly RunSpec spec;
    private readonly Seams seams;
    private readonly KnownEpochs planned;
    private readonly NodeId[] identities;
    private readonly ulong[] keys;
    private readonly Masquerade masquerade;
    private readonly Block root;
    private readonly Archive archive;
    private readonly Ledger?[] ledgers;
    private readonly Luck.Purpose elapsed;
    private readonly SyncPeers peers;
    private readonly Engines? engines;
    private readonly Births? births;
    private Rebirth? rebirth;

    public Boot(RunSpec spec, Seams seams, ulong[] keys, Luck luck)
    {
        (this.spec, this.seams, this.keys) = (spec, seams, keys);
        planned = KnownEpochs.Planned(spec.Nodes, spec.Epochs, luck);
        identities = NodeSpec.Identities(spec.Nodes);
        masquerade = new Masquerade(spec.Nodes, identities, spec.Liars, spec.Pacemaker.MinTimeout);
        elapsed = luck.For("age of the synchronisation timer");
        peers = new SyncPeers(luck, keys);
        root = Block.Root(spec.Epochs[0].FirstView);
        if (spec.Pipeline is { } pipeline)
        {
            engines = new Engines(spec, pipeline, new Roster(spec.Nodes, keys));
            root = engines.Root;
        }

        if (spec.Protocol is { } protocol) births = new Births(spec, protocol, keys, luck);
        archive = new Archive(root, Readers());
        ledgers = new Ledger?[spec.Nodes.Count];
        if (spec.Upgrade is not null && spec.Pipeline?.Deviations.Count > 0)
            throw new ArgumentException("nodes execute by their images or by deviations, not by both", nameof(spec));
        if (spec.Upgrade?.Strategy.Spork is not null && (spec.Protocol is null || spec.Sync is null))
            throw new ArgumentException("a spork needs a protocol state, and nodes that serve blocks", nameof(spec));
        if (spec.Upgrade is { } upgrade)
            Installations = new Installations(upgrade.Images, upgrade.Initial, spec.Nodes.Count);
    }

    /// <summary>The members of each cluster, epoch by epoch; none without a pipeline.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Clusters => engines?.Clusters ?? [];

    /// <summary>Which image is where; null in worlds without any.</summary>
    public Installations? Installations { get; }

    /// <summary>Remembers a node's finalized chain with a copy of its disk.</summary>
    public void BackUp(int node) => ledgers[node]?.Mark();

    /// <summary>Takes a node's finalized chain back to where it was when its disk was copied.</summary>
    public void Restore(int node) => ledgers[node]?.GoBack();

    /// <summary>Gives a node as much of the finalized chain as another has.</summary>
    public void Copy(int from, int to) => ledgers[to]?.GoTo(ledgers[from]!);

    /// <summary>Whether there was a spork.</summary>
    public bool HasBegunAnew => rebirth is not null;

    /// <summary>A spork: whatever nodes have left, they begin at one root.</summary>
    /// <param name="fleet">The processes, all of them down; gets the nodes' new disks.</param>
    /// <returns>The node whose chain the root goes on from, and the root.</returns>
    public (int Node, Block Root) BeginAnew(Fleet fleet)
    {
        var disks = new Disk?[spec.Nodes.Count];
        int highest = 0;
        for (int node = 0; node < disks.Length; node++)
        {
            disks[node] = fleet.DiskOf(node);
            if (disks[node] is not null && !(ledgers[node]!.Height <= ledgers[highest]?.Height)) highest = node;
        }

        Ledger chain = ledgers[highest]!;
        Height known = ((Payload.Main)disks[highest]!.Finalized.Payload!).LastSeal.Height;
        var beacons = new SealedBeacons();
        foreach (SealedBeacon beacon in ((KeeperDisk)disks[highest]!.Engine!).Beacons) beacons.Add(beacon);
        Snapshot snapshot = NewRoot.On(chain, disks, beacons, spec.Upgrade!.Strategy.Knowledge,
            Installations!.ImageOf(highest).Protocol);
        engines!.BeginAnew(chain, known);
        rebirth = new Rebirth(snapshot, chain, disks.Length);
        fleet.ForgetCopies();
        for (int node = 0; node < disks.Length; node++)
            if (disks[node] is not null || births?.IsLater(node) != true)
                fleet.Replace(node, AtRoot(node, disks[node]));
        // A backup that is refused later is replaced by the root, so that must not be forgotten.
        foreach (OperatorAct act in spec.Upgrade.Acts)
            if (act is OperatorAct.Restore) new Ledger(archive, snapshot.Head.Height).Mark();
        return (highest, snapshot.Head);
    }

    /// <summary>The disk of a node that has another chain's and takes the spork's root instead.</summary>
    public Disk AtRoot(int node, Disk? left)
    {
        Disk disk = rebirth!.Prepare(node, left);
        Installations!.PutBack(node, 0);
        ledgers[node]?.Discard();
        ledgers[node] = new Ledger(archive, rebirth.Snapshot.Head.Height);
        return disk;
    }

    /// <summary>The root that a node's next process begins at; null when it goes on from its disk.</summary>
    public Block? RootOf(int node, DiskLoss lost) =>
        rebirth is { } born && (born.IsDue(node) || (lost == DiskLoss.Everything && births?.IsLater(node) != true))
            ? born.Snapshot.Head
            : null;

    /// <summary>A node that starts; one that joins later asks for a snapshot first.</summary>
    /// <param name="node">Index into the population.</param>
    /// <param name="disk">What it left; null before its first start.</param>
    /// <param name="lost">What is missing from that by now.</param>
    public ICore Core(int node, Disk? disk, DiskLoss lost)
    {
        Installations?.Run(node);
        if (lost == DiskLoss.Everything)
        {
            ledgers[node]?.Discard();
            (disk, ledgers[node]) = (null, null);
        }

        if (disk is null && RootOf(node, lost) is not null) disk = AtRoot(node, null);
        if (lost == DiskLoss.BeaconKeys && disk?.Engine is KeeperDisk written)
            disk = disk with { Engine = written.WithoutKeys() };
        if (disk is null && births?.IsLater(node) == true)
            return new Joiner(births.Of(node, identities[node], served => Born(node, served)));
        Snapshot? snapshot = rebirth?.Take(node);
        ledgers[node] ??= new Ledger(archive);
        return Made(node, disk ?? Disk.Bootstrapped(root), isRestart: disk is not null && snapshot is null, snapshot);
    }

    private ICore Born(int node, Snapshot snapshot)
    {
        ledgers[node] = new Ledger(archive, snapshot.Head.Height);
        return Made(node, Disk.Bootstrapped(snapshot.Head), isRestart: false, snapshot);
    }

    private ICore Made(int node, Disk disk, bool isRestart, Snapshot? snapshot)
    {
        Ledger ledger = ledgers[node]!;
        KnownEpochs epochs = engines?.Known(disk) ?? planned;
        SyncStart? sync = spec.Sync is null ? null : Sync(spec.Sync, node, ledger, epochs, !isRestart);
        var start = new EngineStart(identities[node], root, disk, isRestart, ledger, engines?.Roster!,
            new Luck(spec.Seed), snapshot, Installations?.ImageOf(node));
        IEngine? engine = engines?.Make(node, start, seams, epochs);
        ICore core = Chain(node, start.Disk, sync, engine, epochs);
        return engine is null ? core : new RoleNode(core, engine);
    }

    /// <summary>A participant if the node's identity is ever in a committee, else a follower.</summary>
    private ICore Chain(int node, Disk disk, SyncStart? sync, IEngine? engine, KnownEpochs epochs)
    {
        NodeId identity = identities[node];
        return spec.Nodes[identity.Index].IsParticipant
            ? masquerade.Disguised(node, seams.Participant(new ReplicaStart(identity, disk, epochs,
                spec.Pacemaker, spec.CruiseControl, SafetyConstants.FlowGo, sync, engine, engine as IPayloads,
                engine as IStandings, engine as IBeaconKeys)))
            : new Follower(disk, epochs, sync, engine);
    }

    private SyncStart Sync(SyncConfig config, int node, Ledger ledger, KnownEpochs epochs, bool isFirst) => new(config,
        ledger, peers.Of(node, identities[node], ledger, epochs), isFirst ? Elapsed(config, node) : SimDuration.Zero);

    /// <summary>Before the run nodes started at any time, so their timers are at any place between two polls.</summary>
    private SimDuration Elapsed(SyncConfig config, int node) =>
        new(Luck.Below(elapsed.Draw(keys[node]), config.PollInterval.Nanoseconds));

    /// <summary>How many ledgers begin at the root: of all that do not join later, and of those that go back to it.
    /// </summary>
    private int Readers()
    {
        int readers = 0;
        for (int node = 0; node < spec.Nodes.Count; node++) readers += births?.IsLater(node) == true ? 0 : 1;
        foreach (NodeFault fault in spec.NodeFaults)
            if (fault is NodeFault.Crash { Loses: DiskLoss.Everything }) readers += fault.Nodes.Members.Length;
        return readers;
    }
}
