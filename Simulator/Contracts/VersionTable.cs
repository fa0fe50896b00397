using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;

namespace FlowSim.Contracts;

/// <summary>From which height on which version of the software may execute (NodeVersionBeacon.cdc).</summary>
/// <remarks>
/// Never changed: each call makes another object. The contract compares with the height that is executed, and never
/// looks at whether nodes are ready, or what they have heard.
/// </remarks>
public sealed record VersionTable
{
    private VersionTable(IReadOnlyList<VersionBoundary> boundaries, ulong freezePeriod) =>
        (Boundaries, FreezePeriod) = (boundaries, freezePeriod);

    /// <summary>By height; the first stands for no version at all.</summary>
    public IReadOnlyList<VersionBoundary> Boundaries { get; private init; }

    /// <summary>Place of the first boundary that no heartbeat has passed; the count when there is none.</summary>
    public int Upcoming { get; private init; } = 1;

    /// <summary>Blocks before a boundary in which it cannot change.</summary>
    public ulong FreezePeriod { get; private init; }

    /// <summary>Number of the next beacon.</summary>
    public ulong Sequence { get; private init; }

    /// <summary>Whether the next heartbeat has something to say.</summary>
    public bool IsDirty { get; private init; }

    /// <summary>A table without versions.</summary>
    public static VersionTable Empty(ulong freezePeriod) => new([new VersionBoundary(default, "0.0.0")], freezePeriod);

    /// <summary>Adds a boundary, or gives one another version; the same object if it is too near.</summary>
    public VersionTable Set(VersionBoundary boundary, Height at)
    {
        if (!IsBeyond(boundary.Height, at, FreezePeriod)) return this;
        List<VersionBoundary> next = [.. Boundaries.Where(other => other.Height != boundary.Height), boundary];
        next.Sort((a, b) => a.Height.CompareTo(b.Height));
        return this with { Boundaries = next, IsDirty = true };
    }

    /// <summary>Takes a boundary back; the same object if it is too near, or there is none.</summary>
    public VersionTable Delete(Height height, Height at)
    {
        if (!IsBeyond(height, at, FreezePeriod)) return this;
        VersionBoundary[] next = [.. Boundaries.Where(other => other.Height != height)];
        return next.Length < Boundaries.Count ? this with { Boundaries = next, IsDirty = true } : this;
    }

    /// <summary>Changes the freeze period; the same object if a boundary is within the old or the new one.</summary>
    public VersionTable Freeze(ulong blocks, Height at) =>
        Upcoming == Boundaries.Count || IsBeyond(Boundaries[Upcoming].Height, at, ulong.Max(FreezePeriod, blocks))
            ? this with { FreezePeriod = blocks }
            : this;

    /// <summary>The system's own call in every block: says what changed in it, a boundary passed included.</summary>
    /// <param name="at">The height that is executed.</param>
    /// <returns>The table and its beacon; null when there is nothing to say.</returns>
    public (VersionTable Next, ServiceEvent.VersionBeacon? Beacon) Heartbeat(Height at)
    {
        int upcoming = Upcoming;
        while (upcoming < Boundaries.Count && Boundaries[upcoming].Height <= at) upcoming++;
        if (upcoming == Upcoming && !IsDirty) return (this, null);
        var beacon = new ServiceEvent.VersionBeacon([.. Boundaries.Skip(upcoming - 1)], Sequence);
        return (this with { Upcoming = upcoming, Sequence = Sequence + 1, IsDirty = false }, beacon);
    }

    private static bool IsBeyond(Height height, Height at, ulong blocks) =>
        height > at && height.Value - at.Value > blocks;
}
