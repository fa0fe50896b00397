using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>A word of the chain's system contracts to the protocol (flow-go model/flow/service_event.go).</summary>
/// <remarks>Executing a block emits it; nodes hear of it when that block is sealed. Shared, never changed.</remarks>
public abstract record ServiceEvent
{
    private ServiceEvent()
    {
    }

    /// <summary>The key of the content: stands for flow-go's hash of the event. Computed at every call.</summary>
    public abstract ulong Key { get; }

    /// <summary>Who takes part in the next epoch, and when it is (model/flow/epoch.go).</summary>
    /// <param name="Counter">The epoch's number.</param>
    /// <param name="Views">Its views, and where the phases of its key generation end.</param>
    /// <param name="Participants">Its members, in canonical order: ascending.</param>
    /// <param name="Clusters">The collection nodes of each cluster, ascending.</param>
    /// <param name="RandomSource">16 bytes from which leaders are drawn.</param>
    /// <param name="TargetDurationSeconds">Planned length, whole seconds.</param>
    /// <param name="TargetEndTimeSeconds">Planned end, whole seconds.</param>
    public sealed record EpochSetup(
        ulong Counter, EpochViews Views, IReadOnlyList<Participant> Participants,
        IReadOnlyList<IReadOnlyList<NodeId>> Clusters, IReadOnlyList<byte> RandomSource, ulong TargetDurationSeconds,
        ulong TargetEndTimeSeconds) : ServiceEvent
    {
        public override ulong Key
        {
            get
            {
                ulong key = Mix64.Then(Mix64.Then(50, Counter), Views.FirstView.Value);
                key = Mix64.Then(Mix64.Then(key, Views.Phase1Final.Value), Views.Phase2Final.Value);
                key = Mix64.Then(Mix64.Then(key, Views.Phase3Final.Value), Views.FinalView.Value);
                foreach (Participant participant in Participants)
                    key = Mix64.Then(Mix64.Then(Mix64.Then(key, (ulong)participant.Id.Index), (ulong)participant.Role),
                        participant.InitialWeight);
                foreach (IReadOnlyList<NodeId> cluster in Clusters) key = Then(key, cluster);
                foreach (byte b in RandomSource) key = Mix64.Then(key, b);
                return Mix64.Then(Mix64.Then(key, TargetDurationSeconds), TargetEndTimeSeconds);
            }
        }
    }

    /// <summary>What the next epoch's members made ready for it (model/flow/epoch.go).</summary>
    /// <param name="Counter">The epoch's number.</param>
    /// <param name="ClusterVotes">Who signed the root certificate of each cluster.</param>
    /// <param name="GroupKey">The key generation's public key; none when 0.</param>
    /// <param name="ParticipantKeys">The public key of each share.</param>
    /// <param name="ShareHolders">Which node holds which share, by its index.</param>
    public sealed record EpochCommit(
        ulong Counter, IReadOnlyList<IReadOnlyList<NodeId>> ClusterVotes, ulong GroupKey,
        IReadOnlyList<ulong> ParticipantKeys, IReadOnlyList<ShareHolder> ShareHolders) : ServiceEvent
    {
        public override ulong Key
        {
            get
            {
                ulong key = Mix64.Then(Mix64.Then(51, Counter), GroupKey);
                foreach (IReadOnlyList<NodeId> votes in ClusterVotes) key = Then(key, votes);
                foreach (ulong share in ParticipantKeys) key = Mix64.Then(key, share);
                foreach (ShareHolder holder in ShareHolders)
                    key = Mix64.Then(Mix64.Then(key, (ulong)holder.Id.Index), (ulong)holder.Index);
                return key;
            }
        }
    }

    /// <summary>A next epoch made up by governance after the contracts failed to (model/flow/epoch.go).</summary>
    /// <param name="Setup">Its members and views.</param>
    /// <param name="Commit">Its certificates and keys.</param>
    public sealed record EpochRecover(EpochSetup Setup, EpochCommit Commit) : ServiceEvent
    {
        public override ulong Key => Mix64.Then(Mix64.Then(52, Setup.Key), Commit.Key);
    }

    /// <summary>A node may take part no longer (model/flow/service_event.go).</summary>
    public sealed record EjectNode(NodeId Id) : ServiceEvent
    {
        public override ulong Key => Mix64.Then(53, (ulong)Id.Index);
    }

    /// <summary>From which view on the protocol has another version (model/flow/version_beacon.go).</summary>
    /// <param name="NewVersion">The version.</param>
    /// <param name="ActiveView">The first view under it.</param>
    public sealed record ProtocolStateVersionUpgrade(ulong NewVersion, View ActiveView) : ServiceEvent
    {
        public override ulong Key => Mix64.Then(Mix64.Then(54, NewVersion), ActiveView.Value);
    }

    /// <summary>By how many views epochs are extended in fallback mode (model/flow/service_event.go).</summary>
    public sealed record SetEpochExtensionViewCount(ulong Value) : ServiceEvent
    {
        public override ulong Key => Mix64.Then(55, Value);
    }

    /// <summary>Which software may execute from which height on (model/flow/version_beacon.go).</summary>
    /// <param name="Boundaries">By height, as the contract has them.</param>
    /// <param name="Sequence">The contract's count of beacons.</param>
    public sealed record VersionBeacon(IReadOnlyList<VersionBoundary> Boundaries, ulong Sequence) : ServiceEvent
    {
        public override ulong Key
        {
            get
            {
                ulong key = Mix64.Then(56, Sequence);
                foreach (VersionBoundary boundary in Boundaries)
                    key = Mix64.Then(Mix64.Then(key, boundary.Height.Value), Mix64.OfText(boundary.Version));
                return key;
            }
        }
    }

    private static ulong Then(ulong key, IReadOnlyList<NodeId> nodes)
    {
        key = Mix64.Then(key, (ulong)nodes.Count);
        foreach (NodeId node in nodes) key = Mix64.Then(key, (ulong)node.Index);
        return key;
    }
}

/// <summary>An epoch's range of views, and where the three phases of its key generation end.</summary>
/// <param name="FirstView">First view.</param>
/// <param name="Phase1Final">Last view of the first phase.</param>
/// <param name="Phase2Final">Last view of the second phase.</param>
/// <param name="Phase3Final">Last view of the third phase.</param>
/// <param name="FinalView">Last view, without extensions.</param>
public readonly record struct EpochViews(
    View FirstView, View Phase1Final, View Phase2Final, View Phase3Final, View FinalView);

/// <summary>A member of an epoch.</summary>
/// <param name="Id">The node.</param>
/// <param name="Role">What it does.</param>
/// <param name="InitialWeight">Its weight; without one it may listen, but not act.</param>
public readonly record struct Participant(NodeId Id, Role Role, ulong InitialWeight);

/// <summary>Who holds a share of the random beacon's key.</summary>
/// <param name="Id">The node.</param>
/// <param name="Index">The share's place.</param>
public readonly record struct ShareHolder(NodeId Id, int Index);

/// <summary>The height from which on a version of the software is required.</summary>
/// <param name="Height">First height.</param>
/// <param name="Version">Semantic version, as the contract spells it.</param>
public readonly record struct VersionBoundary(Height Height, string Version);
