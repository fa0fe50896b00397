using System.Collections.Generic;
using System.Globalization;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Scenarios.Validation;

/// <summary>Consensus latency of Jolteon's testbed, by the network alone and with the fitted constant.</summary>
internal sealed class JolteonLatency : IFigureFamily
{
    private const string Testbed = "Jolteon testbed, 2021";
    private const int Seeds = 10;

    private static readonly (int Nodes, double Seconds)[] Measured = [(50, 0.515), (20, 0.609), (10, 0.845)];

    public string Id => "jolteon";

    public string Title => "Jolteon over five AWS regions";

    public string Setup =>
        "Profile jolteon-aws, publishing at once; 10 seeds of 1,000 views, 20 of them for warming up. Consensus "
        + "latency is from a block's creation to its first commit anywhere. By the network alone is with no processing "
        + "at all: 314 to 317 ms follow from half the round trips of AWS's medians, leaders drawn evenly and quorums "
        + "of ⌊2n/3⌋ + 1. The testbed's means are of five runs with 10,000 transactions per second and no faults, "
        + "their standard deviations 191, 25 and 4 ms for 10, 20 and 50 nodes.";

    public FamilyResult Measure(Workbench bench)
    {
        List<Finding> findings = [];
        foreach (int nodes in (int[])[10, 20, 50])
        {
            findings.Add(Finding.Of(
                new Figure($"JOLTEON-NET-{Text(nodes)}", $"first commit by the network alone, {Text(nodes)} nodes, s",
                    "half round trips", 0.3155, 0.003, 4), Runs(bench, nodes, "processing: { validate: 0ms }")));
        }

        foreach ((int nodes, double seconds) in Measured)
        {
            var figure = new Figure($"JOLTEON-{Text(nodes)}", $"first commit, {Text(nodes)} nodes, s", Testbed, seconds,
                0.05 * seconds, 4);
            Finding finding = Finding.Of(figure, Runs(bench, nodes, ""), Why);
            findings.Add(nodes == 50 ? finding.AsFit() : finding);
        }

        return new FamilyResult(findings, []);
    }

    private const string Why =
        "the testbed's latency falls with more nodes, as its batches wait to fill and few nodes make few of them; "
        + "batches are not modelled, so the constant fitted on 50 nodes predicts nearly the same for all";

    private static double[] Runs(Workbench bench, int nodes, string processing) => bench.Each(
        WrittenRuns.Of($$"""
            profile: jolteon-aws
            nodes: { consensus: {{Text(nodes)}} }
            {{processing}}
            seeds: 1..{{Text(Seeds)}}
            duration: { views: 1000 }
            """), measured => measured[MetricCatalogue.FirstFinality.Name]!.Value, warmupViews: 20);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
