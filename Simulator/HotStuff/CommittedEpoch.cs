using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>An epoch that is decided: its views, who votes in them, and who leads them.</summary>
/// <remarks>
/// Committee and leaders are the same objects at all nodes of a run; only the views may differ, while some have heard
/// of an extension and others have not.
/// </remarks>
/// <param name="Timing">Its views, extensions included, and when it should end.</param>
/// <param name="Committee">Who votes.</param>
/// <param name="Leaders">Who leads.</param>
public sealed record CommittedEpoch(EpochTiming Timing, Committee Committee, LeaderSelection Leaders)
{
    /// <summary>The views of a cluster's chain; it has no planned end (committees/leader/cluster.go,
    /// EstimatedSixMonthOfViews).</summary>
    public static readonly EpochTiming ClusterViews = new(new View(0), new View(14_999_999), 15_000_000, 15_000_000);

    private static readonly byte[] ConsensusLeaderCustomizer = [0, 0];

    /// <summary>An epoch of the main chain.</summary>
    /// <param name="timing">Its views and when it should end.</param>
    /// <param name="committee">Who votes.</param>
    /// <param name="randomSource">The 16 bytes of randomness in its setup event, which decide the leaders.</param>
    public static CommittedEpoch Of(EpochTiming timing, Committee committee, byte[] randomSource) =>
        new(timing, committee,
            new LeaderSelection(randomSource, ConsensusLeaderCustomizer, committee.Weights, timing.FirstView));

    /// <summary>The one epoch of a cluster's chain.</summary>
    /// <remarks>Its leaders are drawn from the epoch's random source (committees/leader/cluster.go).</remarks>
    /// <param name="committee">The cluster's members.</param>
    /// <param name="randomSource">The 16 bytes of randomness in the setup event of the main chain's epoch.</param>
    /// <param name="cluster">The cluster's place in that epoch.</param>
    public static CommittedEpoch OfCluster(Committee committee, byte[] randomSource, int cluster) =>
        new(ClusterViews, committee, new LeaderSelection(
            randomSource, ClusterCustomizer(cluster), committee.Weights, ClusterViews.FirstView));

    /// <summary>The epochs of a plan, from a population that says who is a member when.</summary>
    /// <remarks>Epochs without a change between them share one committee.</remarks>
    /// <exception cref="ArgumentException">In some epoch no consensus node has weight.</exception>
    public static IReadOnlyList<CommittedEpoch> Planned(
        IReadOnlyList<NodeSpec> nodes, IReadOnlyList<EpochTiming> timings, Luck luck)
    {
        var planned = new CommittedEpoch[timings.Count];
        for (int epoch = 0; epoch < planned.Length; epoch++)
        {
            var committee = Committee.Of(nodes, epoch);
            if (epoch > 0 && committee.IsSameAs(planned[epoch - 1].Committee))
                committee = planned[epoch - 1].Committee;
            planned[epoch] = Of(timings[epoch], committee, EpochRandomness.Leaders(luck, epoch));
        }

        return planned;
    }

    public bool Contains(View view) => view >= Timing.FirstView && view <= Timing.FinalView;

    /// <summary>The leader of a view; null if it belongs to another epoch.</summary>
    public NodeId? Leader(View view) => Contains(view) ? Committee.Members[Leaders.LeaderIndex(view)] : null;

    private static byte[] ClusterCustomizer(int cluster)
    {
        byte[] customizer = [3, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(customizer.AsSpan(2), (ushort)cluster);
        return customizer;
    }
}
