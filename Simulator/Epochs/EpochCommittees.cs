using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.ProtocolState;

namespace FlowSim.Epochs;

/// <summary>The committees and leaders of committed epochs, made once for all nodes of a run.</summary>
/// <param name="nodes">How many nodes the run has.</param>
public sealed class EpochCommittees(int nodes)
{
    private readonly Dictionary<ulong, (Committee Committee, LeaderSelection Leaders)> made = [];

    /// <summary>A committed epoch as the chain's core knows it.</summary>
    /// <remarks>A member without a place in the key generation has no share that others could verify.</remarks>
    public CommittedEpoch Of(EpochEntry epoch)
    {
        ulong key = Mix64.Then(epoch.Setup.Key, epoch.Commit!.Key);
        if (made.TryGetValue(key, out var known))
            return new CommittedEpoch(epoch.Timing, known.Committee, known.Leaders);
        HashSet<NodeId> holders = [.. epoch.Commit.ShareHolders.Select(holder => holder.Id)];
        Seat[] seats =
        [
            .. epoch.Setup.Participants.Where(member => member is { Role: Role.Consensus, InitialWeight: > 0 })
                .Select(member => new Seat(member.Id, member.InitialWeight, holders.Contains(member.Id))),
        ];
        CommittedEpoch committed = CommittedEpoch.Of(
            epoch.Timing, Committee.Of(seats, nodes), [.. epoch.Setup.RandomSource]);
        made.Add(key, (committed.Committee, committed.Leaders));
        return committed;
    }

    /// <summary>The epochs that a node knows whose last finalized block has a state.</summary>
    public KnownEpochs Known(CommittedState state)
    {
        EpochState epochs = ((KeyValueSnapshot)state).Epochs;
        List<CommittedEpoch> known = [];
        if (epochs.Previous is { } previous) known.Add(Of(previous));
        known.Add(Of(epochs.Current));
        if (epochs.Next is { Commit: not null } next) known.Add(Of(next));
        return new KnownEpochs(known);
    }
}

/// <summary>What the nodes of a run share about protocol state: pure functions of the chain, computed once.</summary>
/// <param name="Evolutions">What blocks make of their parents' states.</param>
/// <param name="Committees">Committees and leaders.</param>
public sealed record EpochCommons(Evolutions Evolutions, EpochCommittees Committees);
