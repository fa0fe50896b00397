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

        if (lost == DiskLoss.BeaconKeys && disk?.Engine is KeeperDisk written)
            disk = disk with { Engine = written.WithoutKeys() };
        if (disk is null && births?.IsLater(node) == true)
            return new Joiner(births.Of(node, identities[node], snapshot => Born(node, snapshot)));
        ledgers[node] ??= new Ledger(archive);
        return Made(node, disk ?? Disk.Bootstrapped(root), isRestart: disk is not null, null);
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
