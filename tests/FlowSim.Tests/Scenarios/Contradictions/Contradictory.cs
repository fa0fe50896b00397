using System;
using System.Collections.Generic;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios.Contradictions;

/// <summary>Upgrades without a contradiction, to be edited.</summary>
internal static class Contradictory
{
    /// <summary>At a height; who joins, who leaves, every kind of act.</summary>
    public const string AtHeight = """
        format: 1
        scenarios:
          - name: first
            question: Why?
            profile: mainnet-2025
            nodes: { consensus: 7, collection: 4, execution: 4, verification: 6, access: 3 }
            pipeline: { clusters: 1, workload: { rate: 0.5 } }
            epoch: { views: 300, target-view-time: 800ms }
            protocol:
              staking-views: 170
              dkg-phase-views: 15
              safety-threshold: 30
              extension-views: 100
              members:
                - { of: { nodes: [execution-004] }, joins: 1 }
                - { of: { nodes: [access-002] }, leaves-after: 0 }
              governance:
                - { at: 1s, freeze-period: 10 }
                - { at: 20s, version-boundary: { height: 80, version: 0.42.0 } }
            upgrade:
              strategy: { name: hcu, verifiers: flag, stop-height: 80 }
              images:
                - { name: old, version: 0.41.0 }
                - { name: new, version: 0.42.0, behaviours: [ { name: metering, sensitivity: 0.5 } ] }
                - { name: newer, version: 0.43.0 }
              initial:
                - { image: new, of: { role: access } }
                - { image: newer, of: { nodes: [access-001] } }
              releases:
                - { image: new, at: 30s }
                - { image: newer, at: 60s }
              rollouts:
                - image: new
                  of: { role: verification }
                  from: 40s
                  window: 30s
                  waves: [ { canaries: 1, soak: 10s }, { share: 50%, soak: 10s }, { rest: true } ]
                  gate: true
                  lead: 20s
                - { image: newer, of: { role: consensus }, from: 200s, never: 10%, wrong: { share: 10%, image: new } }
              mistakes:
                - { act: swap, of: { nodes: [execution-001] }, at: 50s, image: new }
                - { act: restore-backup, of: { nodes: [execution-002] }, at: 150s, backup: 60s }
                - { act: stage, of: { role: execution, count: 1 }, at: 60s, image: new }
                - { act: crash, of: { nodes: [execution-004, access-002] }, at: 160s }
              operators: { downtime: 10s, asleep: 10%, asleep-delay: 1h, execution-crash-every: 10h }
            seeds: 1..2
            duration: { time: 300s }
            sets: [ { name: one } ]
        """;

    /// <summary>By a version of the protocol state.</summary>
    public const string ByVersion = """
        format: 1
        scenarios:
          - name: first
            question: Why?
            profile: mainnet-2025
            nodes: { consensus: 7, collection: 4, execution: 4, verification: 6, access: 3 }
            pipeline: { clusters: 1, workload: { rate: 0.5 } }
            epoch: { views: 300, target-view-time: 800ms }
            protocol:
              staking-views: 170
              dkg-phase-views: 15
              safety-threshold: 30
              extension-views: 100
              governance:
                - { at: 20s, protocol-version: { version: 3, view: 120 } }
            upgrade:
              strategy: { name: protocol-version }
              images:
                - { name: old, version: 0.41.0, protocol-versions: [0, 2] }
                - name: new
                  version: 0.42.0
                  protocol-versions: [0, 3]
                  behaviours:
                    - { name: metering, sensitivity: 0.5, protocol-version: 3 }
                    - { name: cheaper, sensitivity: 0.1 }
              rollouts:
                - { image: new, of: { role: execution }, from: 10s, window: 20s }
                - { image: new, of: { role: verification }, from: 40s, window: 20s }
              mistakes:
                - { act: swap, of: { nodes: [execution-001] }, at: 50s, image: old }
              specified: [ { image: new, from-protocol-version: 3 } ]
            seeds: 1..2
            duration: { views: 250 }
            sets: [ { name: one } ]
        """;

    /// <summary>Asserts that an edit makes a mistake, with its place and words.</summary>
    public static void AssertRefused(string text, string from, string to, string message)
    {
        using Written files = new Written().With("s.yaml", Edited(text, from, to));
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    /// <summary>The runs of an edited text, which is right.</summary>
    public static IReadOnlyList<PlannedRun> Planned(string text, string from, string to) =>
        Plan.Of(Written.Load(Edited(text, from, to)));

    private static string Edited(string text, string from, string to)
    {
        string edited = text.Replace(from, to, StringComparison.Ordinal);
        Assert.That(edited, Is.Not.EqualTo(text), "the edit must change something");
        return edited;
    }
}
