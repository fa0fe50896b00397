using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>What a node may do (model/flow/identity.go, EpochParticipationStatus).</summary>
public enum ParticipationStatus : byte
{
    /// <summary>It is of the current epoch and takes part.</summary>
    Active,

    /// <summary>It is of the next epoch only: it listens, and is told everything.</summary>
    Joining,

    /// <summary>It was of the previous epoch only and still listens.</summary>
    Leaving,

    /// <summary>It is nobody's partner any longer.</summary>
    Ejected,
}

/// <summary>A node's standing as of a block.</summary>
public readonly record struct Identity(Participant Participant, ParticipationStatus Status);

/// <summary>Who is who as of a block (model/flow/protocol_state.go, BuildIdentityTable).</summary>
public static class IdentityTable
{
    /// <summary>The members of the current epoch, and of the one next to it, ascending.</summary>
    /// <remarks>Once the next epoch is set up its members join, and those of the previous one are gone.</remarks>
    public static IReadOnlyList<Identity> Of(EpochState epochs)
    {
        List<Identity> identities = [];
        Add(identities, epochs.Current, ParticipationStatus.Active, except: null);
        if (epochs.Next is not null) Add(identities, epochs.Next, ParticipationStatus.Joining, epochs.Current);
        else if (epochs.Previous is not null)
            Add(identities, epochs.Previous, ParticipationStatus.Leaving, epochs.Current);
        identities.Sort((a, b) => a.Participant.Id.CompareTo(b.Participant.Id));
        return identities;
    }

    private static void Add(
        List<Identity> into, EpochEntry epoch, ParticipationStatus status, EpochEntry? except)
    {
        var elsewhere = new HashSet<NodeId>();
        foreach (Participant participant in except?.Setup.Participants ?? []) elsewhere.Add(participant.Id);
        foreach (Participant participant in epoch.Setup.Participants)
            if (!elsewhere.Contains(participant.Id))
                into.Add(new Identity(participant,
                    epoch.HasEjected(participant.Id) ? ParticipationStatus.Ejected : status));
    }
}
