using NUnit.Framework;

namespace FlowSim.Tests.Scenarios.Contradictions;

/// <summary>Plans that contradict the run, governance, or their own images.</summary>
public sealed class GovernanceContradictionTests
{
    [TestCase("at: 50s, image: new", "at: 300s, image: new",
        "s.yaml:42:60: by its plan the run is over at 5m0s; choose an earlier time, or a longer 'duration'")]
    [TestCase("at: 30s }", "at: 400s }",
        "s.yaml:30:29: by its plan the run is over at 5m0s; choose an earlier time, or a longer 'duration'")]
    [TestCase("from: 200s", "from: 10m",
        "s.yaml:40:58: by its plan the run is over at 5m0s; choose an earlier time, or a longer 'duration'")]
    [TestCase("at: 20s, version-boundary", "at: 301s, version-boundary",
        "s.yaml:19:11: by its plan the run is over at 5m0s; choose an earlier time, or a longer 'duration'")]
    [TestCase("nodes: [execution-004] }, joins: 1", "nodes: [verification-006] }, joins: 3",
        "s.yaml:15:11: by its plan the run ends in epoch 1, so these nodes never join; at most 2")]
    [TestCase("leaves-after: 0", "leaves-after: 1",
        "s.yaml:16:11: by its plan the run ends in epoch 1, so these nodes never leave; remove 'leaves-after', or "
        + "make the 'duration' longer")]
    [TestCase("        - { at: 20s, version-boundary: { height: 80, version: 0.42.0 } }\n", "",
        "s.yaml:20:17: 'hcu' goes by what governance asks for, and nobody asks; write a 'version-boundary' under "
        + "protocol.governance, or the strategy 'rolling'")]
    [TestCase("      strategy: { name: hcu, verifiers: flag, stop-height: 80 }\n", "",
        "s.yaml:19:11: under 'rolling' nobody stops at a boundary; write the strategy 'hcu', or remove this act")]
    [TestCase("stop-height: 80", "stop-height: 400",
        "s.yaml:21:60: by its plan the run has 375 views; a stop-height must not be greater, or 'duration' must be "
        + "longer")]
    [TestCase("height: 80, version: 0.42.0", "height: 80, version: 0.44.0",
        "s.yaml:19:11: no image has version 0.44.0 or a newer one, so execution ends at this height for good; the "
        + "newest is 0.43.0")]
    [TestCase("height: 80, version: 0.42.0", "height: 80, version: 0.41.0",
        "s.yaml:19:11: no image is older than 0.41.0, so this stops nobody; write a newer version, or an image that "
        + "is older")]
    [TestCase("height: 80, version: 0.42.0", "height: 380, version: 0.42.0",
        "s.yaml:19:11: by its plan the run has 375 views; a boundary's height must not be greater, or 'duration' "
        + "must be longer")]
    [TestCase("        - { at: 1s, freeze-period: 10 }\n", "",
        "s.yaml:18:11: the contract refuses a boundary within its freeze period of 1000 blocks; write a greater "
        + "height, an earlier 'freeze-period' act, or, if that is the point, 'specified'")]
    [TestCase("version: 0.42.0 } }\n",
        "version: 0.42.0 } }\n        - { at: 30s, version-boundary: { height: 90, version: 0.41.1 } }\n",
        "s.yaml:20:11: 0.41.1 from height 90 on is older than 0.42.0 from 80 on, and nodes drop such a beacon; "
        + "write rising versions, or, if that is the point, 'specified'")]
    [TestCase("version: 0.42.0 } }\n", "version: 0.42.0 } }\n        - { at: 30s, delete-boundary: 81 }\n",
        "s.yaml:20:11: no earlier act sets a boundary at height 81; there is nothing to delete")]
    [TestCase("sensitivity: 0.5 }", "sensitivity: 0.5, protocol-version: 2 }",
        "s.yaml:24:109: under 'hcu' an image executes every block alike; remove this key, or choose the strategy "
        + "'protocol-version'")]
    [TestCase("version: 0.43.0", "version: 0.43.0, behaviours: [ { name: metering, sensitivity: 0.6 } ]",
        "s.yaml:25:65: 'metering' has another sensitivity in line 24, but behaviours of one name differ on the same "
        + "chunks; rename one, or make them equal")]
    [TestCase("{ image: newer, of: { nodes: [access-001] } }", "{ image: old, of: { role: execution } }",
        "s.yaml:28:20: all these nodes start with image 'old' already; remove this entry, or choose others")]
    [TestCase("{ image: newer, of: { nodes: [access-001] } }", "{ image: newer, of: { role: access } }",
        "s.yaml:27:20: line 28 gives all these nodes another image, and the last entry counts; write the larger "
        + "group first")]
    [TestCase("image: newer, at: 60s", "image: new, at: 60s",
        "s.yaml:31:20: 'new' is the newest release already; remove one of the two")]
    [TestCase("image: newer, at: 60s", "image: newer, at: 20s",
        "s.yaml:31:20: this release is earlier than the one before; list them in order")]
    [TestCase("asleep: 10%, ", "",
        "s.yaml:46:49: nobody is asleep; write for instance 'asleep: 5%', or remove 'asleep-delay'")]
    [TestCase("      releases:\n        - { image: new, at: 30s }\n        - { image: newer, at: 60s }\n", "",
        "s.yaml:43:43: who is asleep takes a release later, and there is none; write 'releases', or remove this")]
    public void Is_refused(string from, string to, string message) =>
        Contradictory.AssertRefused(Contradictory.AtHeight, from, to, message);
}
