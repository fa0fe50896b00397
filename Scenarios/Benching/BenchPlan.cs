using System;
using System.Collections.Generic;

namespace FlowSim.Scenarios.Benching;

/// <summary>How much a benchmark does: what is measured is the same, only shorter in a smoke test.</summary>
/// <param name="Sizes">Committees without faults.</param>
/// <param name="OfflineSizes">Committees with a share of nodes off; each lost view costs the square of these.</param>
/// <param name="ShippedSizes">Committees without faults and with the timeout as shipped.</param>
/// <param name="Repeats">Measurements of each figure, each under a seed of its own.</param>
/// <param name="Messages">Deliveries a measurement aims at; views follow from it.</param>
/// <param name="FewestViews">Views of a measurement at least.</param>
/// <param name="MemoryViews">Views of the shorter of the two runs whose memory is compared.</param>
/// <param name="WeekViews">Views of mainnet from which its week is extrapolated.</param>
/// <param name="HoldEvents">Events of the bare loop.</param>
/// <param name="RolesViews">Views of the shorter of two runs of all five roles.</param>
/// <param name="Rounds">Rounds of one worker, both, the other.</param>
public sealed record BenchPlan(
    IReadOnlyList<int> Sizes, IReadOnlyList<int> OfflineSizes, IReadOnlyList<int> ShippedSizes, int Repeats,
    long Messages, long FewestViews, long MemoryViews, long WeekViews, long HoldEvents, long RolesViews,
    int Rounds)
{
    /// <summary>Mainnet's committee and its views in a week (Scenarios/Profiles/mainnet-2024.yaml).</summary>
    public const int MainnetNodes = 94;

    /// <inheritdoc cref="MainnetNodes"/>
    public const long WeekOfViews = 756_000;

    /// <summary>The share of nodes that are off in the measurements with faults.</summary>
    public const double OfflineShare = 0.15;

    /// <summary>Some six minutes on a 2020s core.</summary>
    public static readonly BenchPlan Default =
        new([64, 100, 128, 256, 512, 1024], [64, 100, 128, 256], [100, 512], 3, 1_500_000, 30, 22_000, 15_000,
            5_000_000, 500, 12);

    /// <summary>Seconds; shows that everything works, says little about speed.</summary>
    public static readonly BenchPlan Quick = new([16, 32, 64], [16, 32], [16], 2, 5_000, 20, 100, 100, 100_000, 10, 2);

    /// <summary>Views of a measurement of so many nodes.</summary>
    public long ViewsOf(int nodes, bool withFaults) =>
        Math.Max(FewestViews, (long)(Messages / MessagesPerView(nodes, withFaults)));

    /// <summary>A view costs a proposal to all and a vote from all; a lost one a timeout from all to all.</summary>
    private static double MessagesPerView(int nodes, bool withFaults)
    {
        double online = withFaults ? 1 - OfflineShare : 1;
        double kept = online * online;
        return kept * 2 * online * nodes + (1 - kept) * online * online * nodes * nodes;
    }
}
