using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>Who is who in a run: names, identities, the committees, and who is held to the rules.</summary>
/// <remarks>
/// Liars are exempt, and so are twins with their originals: each of a pair is honest, their common identity is not.
/// So is who loses its disk: it has forgotten what it signed.
/// Where epochs come from the chain, the committees are told as they are committed; no node knows of one before.
/// </remarks>
public sealed class Cast
{
    private readonly NodeId[] identities;
    private readonly bool[] isHonest;
    private readonly bool[] isPunctual;
    private readonly View[] knownUntil;
    private readonly Dictionary<Committee, HashSet<NodeId>> keyHolders = [];
    private View? unsafeFrom;

    /// <summary>The cast of a run, with all epochs, or with the first one if the others come from the chain.</summary>
    public Cast(RunSpec spec)
        : this(spec, CommittedEpoch.Planned(spec.Nodes, spec.Protocol is null ? spec.Epochs : [spec.Epochs[0]],
            new Luck(spec.Seed)))
    {
    }

    /// <param name="spec">What decides the run.</param>
    /// <param name="first">The epochs that everybody knows from the start.</param>
    public Cast(RunSpec spec, IReadOnlyList<CommittedEpoch> first)
    {
        Spec = spec;
        Epochs = new KnownEpochs(first, keepsAll: true);
        identities = NodeSpec.Identities(spec.Nodes);
        Root = Block.Root(spec.Epochs[0].FirstView);
        isHonest = Honest(spec, identities);
        isPunctual = Punctual(spec);
        knownUntil = new View[spec.Nodes.Count];
        System.Array.Fill(knownUntil,
            spec.Protocol is null ? new View(ulong.MaxValue) : first[^1].Timing.FinalView);
        foreach (CommittedEpoch epoch in first) Judge(epoch);
    }

    public RunSpec Spec { get; }

    /// <summary>The epochs committed so far.</summary>
    public KnownEpochs Epochs { get; }

    /// <summary>The block that all nodes trust from the start.</summary>
    public Block Root { get; }

    public int Nodes => identities.Length;

    public string NameOf(NodeId node) =>
        (uint)node.Index < (uint)identities.Length ? Spec.Nodes[node.Index].Name : "nobody";

    /// <summary>Under which identity a node signs.</summary>
    public NodeId IdentityOf(NodeId node) => identities[node.Index];

    public bool IsHonest(NodeId node) => isHonest[node.Index];

    /// <summary>Whether a node always acts when it means to, by true time: never paused, its clock never off.</summary>
    public bool IsPunctual(NodeId node) => isPunctual[node.Index];

    /// <summary>Whether a node takes part in consensus, be it in one epoch only: it runs a replica.</summary>
    public bool IsParticipant(NodeId node) => Spec.Nodes[identities[node.Index].Index].IsParticipant;

    /// <summary>Whether a node may vote, propose and give up in a view.</summary>
    public bool IsMember(NodeId node, View view) => CommitteeAt(view)?.IndexOf(identities[node.Index]) >= 0;

    /// <summary>Who votes in a view; null if no epoch is committed that has it.</summary>
    public Committee? CommitteeAt(View view) => Epochs.At(view);

    /// <summary>Whether a node has heard of the epoch of a view, so that it knows whether it is a member.</summary>
    public bool Knows(NodeId node, View view) => view <= knownUntil[node.Index];

    /// <summary>Whether a member of a committee has a private key of the random beacon.</summary>
    public bool HoldsKey(Committee committee, int member) => committee.HasBeaconKey(member)
        && (!keyHolders.TryGetValue(committee, out HashSet<NodeId>? holders)
            || holders.Contains(committee.Members[member]));

    /// <summary>Whether, up to a view, any two quorums share an honest member, so that a view has one QC at most.
    /// </summary>
    /// <remarks>Once it is not so in an epoch, the chain may have forked, and those who follow may differ.</remarks>
    public bool IsSafetyOwed(View view) => unsafeFrom is not { } from || view < from;

    /// <summary>A node states that the next epoch is committed; what others said before is nothing new.</summary>
    /// <exception cref="InvariantViolation">It does not follow the newest one directly.</exception>
    public void Commit(CommittedEpoch next)
    {
        if (next.Timing.FirstView <= Epochs.Newest.Timing.FirstView) return;
        Epochs.Add(next);
        Judge(next);
    }

    /// <summary>A node states that an epoch is extended; what others said before is nothing new.</summary>
    public void Extend(EpochTiming extended)
    {
        EpochTiming newest = Epochs.Newest.Timing;
        if (extended.FirstView == newest.FirstView && extended.FinalView > newest.FinalView) Epochs.Extend(extended);
    }

    /// <summary>Of those whose keys an epoch names only these have them.</summary>
    internal void Entrust(Committee committee, HashSet<NodeId> holders) => keyHolders.TryAdd(committee, holders);

    /// <summary>A node has the disk of an earlier time: what it knows is open until it hears of an epoch.</summary>
    internal void Unteach(NodeId node) => knownUntil[node.Index] = default;

    /// <summary>A node knows the epochs up to a view.</summary>
    internal void Teach(NodeId node, View final) =>
        knownUntil[node.Index] = View.Max(knownUntil[node.Index], final);

    private void Judge(CommittedEpoch epoch)
    {
        Committee committee = epoch.Committee;
        ulong faulty = 0;
        for (int member = 0; member < committee.Size; member++)
        {
            if (!isHonest[committee.Members[member].Index]) faulty += committee.WeightOf(member);
        }

        if (2 * committee.WeightToCertify <= committee.TotalWeight + faulty) unsafeFrom ??= epoch.Timing.FirstView;
    }

    private static bool[] Honest(RunSpec spec, NodeId[] identities)
    {
        bool[] honest = new bool[identities.Length];
        System.Array.Fill(honest, true);
        foreach (NodeFault fault in spec.NodeFaults)
        {
            if (fault is not NodeFault.Crash { Loses: DiskLoss.Everything }) continue;
            foreach (int node in fault.Nodes.Members) honest[node] = false;
        }

        foreach (Liar liar in spec.Liars)
        {
            foreach (int node in liar.Nodes.Members) honest[node] = false;
        }

        for (int node = 0; node < identities.Length; node++)
        {
            if (identities[node].Index == node) continue;
            honest[node] = false;
            honest[identities[node].Index] = false;
        }

        return honest;
    }

    private static bool[] Punctual(RunSpec spec)
    {
        bool[] punctual = new bool[spec.Nodes.Count];
        System.Array.Fill(punctual, true);
        foreach (NodeFault fault in spec.NodeFaults)
        {
            if (fault is not (NodeFault.Pause or NodeFault.Skew)) continue;
            foreach (int node in fault.Nodes.Members) punctual[node] = false;
        }

        return punctual;
    }
}
