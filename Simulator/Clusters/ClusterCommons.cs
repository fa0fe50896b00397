using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.Sync;

namespace FlowSim.Clusters;

/// <summary>What the collection nodes of a run share: the plan, the parameters, and the archives of the clusters.
/// </summary>
public sealed class ClusterCommons
{
    private readonly RunSpec run;
    private readonly Roster roster;
    private readonly NodeId[] identities;
    private readonly Archive?[] archives;
    private readonly PeerTable?[] peers;
    private readonly ClusterWords?[] words;
    private readonly Luck.Purpose peerDraws;
    private readonly Luck.Purpose elapsed;

    public ClusterCommons(RunSpec run, ClusterSpec spec, ClusterPlan plan, Roster roster)
    {
        this.run = run;
        this.roster = roster;
        (Spec, Plan) = (spec, plan);
        identities = NodeSpec.Identities(run.Nodes);
        archives = new Archive?[plan.Members.Count];
        peers = new PeerTable?[plan.Members.Count];
        words = new ClusterWords?[plan.Members.Count];
        var luck = new Luck(run.Seed);
        peerDraws = luck.For("members of a cluster to synchronise with");
        elapsed = luck.For("age of a cluster's synchronisation timer");
        CruiseControl = CruiseControlConfig.Default with
        {
            Enabled = false,
            FallbackProposalDelay = spec.ProposalDelay,
        };
    }

    public ClusterSpec Spec { get; }

    public ClusterPlan Plan { get; }

    /// <summary>The static proposal timer of clusters: the controller's fallback, for good.</summary>
    public CruiseControlConfig CruiseControl { get; }

    /// <summary>A node's chain of a cluster, empty so far; to be asked for once by each node.</summary>
    public Ledger NewLedger(ClusterId cluster) =>
        new(archives[cluster.Index] ??= new Archive(Block.RootOf(cluster), AddressesOf(cluster)));

    /// <summary>What the members of a cluster say alike.</summary>
    internal ClusterWords WordsOf(ClusterId cluster) => words[cluster.Index] ??= new ClusterWords(cluster);

    /// <summary>What a member synchronises with; null when nobody does.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="self">The member.</param>
    /// <param name="ledger">Its chain.</param>
    /// <param name="isFirst">Whether the cluster and the run begin together: its nodes have been up for some time.
    /// </param>
    public SyncStart? Sync(ClusterId cluster, NodeId self, Ledger ledger, bool isFirst)
    {
        if (run.Sync is not { } config) return null;
        ulong key = roster.KeyOf(self);
        PeerTable members = TableOf(cluster);
        var others = new Peers(peerDraws.About(key).About((ulong)cluster.Index), () => members, self);
        SimDuration age = isFirst
            ? new SimDuration(Luck.Below(elapsed.Draw(key, (ulong)cluster.Index), config.PollInterval.Nanoseconds))
            : SimDuration.Zero;
        return new SyncStart(config, ledger, others, age);
    }

    private PeerTable TableOf(ClusterId cluster)
    {
        if (peers[cluster.Index] is { } known) return known;
        IReadOnlyList<NodeId> members = Plan.MembersOf(cluster);
        var entries = new (NodeId, ulong)[members.Count];
        for (int i = 0; i < entries.Length; i++) entries[i] = (members[i], roster.KeyOf(members[i]));
        return peers[cluster.Index] = new PeerTable(entries);
    }

    /// <summary>How many nodes go by the identities of a cluster's members: twins count each.</summary>
    private int AddressesOf(ClusterId cluster)
    {
        int count = 0;
        foreach (NodeId identity in identities)
        {
            if (Plan.ClusterOf(identity, Plan.EpochOf(cluster)) == cluster) count++;
        }

        return count;
    }
}
