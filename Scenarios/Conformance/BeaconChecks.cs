using System.Collections.Generic;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Recorded;

/// <summary>Which version beacons are valid.</summary>
internal sealed class BeaconChecks : IFamily
{
    public string Name => "version-beacon-validate";

    public void Replay(JsonElement file, Comparison comparison) => comparison.EachCase(file, c =>
        comparison.Same("valid", c.Flag("valid"), BeaconValidity.IsValid(Beacon(c, 0))));

    /// <summary>The beacon of a recording.</summary>
    public static ServiceEvent.VersionBeacon Beacon(JsonElement json, ulong sequence)
    {
        List<VersionBoundary> boundaries = [];
        foreach (JsonElement b in json.Get("boundaries").EnumerateArray())
            boundaries.Add(new VersionBoundary(new Height(b.Unsigned("blockHeight")), b.Text("version")));
        return new ServiceEvent.VersionBeacon(boundaries, sequence);
    }
}
