using System;
using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>Moves planned restarts to later times, so that no more of a role's weight is down than allowed.</summary>
internal static class OfflineLimit
{
    private const long Million = 1_000_000;

    /// <summary>Each restart at the first time, not before its own, at which it fits beside those before it.</summary>
    /// <param name="swaps">In the order of their times.</param>
    /// <param name="nodes">The population.</param>
    /// <param name="perMillion">Share of a role's weight that may be down.</param>
    /// <exception cref="ArgumentException">A node alone is more.</exception>
    public static PlannedSwap[] Keep(List<PlannedSwap> swaps, IReadOnlyList<NodeSpec> nodes, long perMillion)
    {
        var kept = new List<PlannedSwap>();
        foreach (PlannedSwap swap in swaps)
        {
            NodeSpec node = nodes[swap.Node];
            UInt128 limit = TotalOf(node.Role, nodes) * (UInt128)perMillion / Million;
            if (node.Weight > limit)
                throw new ArgumentException($"{node.Name} alone is more than may be down at a time", nameof(swaps));
            List<PlannedSwap> beside = kept.FindAll(other => nodes[other.Node].Role == node.Role);
            SimDuration at = swap.After;
            while (Blocker(swap with { After = at }, beside, nodes, limit - node.Weight) is { } until) at = until;
            kept.Add(swap with { After = at });
        }

        kept.Sort((a, b) => a.After != b.After ? a.After.CompareTo(b.After) : a.Node.CompareTo(b.Node));
        return [.. kept];
    }

    private static UInt128 TotalOf(Chain.Role role, IReadOnlyList<NodeSpec> nodes)
    {
        UInt128 total = 0;
        foreach (NodeSpec node in nodes) total += node.Role == role ? node.Weight : 0;
        return total;
    }

    /// <summary>When the first of those is back who are too many beside a restart; null when it fits.</summary>
    /// <remarks>The weight that is down is greatest when the restart begins or when another one begins during it.
    /// </remarks>
    private static SimDuration? Blocker(
        PlannedSwap swap, List<PlannedSwap> beside, IReadOnlyList<NodeSpec> nodes, UInt128 room)
    {
        if (IsTooMuch(swap.After, beside, nodes, room)) return FirstBack(swap.After, beside);
        foreach (PlannedSwap other in beside)
        {
            if (other.After > swap.After && other.After < swap.Back && IsTooMuch(other.After, beside, nodes, room))
                return FirstBack(other.After, beside);
        }

        return null;
    }

    private static bool IsTooMuch(
        SimDuration at, List<PlannedSwap> beside, IReadOnlyList<NodeSpec> nodes, UInt128 room)
    {
        UInt128 down = 0;
        foreach (PlannedSwap other in beside)
        {
            if (IsDown(other, at)) down += nodes[other.Node].Weight;
        }

        return down > room;
    }

    private static SimDuration FirstBack(SimDuration at, List<PlannedSwap> beside)
    {
        var first = new SimDuration(long.MaxValue);
        foreach (PlannedSwap other in beside)
        {
            if (IsDown(other, at)) first = SimDuration.Min(first, other.Back);
        }

        return first;
    }

    private static bool IsDown(PlannedSwap swap, SimDuration at) => swap.After <= at && at < swap.Back;
}
