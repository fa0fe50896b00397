using System.Collections.Generic;
using System.Linq;
using FlowSim.Upgrades;

namespace FlowSim.Epochs;

/// <summary>What a node in a world with a protocol state has written beside the chain's core.</summary>
/// <param name="Role">The engine of its role's.</param>
/// <param name="Parts">What each part wrote, in the order of the parts.</param>
/// <param name="Beacons">The version beacons that it indexed.</param>
public sealed record KeeperDisk(
    object? Role, IReadOnlyList<object?> Parts, IReadOnlyList<SealedBeacon> Beacons)
{
    /// <summary>The same without the private keys of the random beacon.</summary>
    public KeeperDisk WithoutKeys() =>
        this with { Parts = [.. Parts.Select(part => part is BeaconKeys ? BeaconKeys.None : part)] };
}
