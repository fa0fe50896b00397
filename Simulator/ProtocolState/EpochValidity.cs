using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>What is wrong with an event that would prepare the next epoch; none when it is valid.</summary>
public enum EpochEventFault : byte
{
    None,
    NextEpochPresent,
    WrongCounter,
    WrongFirstView,
    WrongRandomSource,
    ViewsOutOfOrder,
    DuplicateParticipant,
    ParticipantsOutOfOrder,
    RoleMissing,
    BadClusters,
    NoSetup,
    CommittedAlready,
    WrongClusterVotes,
    NoGroupKey,
    WrongShares,
    TooFewShareHolders,
    EjectedReadmitted,
    TooLate,
    NotInFallback,
}

/// <summary>When events that prepare an epoch are valid (flow-go state/protocol/validity.go).</summary>
public static class EpochValidity
{
    private const int RandomSourceBytes = 16;

    private static readonly Role[] NeededRoles = [Role.Consensus, Role.Collection, Role.Execution, Role.Verification];

    /// <summary>Members of the committee who must hold a share of the key, of so many shares:
    /// ⌊0.62 n⌋ (state/protocol/defaults.go).</summary>
    public static int RandomBeaconSafetyThreshold(int shares) => shares * 62 / 100;

    /// <summary>Whether a setup may follow the current epoch.</summary>
    public static EpochEventFault OfExtending(ServiceEvent.EpochSetup setup, EpochState epochs) =>
        epochs.Next is not null ? EpochEventFault.NextEpochPresent
        : setup.Counter != epochs.Current.Counter + 1 ? EpochEventFault.WrongCounter
        : setup.Views.FirstView != epochs.Current.FinalView.Next ? EpochEventFault.WrongFirstView
        : Of(setup);

    /// <summary>Whether a setup is sound in itself.</summary>
    public static EpochEventFault Of(ServiceEvent.EpochSetup setup)
    {
        if (setup.RandomSource.Count != RandomSourceBytes) return EpochEventFault.WrongRandomSource;
        EpochViews v = setup.Views;
        if (v.FirstView >= v.Phase1Final || v.Phase1Final >= v.Phase2Final || v.Phase2Final >= v.Phase3Final
            || v.Phase3Final >= v.FinalView)
            return EpochEventFault.ViewsOutOfOrder;
        EpochEventFault fault = Of(setup.Participants);
        return fault != EpochEventFault.None ? fault
            : FormPartition(setup) ? EpochEventFault.None : EpochEventFault.BadClusters;
    }

    /// <summary>Whether a commit completes a setup.</summary>
    public static EpochEventFault Of(ServiceEvent.EpochCommit commit, ServiceEvent.EpochSetup setup)
    {
        if (commit.ClusterVotes.Count != setup.Clusters.Count) return EpochEventFault.WrongClusterVotes;
        if (commit.Counter != setup.Counter) return EpochEventFault.WrongCounter;
        if (commit.GroupKey == 0) return EpochEventFault.NoGroupKey;
        int shares = commit.ShareHolders.Count;
        if (shares != commit.ParticipantKeys.Count || !AreNumberedThrough(commit.ShareHolders))
            return EpochEventFault.WrongShares;
        return MembersAmong(commit.ShareHolders, setup) >= RandomBeaconSafetyThreshold(shares)
            ? EpochEventFault.None
            : EpochEventFault.TooFewShareHolders;
    }

    private static EpochEventFault Of(IReadOnlyList<Participant> participants)
    {
        var seen = new HashSet<NodeId>();
        bool isOrdered = true;
        for (int i = 0; i < participants.Count; i++)
        {
            if (!seen.Add(participants[i].Id)) return EpochEventFault.DuplicateParticipant;
            isOrdered &= i == 0 || participants[i - 1].Id.CompareTo(participants[i].Id) < 0;
        }

        if (!isOrdered) return EpochEventFault.ParticipantsOutOfOrder;
        return Array.TrueForAll(NeededRoles, role => HasActive(participants, role))
            ? EpochEventFault.None
            : EpochEventFault.RoleMissing;
    }

    private static bool HasActive(IReadOnlyList<Participant> participants, Role role)
    {
        foreach (Participant participant in participants)
            if (participant.Role == role && participant.InitialWeight > 0) return true;
        return false;
    }

    /// <summary>Each collection node with weight is in one cluster, and nobody else; none is empty or out of order.
    /// </summary>
    private static bool FormPartition(ServiceEvent.EpochSetup setup)
    {
        var unassigned = new HashSet<NodeId>();
        foreach (Participant participant in setup.Participants)
            if (participant is { Role: Role.Collection, InitialWeight: > 0 }) unassigned.Add(participant.Id);
        foreach (IReadOnlyList<NodeId> cluster in setup.Clusters)
        {
            if (cluster.Count == 0) return false;
            for (int i = 0; i < cluster.Count; i++)
                if (!unassigned.Remove(cluster[i]) || (i > 0 && cluster[i - 1].CompareTo(cluster[i]) >= 0))
                    return false;
        }

        return unassigned.Count == 0;
    }

    private static bool AreNumberedThrough(IReadOnlyList<ShareHolder> holders)
    {
        bool[] taken = new bool[holders.Count];
        foreach (ShareHolder holder in holders)
        {
            if ((uint)holder.Index >= (uint)taken.Length || taken[holder.Index]) return false;
            taken[holder.Index] = true;
        }

        return true;
    }

    private static int MembersAmong(IReadOnlyList<ShareHolder> holders, ServiceEvent.EpochSetup setup)
    {
        var committee = new HashSet<NodeId>();
        foreach (Participant participant in setup.Participants)
            if (participant is { Role: Role.Consensus, InitialWeight: > 0 }) committee.Add(participant.Id);
        int members = 0;
        foreach (ShareHolder holder in holders)
            if (committee.Contains(holder.Id)) members++;
        return members;
    }
}
