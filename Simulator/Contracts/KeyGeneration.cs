using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Contracts;

/// <summary>The whiteboard of an epoch's key generation and what its participants came to (FlowDKG.cdc).</summary>
/// <remarks>Never changed: each message makes another object.</remarks>
public sealed class KeyGeneration
{
    private KeyGeneration(ulong epoch, IReadOnlyList<NodeId> participants, int threshold,
        IReadOnlyList<ContractCall.DkgPost> whiteboard, IReadOnlyList<ContractCall.DkgResult> results) =>
        (Epoch, Members, Threshold, Whiteboard, Results) = (epoch, participants, threshold, whiteboard, results);

    /// <summary>The epoch that the key is for.</summary>
    public ulong Epoch { get; }

    /// <summary>Its consensus nodes with weight, ascending.</summary>
    public IReadOnlyList<NodeId> Members { get; }

    /// <summary>More than so many must come to the same.</summary>
    public int Threshold { get; }

    /// <summary>What was written, in order.</summary>
    public IReadOnlyList<ContractCall.DkgPost> Whiteboard { get; }

    /// <summary>Each participant's first statement of its result, in order.</summary>
    public IReadOnlyList<ContractCall.DkgResult> Results { get; }

    /// <summary>The key that enough participants came to; 0 before.</summary>
    public ulong GroupKey { get; private init; }

    /// <summary>Begins the key generation of an epoch.</summary>
    /// <param name="setup">The epoch.</param>
    /// <param name="safePercent">As in <see cref="ContractsSpec.DkgSafePercent"/>.</param>
    public static KeyGeneration For(ServiceEvent.EpochSetup setup, int safePercent)
    {
        NodeId[] members = Participants.WithWeight(setup.Participants, Role.Consensus);
        return new KeyGeneration(setup.Counter, members, ThresholdOf(members.Length, safePercent), [], []);
    }

    /// <summary>⌊(n-1)/2⌋, or the safe share of n if that is more.</summary>
    public static int ThresholdOf(int members, int safePercent) =>
        int.Max((members - 1) / 2, members * safePercent / 100);

    /// <summary>Whether a participant has stated its result.</summary>
    public bool HasResultOf(NodeId node)
    {
        foreach (ContractCall.DkgResult result in Results)
            if (result.From == node) return true;
        return false;
    }

    /// <summary>After a message; the same object if its author may not write now.</summary>
    public KeyGeneration With(ContractCall.DkgPost post) => post.Epoch == Epoch && IsMember(post.From)
        ? new KeyGeneration(Epoch, Members, Threshold, [.. Whiteboard, post], Results) { GroupKey = GroupKey }
        : this;

    /// <summary>After a result; the same object if its author may not state one, or has.</summary>
    public KeyGeneration With(ContractCall.DkgResult result)
    {
        if (result.Epoch != Epoch || !IsMember(result.From) || HasResultOf(result.From)) return this;
        ContractCall.DkgResult[] results = [.. Results, result];
        int equal = 0;
        foreach (ContractCall.DkgResult other in results)
            if (other.GroupKey == result.GroupKey) equal++;
        bool isEnough = GroupKey == 0 && result.GroupKey != 0 && equal > Threshold;
        return new KeyGeneration(Epoch, Members, Threshold, Whiteboard, results)
        {
            GroupKey = isEnough ? result.GroupKey : GroupKey,
        };
    }

    private bool IsMember(NodeId node) => Participants.Contains(Members, node);
}
