using System;
using System.Collections.Generic;
using FlowSim.Chain;
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
    private readonly KnownEpochs epochs;
    private readonly NodeId[] identities;
    private readonly ulong[] keys;
    private readonly Masquerade masquerade;
    private readonly Block root;
    private readonly Ledger[] ledgers;
    private readonly Luck.Purpose peers;
    private readonly Luck.Purpose elapsed;
    private readonly Dictionary<Committee, PeerTable> tables = [];
    private readonly Engines? engines;

    public Boot(RunSpec spec, Seams seams, ulong[] keys, Luck luck)
    {
        this.spec = spec;
        this.seams = seams;
        epochs = KnownEpochs.Planned(spec.Nodes, spec.Epochs, luck);
        this.keys = keys;
        identities = NodeSpec.Identities(spec.Nodes);
        masquerade = new Masquerade(spec.Nodes, identities, spec.Liars, spec.Pacemaker.MinTimeout);
        root = Block.Root(spec.Epochs[0].FirstView);
        peers = luck.For("peers to synchronise with");
        elapsed = luck.For("age of the synchronisation timer");
        var archive = new Archive(root, spec.Nodes.Count);
        ledgers = new Ledger[spec.Nodes.Count];
        for (int i = 0; i < ledgers.Length; i++) ledgers[i] = new Ledger(archive);
        if (spec.Upgrade is not null && spec.Pipeline?.Deviations.Count > 0)
            throw new ArgumentException("nodes execute by their images or by deviations, not by both", nameof(spec));
        if (spec.Upgrade is { } upgrade)
            Installations = new Installations(upgrade.Images, upgrade.Initial, spec.Nodes.Count);
        if (spec.Pipeline is { } pipeline) engines = new Engines(spec, pipeline, new Roster(spec.Nodes, keys));
    }

    /// <summary>The members of each cluster, epoch by epoch; none without a pipeline.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Clusters => engines?.Clusters ?? [];

    /// <summary>Which image is where; null in worlds without any.</summary>
    public Installations? Installations { get; }

    /// <summary>Remembers a node's finalized chain with a copy of its disk.</summary>
    public void BackUp(int node) => ledgers[node].Mark();

    /// <summary>Takes a node's finalized chain back to where it was when its disk was copied.</summary>
    public void Restore(int node) => ledgers[node].GoBack();

    /// <summary>A participant if the node's identity is ever in a committee, else a follower.</summary>
    /// <param name="node">Index into the population.</param>
    /// <param name="disk">What it left; null before its first start.</param>
    public ICore Core(int node, Disk? disk)
    {
        SyncStart? sync = spec.Sync is null ? null : Sync(spec.Sync, node, disk is null);
        var start = new EngineStart(identities[node], root, disk ?? Disk.Bootstrapped(root), disk is not null,
            ledgers[node], engines?.Roster!, new Luck(spec.Seed), Installations?.Run(node));
        IEngine? engine = engines?.Make(node, start);
        if (engines is not null && seams.Engine is { } replaced) engine = replaced(start, engine);
        ICore core = Chain(node, start.Disk, sync, engine);
        return engine is null ? core : new RoleNode(core, engine);
    }

    private ICore Chain(int node, Disk disk, SyncStart? sync, IEngine? engine)
    {
        NodeId identity = identities[node];
        return spec.Nodes[identity.Index].IsParticipant
            ? masquerade.Disguised(node, seams.Participant(new ReplicaStart(identity, disk, epochs,
                spec.Pacemaker, spec.CruiseControl, SafetyConstants.FlowGo, sync, engine, engine as IPayloads,
                engine as IStandings)))
            : new Follower(disk, epochs, sync, engine);
    }

    private SyncStart Sync(SyncConfig config, int node, bool isFirst) =>
        new(config, ledgers[node], PeersOf(node), isFirst ? Elapsed(config, node) : SimDuration.Zero);

    /// <summary>Before the run nodes started at any time, so their timers are at any place between two polls.</summary>
    private SimDuration Elapsed(SyncConfig config, int node) =>
        new(Luck.Below(elapsed.Draw(keys[node]), config.PollInterval.Nanoseconds));

    private Peers PeersOf(int node) =>
        new(peers.About(keys[node]), () => TableOf(CurrentCommittee(ledgers[node])), identities[node]);

    /// <summary>The committee as of the node's last final block.</summary>
    private Committee CurrentCommittee(Ledger ledger) =>
        (epochs.Of(ledger.At(ledger.Height)?.Block.View ?? root.View) ?? epochs.Newest).Committee;

    private PeerTable TableOf(Committee committee)
    {
        if (tables.TryGetValue(committee, out PeerTable? known)) return known;
        var members = new (NodeId, ulong)[committee.Size];
        for (int i = 0; i < members.Length; i++)
            members[i] = (committee.Members[i], keys[committee.Members[i].Index]);
        return tables[committee] = new PeerTable(members);
    }
}
