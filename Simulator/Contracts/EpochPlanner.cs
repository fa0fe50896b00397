using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Contracts;

/// <summary>Makes the events that prepare epochs, of the planned members and the configured lengths.</summary>
/// <param name="Table">Who is in which epoch.</param>
/// <param name="Spec">How long its phases are.</param>
public sealed record EpochPlanner(EpochTable Table, ContractsSpec Spec)
{
    /// <summary>The last view of an epoch's staking auction (FlowEpoch.cdc, stakingEndView).</summary>
    public View StakingEnd(ServiceEvent.EpochSetup epoch) =>
        new(epoch.Views.FirstView.Value + Spec.StakingViews - 1);

    /// <summary>The epoch that a chain starts with.</summary>
    /// <param name="first">Its first view: the root block's.</param>
    /// <param name="final">Its last view.</param>
    /// <param name="durationSeconds">Planned length, whole seconds.</param>
    /// <param name="endSeconds">Planned end, whole seconds.</param>
    public ServiceEvent.EpochSetup Root(View first, View final, ulong durationSeconds, ulong endSeconds) =>
        Setup(0, first, final, durationSeconds, endSeconds, []);

    /// <summary>What makes the first epoch complete: everybody voted, everybody has a key.</summary>
    public static ServiceEvent.EpochCommit RootCommit(ServiceEvent.EpochSetup root)
    {
        NodeId[] committee = Participants.WithWeight(root.Participants, Role.Consensus);
        ulong key = 96;
        foreach (byte b in root.RandomSource) key = Mix64.Then(key, b);
        return Commit(root.Counter, root.Clusters, key, committee);
    }

    /// <summary>What completes an epoch, with one share of the key for each participant in order.</summary>
    /// <remarks>flow-go's index map; a share's public key stands for a hash.</remarks>
    public static ServiceEvent.EpochCommit Commit(
        ulong counter, IReadOnlyList<IReadOnlyList<NodeId>> votes, ulong groupKey, IReadOnlyList<NodeId> participants)
    {
        ulong[] shares = new ulong[participants.Count];
        var holders = new ShareHolder[participants.Count];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = Mix64.Then(groupKey, (ulong)i);
            holders[i] = new ShareHolder(participants[i], i);
        }

        return new ServiceEvent.EpochCommit(counter, votes, groupKey, shares, holders);
    }

    /// <summary>The epoch after another.</summary>
    /// <remarks>The fixed schedule of FlowEpoch.cdc: as long after the end of the one before as an epoch should last.
    /// A recovered epoch moves the schedule with it.</remarks>
    /// <param name="before">The epoch before.</param>
    /// <param name="without">Who was ejected meanwhile.</param>
    /// <returns>The setup; null when no such epoch is planned.</returns>
    public ServiceEvent.EpochSetup? After(ServiceEvent.EpochSetup before, IReadOnlyList<NodeId> without) =>
        before.Counter + 1 < (ulong)Table.Count
            ? Setup(before.Counter + 1, before.Views.FinalView.Next, Final(before.Views.FinalView.Next),
                Spec.TargetDurationSeconds, before.TargetEndTimeSeconds + Spec.TargetDurationSeconds, without)
            : null;

    /// <summary>What governance makes up when the contracts failed to prepare an epoch.</summary>
    /// <remarks>
    /// FlowEpoch.cdc, recoverEpoch, with what flow-go's tools prepare for it: the planned members, certificates signed
    /// by whole clusters, and the keys of the group that has some. Beyond the plan it takes the last planned members.
    /// </remarks>
    /// <param name="counter">Number of the epoch.</param>
    /// <param name="first">Its first view: the one after the current epoch, extensions included.</param>
    /// <param name="keys">The current epoch's commit: its keys are used again.</param>
    /// <param name="endSeconds">Planned end of the current epoch, extensions included, whole seconds.</param>
    /// <param name="without">Who is ejected and may not come back.</param>
    public ServiceEvent.EpochRecover Recovery(ulong counter, View first, ServiceEvent.EpochCommit keys,
        ulong endSeconds, IReadOnlyList<NodeId> without)
    {
        ServiceEvent.EpochSetup setup = Setup(counter, first, Final(first), Spec.TargetDurationSeconds,
            endSeconds + Spec.TargetDurationSeconds, without);
        return new ServiceEvent.EpochRecover(setup, keys with { Counter = counter, ClusterVotes = setup.Clusters });
    }

    private View Final(View first) => new(first.Value + Spec.Views - 1);

    private ServiceEvent.EpochSetup Setup(ulong counter, View first, View final, ulong durationSeconds,
        ulong endSeconds, IReadOnlyList<NodeId> without)
    {
        PlannedEpoch planned = Table[(int)ulong.Min(counter, (ulong)Table.Count - 1)];
        ulong phase = first.Value + Spec.StakingViews - 1;
        var views = new EpochViews(first, new View(phase += Spec.DkgPhaseViews),
            new View(phase += Spec.DkgPhaseViews), new View(phase + Spec.DkgPhaseViews), final);
        bool all = without.Count == 0;
        return new ServiceEvent.EpochSetup(counter, views,
            all ? planned.Members : [.. planned.Members.Where(m => !Participants.Contains(without, m.Id))],
            all ? planned.Clusters : [.. planned.Clusters.Select(Left)], planned.RandomSource, durationSeconds,
            endSeconds);

        IReadOnlyList<NodeId> Left(IReadOnlyList<NodeId> cluster) =>
            [.. cluster.Where(node => !Participants.Contains(without, node))];
    }
}
