using System;
using System.Collections.Generic;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios.Contradictions;

/// <summary>What is no contradiction; and contradictions of other worlds.</summary>
public sealed class ContradictionTests
{
    [TestCase("at: 50s, image: new", "at: 299s, image: new")]
    [TestCase("image: newer, at: 60s", "image: newer, at: 299s")]
    [TestCase("from: 200s", "from: 299s")]
    [TestCase("height: 80, version: 0.42.0", "height: 375, version: 0.42.0")]
    [TestCase("height: 80, version: 0.42.0", "height: 80, version: 0.43.0")]
    [TestCase("version: 0.42.0 } }\n", "version: 0.44.0 } }\n        - { at: 30s, delete-boundary: 80 }\n")]
    [TestCase("version: 0.42.0 } }\n",
        "version: 0.42.0 } }\n        - { at: 30s, version-boundary: { height: 90, version: 0.43.0 } }\n")]
    [TestCase("nodes: [execution-004] }, joins: 1", "nodes: [verification-006] }, joins: 2")]
    [TestCase("leaves-after: 0", "leaves-after: 0, joins: 0")]
    [TestCase("lead: 20s", "lead: 40s")]
    [TestCase("never: 10%", "never: 99%")]
    [TestCase("{ canaries: 1,", "{ canaries: 2,")]
    [TestCase("backup: 60s", "backup: 1s")]
    [TestCase("at: 160s", "at: 140s")]
    [TestCase("version: 0.43.0", "version: 0.43.0, behaviours: [ { name: metering, sensitivity: 0.5 } ]")]
    [TestCase("of: { role: consensus }, from: 200s", "of: { role: verification }, from: 91s")]
    [TestCase("of: { role: consensus }, from: 200s, never: 10%, wrong: { share: 10%, image: new }",
        "of: { nodes: [access-001] }, from: 100s")]
    [TestCase("image: new, of: { role: access }", "image: new, of: { role: access, count: 2 }")]
    [TestCase("      operators:",
        "      specified: [ { image: new, from-height: 80 }, { image: newer, from-height: 100000 } ]\n      "
        + "operators:")]
    public void A_neighbour_is_none(string from, string to) =>
        Assert.That(Contradictory.Planned(Contradictory.AtHeight, from, to), Has.Count.EqualTo(2));

    [Test]
    public void An_operator_of_several_nodes_decides_for_all()
    {
        string listed = Contradictory.AtHeight
            .Replace("    nodes: { consensus", "    nodes: nodes.csv # ", StringComparison.Ordinal)
            .Replace("never: 10%", "by: operator, never: 10%", StringComparison.Ordinal);
        using Written files = new Written().With("s.yaml", listed).With("nodes.csv", Nodes(hasOneOperator: true));
        Assert.That(Plan.Of(files.Load()), Has.Count.EqualTo(2));
        files.With("nodes.csv", Nodes(hasOneOperator: false));
        Assert.That(files.Mistake(), Does.Contain("each of these nodes has an operator of its own"));
    }

    [Test]
    public void What_only_a_seed_tells_is_refused_under_it() => Contradictory.AssertRefused(Contradictory.AtHeight,
        "of: { role: execution, count: 1 }, at: 60s", "of: { role: execution, count: 4 }, at: 50s",
        "s.yaml:44:64: execution-001 is taken down then already by line 42; choose another time");

    [TestCase("behaviours: [ { name: cheaper, sensitivity: 1 } ]", "", "s.yaml:10:63: without a pipeline nothing "
        + "executes; add a 'pipeline', or remove the behaviours")]
    [TestCase("", "specified: [ { image: new, from-height: 9 } ]", "s.yaml:11:29: without a pipeline nothing executes; "
        + "add a 'pipeline', or remove 'specified'")]
    [TestCase("", "operators: { access-downtime: 1m }",
        "s.yaml:11:37: there are no access nodes here; remove this key, or add some")]
    [TestCase("", "operators: { verification-crash-every: 1h }",
        "s.yaml:11:46: there are no verification nodes here; remove this key, or add some")]
    public void A_world_of_consensus_alone_has_nobody_to_execute(string image, string upgrade, string message)
    {
        string text = $$"""
            format: 1
            scenarios:
              - name: first
                question: Why?
                profile: mainnet-2024
                nodes: { consensus: 4, collection: 0, execution: 0, verification: 0, access: 0 }
                upgrade:
                  images:
                    - { name: old, version: 0.41.0 }
                    - { name: new, version: 0.42.0, {{image}} }
                  {{upgrade}}
                seeds: 1
                duration: { time: 60s }
                sets: [ { name: one } ]
            """;
        using Written files = new Written().With("s.yaml", text);
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    /// <summary>A node list in which the consensus nodes have one operator, or each its own.</summary>
    private static string Nodes(bool hasOneOperator)
    {
        List<string> lines = ["id,role,weight,region,operator"];
        foreach ((string role, int count) in ((string, int)[])[("consensus", 7), ("collection", 4), ("execution", 4),
            ("verification", 6), ("access", 3)])
        {
            for (int i = 1; i <= count; i++)
                lines.Add($"{role}-{i:D3},{role},100,us-east-1,{(hasOneOperator ? "one" : $"{role}-{i}")}");
        }

        return string.Join('\n', lines);
    }
}
