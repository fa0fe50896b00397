using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Upgrades;

/// <summary>A beacon, and the finalized block whose seals brought it.</summary>
/// <param name="Beacon">The beacon, a valid one.</param>
/// <param name="SealHeight">Height of the block that sealed it.</param>
public sealed record SealedBeacon(ServiceEvent.VersionBeacon Beacon, Height SealHeight);

/// <summary>The beacons that a node has indexed (flow-go storage, VersionBeacons).</summary>
/// <remarks>It knows what the node has finalized, and nothing of forks. A block keeps its last valid beacon.</remarks>
public sealed class SealedBeacons
{
    private readonly List<SealedBeacon> byHeight = [];

    /// <summary>What there is to write to disk, by height.</summary>
    public IReadOnlyList<SealedBeacon> ToList() => [.. byHeight];

    /// <summary>Indexes a beacon; the last one at a height counts.</summary>
    public void Add(SealedBeacon beacon)
    {
        int at = After(beacon.SealHeight);
        if (at > 0 && byHeight[at - 1].SealHeight == beacon.SealHeight) byHeight[at - 1] = beacon;
        else byHeight.Insert(at, beacon);
    }

    /// <summary>The newest beacon sealed at or below a height; none if there is none.</summary>
    public SealedBeacon? Highest(Height height)
    {
        int at = After(height);
        return at == 0 ? null : byHeight[at - 1];
    }

    /// <summary>Indexes the last valid beacon among a finalized block's events (badger/mutator.go).</summary>
    /// <param name="height">The block's height.</param>
    /// <param name="events">The service events of its seals, by ascending height.</param>
    public void AddLastOf(Height height, IReadOnlyList<ServiceEvent> events)
    {
        for (int i = events.Count - 1; i >= 0; i--)
        {
            if (events[i] is not ServiceEvent.VersionBeacon beacon || !BeaconValidity.IsValid(beacon)) continue;
            Add(new SealedBeacon(beacon, height));
            return;
        }
    }

    private int After(Height height)
    {
        int at = byHeight.Count;
        while (at > 0 && byHeight[at - 1].SealHeight > height) at--;
        return at;
    }
}
