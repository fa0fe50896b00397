using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.ProtocolState;

/// <summary>Views appended to an epoch in fallback mode (model/flow/protocol_state.go, EpochExtension).</summary>
/// <param name="FirstView">First appended view.</param>
/// <param name="FinalView">Last appended view.</param>
public readonly record struct EpochExtension(View FirstView, View FinalView);

/// <summary>One epoch as the protocol state knows it: as set up, and what happened to it since.</summary>
/// <remarks>Never changed: each change is another object. flow-go model/flow/protocol_state.go.</remarks>
public sealed class EpochEntry
{
    private static readonly NodeId[] Nobody = [];

    private readonly NodeId[]?[] active = new NodeId[(int)Role.Access + 1][];

    private EpochEntry(ServiceEvent.EpochSetup setup, ulong setupKey, ServiceEvent.EpochCommit? commit,
        ulong commitKey, IReadOnlyList<EpochExtension> extensions, IReadOnlyList<NodeId> ejected)
    {
        (Setup, SetupKey, Commit, CommitKey, Extensions, Ejected) =
            (setup, setupKey, commit, commitKey, extensions, ejected);
        Id = Mix64.Then(Mix64.Then(61, setupKey), commitKey);
        foreach (EpochExtension extension in extensions)
            Id = Mix64.Then(Mix64.Then(Id, extension.FirstView.Value), extension.FinalView.Value);
        foreach (NodeId node in ejected) Id = Mix64.Then(Id, (ulong)node.Index);
    }

    /// <summary>The key of the content.</summary>
    public ulong Id { get; }

    public ServiceEvent.EpochSetup Setup { get; }

    /// <summary>What makes the epoch sure to come; none before.</summary>
    public ServiceEvent.EpochCommit? Commit { get; }

    /// <summary>Contiguous, from the setup's final view on.</summary>
    public IReadOnlyList<EpochExtension> Extensions { get; }

    /// <summary>Members that may not take part any longer, ascending.</summary>
    public IReadOnlyList<NodeId> Ejected { get; }

    public ulong Counter => Setup.Counter;

    public View FirstView => Setup.Views.FirstView;

    /// <summary>Last view, extensions included.</summary>
    public View FinalView => Extensions.Count == 0 ? Setup.Views.FinalView : Extensions[^1].FinalView;

    /// <summary>Range and planned end, extensions included (state/protocol/inmem/epoch.go).</summary>
    /// <remarks>All extensions count together, at the view time of the setup.</remarks>
    public EpochTiming Timing
    {
        get
        {
            var planned = new EpochTiming(FirstView, Setup.Views.FinalView, Setup.TargetDurationSeconds,
                Setup.TargetEndTimeSeconds);
            return Extensions.Count == 0 ? planned : planned.Extended(FinalView);
        }
    }

    private ulong SetupKey { get; }

    private ulong CommitKey { get; }

    /// <summary>An epoch to come.</summary>
    public static EpochEntry Of(ServiceEvent.EpochSetup setup) => new(setup, setup.Key, null, 0, [], Nobody);

    /// <summary>An epoch that is sure to come, or that a chain starts with.</summary>
    public static EpochEntry Of(ServiceEvent.EpochSetup setup, ServiceEvent.EpochCommit commit) =>
        Of(setup).With(commit);

    /// <summary>Whether a node was set up as a member, ejected since or not.</summary>
    public bool HasMember(NodeId node)
    {
        foreach (Participant participant in Setup.Participants)
            if (participant.Id == node) return true;
        return false;
    }

    public bool HasEjected(NodeId node)
    {
        foreach (NodeId ejected in Ejected)
            if (ejected == node) return true;
        return false;
    }

    /// <summary>The members of a role with weight that are not ejected, ascending; made once.</summary>
    public IReadOnlyList<NodeId> Active(Role role) => active[(int)role] ??= [.. Setup.Participants
        .Where(member => member.Role == role && member.InitialWeight > 0 && !HasEjected(member.Id))
        .Select(member => member.Id)];

    internal EpochEntry With(ServiceEvent.EpochCommit commit) =>
        new(Setup, SetupKey, commit, commit.Key, Extensions, Ejected);

    internal EpochEntry With(EpochExtension extension) =>
        new(Setup, SetupKey, Commit, CommitKey, [.. Extensions, extension], Ejected);

    /// <summary>The epoch without a member; the same object if the node is none or is ejected already.</summary>
    internal EpochEntry Without(NodeId node)
    {
        if (!HasMember(node) || HasEjected(node)) return this;
        List<NodeId> ejected = [.. Ejected, node];
        ejected.Sort();
        return new EpochEntry(Setup, SetupKey, Commit, CommitKey, Extensions, ejected);
    }
}
