using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Epochs;

/// <summary>How far a node got with the key of an epoch (model/flow, DKGState).</summary>
public enum DkgProgress : byte
{
    /// <summary>It takes part; its process must not die now.</summary>
    Started,

    /// <summary>It has none.</summary>
    Failed,

    /// <summary>It came to one, of which the protocol state knows nothing yet.</summary>
    Completed,

    /// <summary>The protocol state has the same: it is safe to sign with.</summary>
    Committed,
}

/// <summary>What a node has on disk of one epoch's key.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Progress">How far it got.</param>
/// <param name="GroupKey">The group's public key that it came to; 0 for none.</param>
/// <param name="HasShare">Whether it holds a private share of it.</param>
public readonly record struct BeaconKey(ulong Epoch, DkgProgress Progress, ulong GroupKey, bool HasShare);

/// <summary>A node's beacon keys on disk: the newest epochs', ascending. Never changed.</summary>
/// <remarks>flow-go storage/badger/dkg_state.go, which keeps them all.</remarks>
public sealed record BeaconKeys
{
    /// <summary>The keys of a node that joins a running chain, or lost them.</summary>
    public static readonly BeaconKeys None = new([]);

    private const int Kept = 4;

    private readonly IReadOnlyList<BeaconKey> keys;

    private BeaconKeys(IReadOnlyList<BeaconKey> keys) => this.keys = keys;

    /// <summary>The keys of a node that was there when the chain began: the first epoch's if it has a share of it.
    /// </summary>
    public static BeaconKeys AtRoot(NodeId self, KeyValueSnapshot root) => IsHolder(root.Epochs.Current.Commit, self)
        ? None.With(new BeaconKey(root.EpochCounter, DkgProgress.Committed, root.Epochs.Current.Commit!.GroupKey, true))
        : None;

    /// <summary>Whether an epoch's commit gives a node a share.</summary>
    public static bool IsHolder(ServiceEvent.EpochCommit? commit, NodeId node)
    {
        if (commit is null) return false;
        foreach (ShareHolder holder in commit.ShareHolders)
        {
            if (holder.Id == node) return true;
        }

        return false;
    }

    /// <summary>What there is of an epoch; null for nothing.</summary>
    public BeaconKey? Of(ulong epoch)
    {
        foreach (BeaconKey key in keys)
        {
            if (key.Epoch == epoch) return key;
        }

        return null;
    }

    /// <summary>Whether the node can sign with the key of an epoch.</summary>
    public bool Holds(ulong epoch) => Of(epoch) is { Progress: DkgProgress.Committed, HasShare: true };

    /// <summary>With another entry, in place of the epoch's old one.</summary>
    public BeaconKeys With(BeaconKey entry)
    {
        List<BeaconKey> all = [entry];
        foreach (BeaconKey key in keys)
        {
            if (key.Epoch != entry.Epoch) all.Add(key);
        }

        all.Sort((a, b) => a.Epoch.CompareTo(b.Epoch));
        if (all.Count > Kept) all.RemoveAt(0);
        return new BeaconKeys(all);
    }

    /// <summary>After the node's process died: what was in progress has failed (reactor_engine.go).</summary>
    /// <param name="failed">Takes the epochs that this costs the node.</param>
    internal BeaconKeys AfterRestart(ICollection<ulong> failed)
    {
        BeaconKeys left = this;
        foreach (BeaconKey key in keys)
        {
            if (key.Progress != DkgProgress.Started) continue;
            failed.Add(key.Epoch);
            left = left.With(key with { Progress = DkgProgress.Failed });
        }

        return left;
    }

    /// <summary>An epoch is sure to come: what the node came to is checked against it (reactor_engine.go,
    /// handleEpochCommittedPhaseStarted).</summary>
    /// <remarks>A key that the node comes to only afterwards stays unsafe, unless it starts again before the epoch.
    /// </remarks>
    internal BeaconKeys Confirmed(ServiceEvent.EpochCommit commit, NodeId self) =>
        Of(commit.Counter) is not { Progress: DkgProgress.Completed } key ? this
        : With(key with { Progress = Fits(key, commit, self) ? DkgProgress.Committed : DkgProgress.Failed });

    /// <summary>An epoch that governance made up may go on with the current epoch's key (module/dkg/recovery.go).
    /// </summary>
    internal BeaconKeys Recovered(ulong current, ServiceEvent.EpochCommit next, NodeId self) =>
        !Holds(next.Counter) && Holds(current) && Of(current) is { } key && Fits(key, next, self)
            ? With(key with { Epoch = next.Counter })
            : this;

    private static bool Fits(BeaconKey key, ServiceEvent.EpochCommit commit, NodeId self) =>
        key.HasShare && key.GroupKey == commit.GroupKey && IsHolder(commit, self);
}
