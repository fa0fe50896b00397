using System;
using System.Globalization;

namespace FlowSim.Scenarios.Benching;

/// <summary>The worlds that are measured: mainnet-2024, consensus nodes only.</summary>
/// <remarks>
/// The uplink is wide: at the profile's 1 Gbit/s the copies of one proposal to 1,023 nodes take 164 ms, which is more
/// than the 135 ms between the longest view and the timeout, so that views at the upper limit are given up.
/// </remarks>
public static class BenchWorld
{
    /// <summary>A committee of so many nodes for so many views, in an epoch not much longer.</summary>
    /// <param name="nodes">Consensus nodes.</param>
    /// <param name="views">Views to pass.</param>
    /// <param name="seed">Decides everything else.</param>
    /// <param name="offline">Share of nodes that are off all the time.</param>
    public static RunSpec Of(int nodes, long views, ulong seed, double offline = 0)
    {
        string faults = offline == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture,
                $"\n    faults: [ {{ crash: {{ role: consensus, share: {offline:P0} }}, during: 0s..100000000s }} ]")
                .Replace(" %", "%", StringComparison.Ordinal);
        string text = string.Create(CultureInfo.InvariantCulture, $$"""
            format: 1
            scenarios:
              - name: bench
                question: How fast?
                profile: mainnet-2024
                nodes: { consensus: {{nodes}}, collection: 0, execution: 0, verification: 0, access: 0 }
                network: { uplink: 100Gbps }
                epoch: { views: {{5 * (views / 5 + 20)}}, target-view-time: 800ms }
                seeds: [{{seed}}]
                duration: { views: {{views}} }
                sets: [ { name: shipped } ]
            """) + faults;
        return Plan.Of(ScenarioFile.Of("bench", text))[0].Spec;
    }
}
