using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Sync;

namespace FlowSim;

/// <summary>Everything that decides a run, as data: equal specs are equal runs.</summary>
public sealed record RunSpec
{
    /// <summary>Decides every draw; two parameter sets under one seed meet the same network.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Who exists. The committee of an epoch is the consensus nodes with weight that are planned for it.
    /// </summary>
    public required IReadOnlyList<NodeSpec> Nodes { get; init; }

    public required NetworkSpec Network { get; init; }

    public required ProcessingSpec Processing { get; init; }

    /// <summary>Consecutive epochs; the run needs one more than it means to finish.</summary>
    public required IReadOnlyList<EpochTiming> Epochs { get; init; }

    public required PacemakerConfig Pacemaker { get; init; }

    public required CruiseControlConfig CruiseControl { get; init; }

    public required StopCondition Stop { get; init; }

    /// <summary>How nodes look for blocks they lack; null when they do not.</summary>
    public SyncConfig? Sync { get; init; } = SyncConfig.FlowGo;

    /// <summary>The transaction pipeline; null when blocks are empty and every role but consensus only follows.
    /// </summary>
    public PipelineSpec? Pipeline { get; init; }

    /// <summary>Protocol state and epochs out of the chain; null when epochs and members are given and blocks commit
    /// to no state. It needs a pipeline.</summary>
    public ProtocolSpec? Protocol { get; init; }

    /// <summary>The software that nodes run and how it changes; null when all run what is specified.</summary>
    public UpgradeSpec? Upgrade { get; init; }

    public IReadOnlyList<LinkFault> LinkFaults { get; init; } = [];

    public IReadOnlyList<NodeFault> NodeFaults { get; init; } = [];

    /// <summary>Who departs from the protocol; a node may be in several.</summary>
    public IReadOnlyList<Liar> Liars { get; init; } = [];
}

/// <summary>A node.</summary>
/// <param name="Name">Unique; keys every draw about this node, so that adding a node changes no other's.</param>
/// <param name="Role">One of the five roles.</param>
/// <param name="Weight">Voting weight; flow-go's default is 100 (model/flow/identity.go).</param>
/// <param name="Region">Index into <see cref="NetworkSpec.Regions"/>.</param>
/// <param name="Operator">Who runs it; a domain of correlated failure.</param>
/// <param name="HasBeaconKey">Whether it holds a random-beacon key share for the epoch.</param>
/// <param name="TwinOf">Another node whose identity it shares: the pair equivocates without knowing.</param>
/// <param name="FirstEpoch">The first epoch that it is planned to be a member of, counted from the run's first.</param>
/// <param name="LastEpoch">The last one.</param>
public sealed record NodeSpec(
    string Name, Role Role, ulong Weight, int Region, string Operator, bool HasBeaconKey = true,
    string? TwinOf = null, int FirstEpoch = 0, int LastEpoch = int.MaxValue)
{
    /// <summary>Whether it is made to take part in consensus, at least in some epoch, under an identity of its own.
    /// </summary>
    public bool IsParticipant => this is { Role: Role.Consensus, Weight: > 0, TwinOf: null };

    /// <summary>Whether it is planned to be in the consensus committee of an epoch.</summary>
    public bool IsMemberIn(int epoch) => IsParticipant && FirstEpoch <= epoch && epoch <= LastEpoch;

    /// <summary>The keys of the names, which name the nodes in every draw.</summary>
    /// <exception cref="ArgumentException">Two nodes of one name would share all their chances.</exception>
    public static ulong[] Keys(IReadOnlyList<NodeSpec> nodes)
    {
        ulong[] keys = new ulong[nodes.Count];
        var seen = new HashSet<ulong>();
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = Mix64.OfText(nodes[i].Name);
            if (!seen.Add(keys[i])) throw new ArgumentException($"two nodes are called {nodes[i].Name}", nameof(nodes));
        }

        return keys;
    }

    /// <summary>Under which identity each node of a population signs: its own, or its twin's.</summary>
    /// <exception cref="ArgumentException">A twin of nobody, or of a twin.</exception>
    public static NodeId[] Identities(IReadOnlyList<NodeSpec> nodes)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++) index.Add(nodes[i].Name, i);
        var identities = new NodeId[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            int identity = i;
            if (nodes[i].TwinOf is { } original
                && (!index.TryGetValue(original, out identity) || nodes[identity].TwinOf is not null))
                throw new ArgumentException($"{nodes[i].Name} is a twin of {original}, which is no node of its own",
                    nameof(nodes));
            identities[i] = new NodeId(identity);
        }

        return identities;
    }
}

/// <summary>When a run ends: whichever comes first.</summary>
/// <param name="View">Once any consensus node enters this view.</param>
/// <param name="Time">At this instant.</param>
public sealed record StopCondition(View View, SimTime Time);
