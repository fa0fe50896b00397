using System;
using System.Globalization;

namespace FlowSim.Scenarios.Benching;

/// <summary>The worlds that are measured: mainnet-2024, consensus nodes only.</summary>
/// <remarks>
/// Without faults the timeout is 2.5 s: with the shipped 1,045 ms the farthest nodes of a large committee give up on
/// some of the longest views, each at the cost of a message to everybody, and growth would measure that.
/// </remarks>
public static class BenchWorld
{
    /// <summary>A committee of so many nodes for so many views, in an epoch not much longer.</summary>
    /// <param name="nodes">Consensus nodes.</param>
    /// <param name="views">Views to pass.</param>
    /// <param name="seed">Decides everything else.</param>
    /// <param name="offline">Share of nodes that are off all the time.</param>
    /// <param name="isPatient">Whether the timeout is 2.5 s, else the shipped one.</param>
    public static RunSpec Of(int nodes, long views, ulong seed, double offline = 0, bool isPatient = false) =>
        Plan.Of(File(nodes, views, FormattableString.Invariant($"[{seed}]"), offline, isPatient))[0].Spec;

    /// <summary>The same under several seeds, as a scenario.</summary>
    /// <param name="seeds">Seeds as a scenario has them.</param>
    public static ScenarioFile File(int nodes, long views, string seeds, double offline = 0, bool isPatient = false)
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
                parameters: { hotstuff-min-timeout: {{(isPatient ? 2500 : 1045)}}ms }
                epoch: { views: {{5 * (views / 5 + 20)}}, target-view-time: 800ms }
                seeds: {{seeds}}
                duration: { views: {{views}} }
                sets: [ { name: shipped } ]
            """) + faults;
        return ScenarioFile.Of("bench", text);
    }
}
