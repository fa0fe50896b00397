using System;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Faults;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Epochs out of the chain in scenario files.</summary>
public sealed class ProtocolFormatTests
{
    private const string Good = """
        format: 1
        scenarios:
          - name: first
            question: Why?
            profile: mainnet-2025
            nodes: { consensus: 7, collection: 4, execution: 3, verification: 4, access: 2 }
            pipeline: { clusters: 2, workload: { rate: 1 } }
            epoch: { views: 500, target-view-time: 800ms }
            protocol:
              staking-views: 20
              dkg-phase-views: 90
              safety-threshold: 50
              extension-views: 200
              ejection: at-switchover
              join-phase: committed
              members:
                - { of: { role: consensus, count: 2 }, joins: 1 }
                - { of: { role: consensus, count: 1 }, leaves-after: 0 }
              governance:
                - { at: 10s, eject: { nodes: [verification-004] } }
                - { at: 20s, recover: { counter-ahead: 1 } }
                - { at: 30s, version-boundary: { height: 90, version: 0.42.0 } }
            faults:
              - { crash: { nodes: [consensus-001] }, during: 10s..20s, loses: keys }
            seeds: 1..2
            duration: { epochs: 1 }
            sets: [ { name: one } ]
        """;

    [Test]
    public void A_protocol_means_what_it_says()
    {
        RunSpec spec = Plan.Of(Written.Load(Good))[0].Spec;
        ProtocolSpec protocol = spec.Protocol!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((protocol.StakingViews, protocol.DkgPhaseViews, protocol.SafetyThreshold,
                protocol.ExtensionViews), Is.EqualTo((20, 90, 50, 200)));
            Assert.That(protocol.Ejection, Is.EqualTo(EjectionRule.AtSwitchover));
            Assert.That(protocol.Joining.Phase, Is.EqualTo(JoinPhase.Committed));
            Assert.That(spec.Nodes.Count(node => node.FirstEpoch == 1), Is.EqualTo(2));
            Assert.That(spec.Nodes.Count(node => node.LastEpoch == 0), Is.EqualTo(1));
            Assert.That(spec.Nodes.Where(node => node.FirstEpoch == 1 || node.LastEpoch == 0).Select(node => node.Role),
                Is.All.EqualTo(Role.Consensus));
            Assert.That(protocol.Governance.Select(act => act.At.TotalSeconds), Is.EqualTo(new[] { 10, 20, 30 }));
            Assert.That(protocol.Governance[1].Call, Is.EqualTo(new ContractCall.Recover(1, 0)));
            Assert.That(spec.NodeFaults.OfType<NodeFault.Crash>().Single().Loses, Is.EqualTo(DiskLoss.BeaconKeys));
        }
    }

    [Test]
    public void Every_word_of_it_decides_the_parameters()
    {
        foreach ((string word, string other) in ((string, string)[])
            [("staking-views: 20", "staking-views: 21"), ("at-switchover", "at-seal"), ("committed", "setup"),
                ("count: 2 }, joins: 1", "count: 2 }, joins: 2"), ("counter-ahead: 1", "counter-ahead: 2"),
                ("height: 90", "height: 91"), ("loses: keys", "loses: everything")])
        {
            string changed = Good.Replace(word, other, StringComparison.Ordinal);
            Assert.That(HashOf(changed), Is.Not.EqualTo(HashOf(Good)), word);
        }
    }

    [TestCase("pipeline: { clusters: 2, workload: { rate: 1 } }", "pipeline: { clusters: 5, workload: { rate: 1 } }",
        "s.yaml:7:15: the pipeline needs 5 collection nodes or more, as a cluster needs at least one; there are 4")]
    [TestCase("dkg-phase-views: 90", "dkg-phase-views: 160",
        "s.yaml:10:7: staking, three phases and the safety threshold take 550 views; an epoch must have more, and that "
        + "of one has 500")]
    [TestCase("extension-views: 200", "extension-views: 99",
        "s.yaml:13:24: extension-views is 99; it must be at least twice the safety-threshold, 100")]
    [TestCase("count: 1 }, leaves-after: 0", "count: 1 }, joins: 2, leaves-after: 1",
        "s.yaml:18:72: they leave before they join; 'leaves-after' must be at least 'joins'")]
    [TestCase("role: consensus, count: 1 }, leaves-after: 0", "role: execution, count: 2 }, leaves-after: 0",
        "s.yaml:10:7: epoch 1 needs 2 execution nodes or more, as a seal needs receipts by two; there are 1")]
    [TestCase("version: 0.42.0", "version: new",
        "s.yaml:22:63: 'new' is no semantic version; write for instance 0.42.1")]
    [TestCase("{ crash: { nodes: [consensus-001] }", "{ pause: { nodes: [consensus-001] }",
        "s.yaml:24:71: 'loses' means nothing to 'pause'; remove it")]
    public void A_mistake_is_one_line_with_its_place(string right, string wrong, string message)
    {
        using Written files = new Written().With("s.yaml", Good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    private static string HashOf(string text) => Plan.Of(Written.Load(text))[0].Identity.ParamsHash;
}
