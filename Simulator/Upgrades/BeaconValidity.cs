using FlowSim.Chain;

namespace FlowSim.Upgrades;

/// <summary>Which version beacons nodes take notice of (flow-go model/flow/version_beacon.go).</summary>
public static class BeaconValidity
{
    /// <summary>Whether there are boundaries, each a version at a greater height and not of a lower version than the
    /// one before.</summary>
    public static bool IsValid(ServiceEvent.VersionBeacon beacon)
    {
        if (beacon.Boundaries.Count == 0) return false;
        (Height height, SemanticVersion? version) = (default, null);
        foreach (VersionBoundary boundary in beacon.Boundaries)
        {
            if (SemanticVersion.Parse(boundary.Version) is not { } parsed) return false;
            if (version is not null && (boundary.Height <= height || parsed.CompareTo(version) < 0)) return false;
            (height, version) = (boundary.Height, parsed);
        }

        return true;
    }
}
