using System;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios.Contradictions;

/// <summary>Plans by the version of the protocol state that contradict themselves; and their neighbours.</summary>
public sealed class VersionContradictionTests
{
    private const string Specified = "      specified: [ { image: new, from-protocol-version: 3 } ]\n";

    [TestCase("      governance:\n        - { at: 20s, protocol-version: { version: 3, view: 120 } }\n", "",
        "s.yaml:15:17: 'protocol-version' goes by what governance asks for, and nobody asks; write a "
        + "'protocol-version' under protocol.governance, or the strategy 'rolling'")]
    [TestCase("view: 120", "view: 260",
        "s.yaml:15:11: by its plan the run has 251 views; a view of activation must not be greater, or 'duration' "
        + "must be longer")]
    [TestCase("from: 40s", "from: 200s",
        "s.yaml:28:59: by its plan the run is over at 3m20s; choose an earlier time, or a longer 'duration'")]
    [TestCase("from-protocol-version: 3", "from-protocol-version: 4",
        "s.yaml:31:29: no block ever has version 4; those that governance asks for and the chain begins with: 2, 3")]
    [TestCase("      governance:\n        - { at: 20s, protocol-version: { version: 3, view: 120 } }\n    upgrade:\n"
        + "      strategy: { name: protocol-version }\n",
        "    upgrade:\n      releases: [ { image: new, at: 0s } ]\n",
        "s.yaml:29:29: no block ever has version 3; those that governance asks for and the chain begins with: 2")]
    [TestCase("sensitivity: 0.5, protocol-version: 3", "sensitivity: 0.5, protocol-version: 4",
        "s.yaml:24:69: the image does not handle version 4 of the protocol state and ends at such a block; allowed: "
        + "0 to 3 (see protocol-versions)")]
    [TestCase("sensitivity: 0.5, protocol-version: 3", "sensitivity: 0.5",
        "s.yaml:25:23: this behaviour never counts: the first entry that fits does, and that of line 24 fits "
        + "wherever it would; reorder or remove one")]
    [TestCase("sensitivity: 0.1 }", "sensitivity: 0.1, protocol-version: 3 }",
        "s.yaml:25:23: this behaviour never counts: the first entry that fits does, and that of line 24 fits "
        + "wherever it would; reorder or remove one")]
    [TestCase("image: old }", "image: old }\n        - { act: crash, of: { nodes: [execution-001] }, at: 200s }",
        "s.yaml:31:61: by its plan the run is over at 3m20s; choose an earlier time, or a longer 'duration'")]
    [TestCase("version: 3, view: 120 } }",
        "version: 3, view: 120 } }\n        - { at: 30s, version-boundary: { height: 200, version: 0.42.0 } }",
        "s.yaml:16:11: under 'protocol-version' nobody stops at a boundary; write the strategy 'hcu', or remove "
        + "this act")]
    public void Is_refused(string from, string to, string message) =>
        Contradictory.AssertRefused(Contradictory.ByVersion, from, to, message);

    [TestCase("version: 3, view: 120", "version: 4, view: 120",
        "s.yaml:15:11: the chain begins with version 2, and nodes turn down all but the next one; allowed here: 3, "
        + "or, if that is the point, any with 'specified'")]
    [TestCase("version: 3, view: 120", "version: 3, view: 30",
        "s.yaml:15:11: nodes turn down a view within the safety-threshold of 30; write a greater view, or, if that "
        + "is the point, 'specified'")]
    [TestCase("version: 3, view: 120", "version: 2, view: 120",
        "s.yaml:15:11: the chain begins with version 2, and nodes turn down all but the next one; allowed here: 3, "
        + "or, if that is the point, any with 'specified'")]
    public void What_nodes_turn_down_says_what_is_specified(string from, string to, string message)
    {
        Contradictory.AssertRefused(
            Contradictory.ByVersion.Replace(Specified, "", StringComparison.Ordinal), from, to, message);
        if (!to.StartsWith("version: 2", StringComparison.Ordinal))
            Assert.That(Contradictory.Planned(Contradictory.ByVersion, from, to), Has.Count.EqualTo(2));
    }

    [TestCase("view: 120", "view: 250")]
    [TestCase("from-protocol-version: 3", "from-height: 100")]
    [TestCase("from: 40s", "from: 199s")]
    [TestCase("sensitivity: 0.1 }", "sensitivity: 0.1, protocol-version: 2 }")]
    [TestCase("version: 3, view: 120", "version: 4, view: 20")]
    [TestCase("image: new, of: { role: execution }, from: 10s, window: 20s }\n        - { image: new, of: { role: "
        + "verification }",
        "image: new, of: { role: execution, count: 1 }, from: 10s }\n        - { image: new, of: { role: execution }")]
    [TestCase("image: old }", "image: old }\n        - { act: crash, of: { nodes: [execution-001] }, at: 199s }")]
    [TestCase("      specified: [ { image: new, from-protocol-version: 3 } ]\n", "")]
    [TestCase("strategy: { name: protocol-version }",
        "strategy: { name: rolling }\n      releases: [ { image: new, at: 0s } ]")]
    public void A_neighbour_is_not(string from, string to) =>
        Assert.That(Contradictory.Planned(Contradictory.ByVersion, from, to), Has.Count.EqualTo(2));
}
