using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Contracts;

/// <summary>The system contracts after a block: a value, and a pure step from block to block.</summary>
/// <remarks>
/// flow-core-contracts. A call that does not hold changes nothing: its transaction is reverted.
/// </remarks>
/// <param name="Planner">What epochs are made of.</param>
/// <param name="Clock">The epoch contract.</param>
/// <param name="Clusters">The votes for the clusters of the epoch that was set up last; null before the first. What is
/// in stays until the next setup, but votes are taken only until the epoch is committed.</param>
/// <param name="Dkg">That epoch's key generation; as the votes.</param>
/// <param name="Versions">Versions of the execution software.</param>
/// <param name="Ejected">Who was ejected: whoever emits that takes the node off the table of those staked. An
/// assumption.</param>
public sealed record SystemContracts(
    EpochPlanner Planner, EpochClock Clock, ClusterVoting? Clusters, KeyGeneration? Dkg, VersionTable Versions,
    IReadOnlyList<NodeId> Ejected) : ContractState
{
    /// <summary>The contracts that a chain starts with.</summary>
    /// <param name="planner">What epochs are made of.</param>
    /// <param name="root">The first epoch.</param>
    public static SystemContracts Root(EpochPlanner planner, ServiceEvent.EpochSetup root) =>
        new(planner, EpochClock.In(root), null, null, VersionTable.Empty(planner.Spec.FreezePeriod), []);

    /// <summary>Executes a block: its transactions, then the system's own.</summary>
    /// <param name="view">The block's view.</param>
    /// <param name="height">Its height.</param>
    /// <param name="calls">What its transactions ask, in order.</param>
    /// <returns>The contracts after the block, and the events in order.</returns>
    public (SystemContracts Next, IReadOnlyList<ServiceEvent> Events) Execute(
        View view, Height height, IReadOnlyList<ContractCall> calls)
    {
        List<ServiceEvent> events = [];
        SystemContracts next = this;
        foreach (ContractCall call in calls) next = next.After(call, height, events);
        (VersionTable versions, ServiceEvent.VersionBeacon? beacon) = next.Versions.Heartbeat(height);
        if (beacon is not null)
        {
            events.Add(beacon);
            next = next with { Versions = versions };
        }

        return (next.AdvanceBlock(view, events), events);
    }

    private SystemContracts After(ContractCall call, Height height, List<ServiceEvent> events)
    {
        switch (call)
        {
            case ContractCall.DkgPost post when Clock.Phase == ContractPhase.Setup:
                return this with { Dkg = Dkg!.With(post) };
            case ContractCall.DkgResult result when Clock.Phase == ContractPhase.Setup:
                return this with { Dkg = Dkg!.With(result) };
            case ContractCall.ClusterVote vote when Clock.Phase == ContractPhase.Setup:
                return this with { Clusters = Clusters!.With(vote) };
            case ContractCall.SetBoundary set:
                return this with { Versions = Versions.Set(set.Boundary, height) };
            case ContractCall.DeleteBoundary delete:
                return this with { Versions = Versions.Delete(delete.Height, height) };
            case ContractCall.SetFreezePeriod freeze:
                return this with { Versions = Versions.Freeze(freeze.Blocks, height) };
            case ContractCall.Emit emit:
                events.Add(emit.Event);
                return emit.Event is ServiceEvent.EjectNode eject
                    ? this with { Ejected = [.. Ejected, eject.Id] }
                    : this;
            case ContractCall.RecoverEpoch recover:
                events.Add(recover.Event);
                return this with { Clock = EpochClock.In(recover.Event.Setup) };
            default:
                return this;
        }
    }

    /// <summary>The clock's turn at the end of every block: at most one step (FlowEpoch.cdc, advanceBlock).</summary>
    private SystemContracts AdvanceBlock(View view, List<ServiceEvent> events)
    {
        switch (Clock.Phase)
        {
            case ContractPhase.Staking when view >= Planner.StakingEnd(Clock.Current)
                && Planner.After(Clock.Current, Ejected) is { } setup:
                events.Add(setup);
                return this with
                {
                    Clock = Clock.SetUp(setup),
                    Clusters = ClusterVoting.For(setup),
                    Dkg = KeyGeneration.For(setup, Planner.Spec.DkgSafePercent),
                };
            case ContractPhase.Setup when Clusters!.IsComplete && Dkg!.GroupKey != 0:
                events.Add(EpochPlanner.Commit(Dkg.Epoch, Clusters.Votes, Dkg.GroupKey, Dkg.Members));
                return this with { Clock = Clock with { Phase = ContractPhase.Committed } };
            case ContractPhase.Committed when view >= Clock.Current.Views.FinalView:
                return this with { Clock = EpochClock.In(Clock.Next!) };
            default:
                return this;
        }
    }
}
