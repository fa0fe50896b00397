using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Scenarios.Validation;

/// <summary>What the working group said of mainnet in 2024, held against the shipped profile.</summary>
internal sealed class MainnetFigures : IFigureFamily
{
    private const string Source = "working group, 2024";
    private const int Seeds = 6;

    public string Id => "mainnet";

    public string Title => "Protocol runtime and finality of mainnet";

    public string Setup =>
        "Profile mainnet-2024 as shipped, 94 consensus nodes; 6 seeds of 400 views, 100 of them for warming up; view "
        + "limits and timeout wide enough for either target view time (1,600 ms and 2,500 ms).";

    public FamilyResult Measure(Workbench bench)
    {
        double[] runtimes = Runs(bench, 94, 1250, MetricCatalogue.ProtocolRuntime);
        double[] slow = Runs(bench, 94, 1250, MetricCatalogue.FinalityP50);
        double[] fast = Runs(bench, 94, 800, MetricCatalogue.FinalityP50);
        Finding[] findings =
        [
            Finding.Of(new Figure("runtime-2024", "protocol runtime, s", Source, 0.218, 0.011), runtimes,
                "the profile's placement and processing costs are assumptions and not calibrated; the model lacks what "
                + "the event loop, the network stack and the operating system take"),
            Finding.Of(new Figure("finality-gain", "median finality saved from τ0 1,250 to 800 ms, share", Source,
                0.36, 0.03), [.. slow.Zip(fast, (before, after) => 1 - after / before)]),
        ];
        List<string> notes = ["Predictions without a published figure:", ""];
        foreach (int nodes in (int[])[7, 202])
        {
            Estimate runtime = Estimate.OfMean(Runs(bench, nodes, 1250, MetricCatalogue.ProtocolRuntime), "")!;
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"- protocol runtime of {nodes} nodes: {runtime.ToText(3)} s"));
        }

        return new FamilyResult(findings, notes);
    }

    private static double[] Runs(Workbench bench, int nodes, int tau, MetricDefinition metric)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $$"""
            format: 1
            scenarios:
              - name: mainnet
                question: How long does the protocol take?
                profile: mainnet-2024
                nodes: { consensus: {{nodes}}, collection: 0, execution: 0, verification: 0, access: 0 }
                parameters: { hotstuff-min-timeout: 2500ms, cruise-ctl-max-view-duration: 1600ms }
                epoch: { views: 4000, target-view-time: {{tau}}ms }
                seeds: 1..{{Seeds}}
                duration: { views: 400 }
                sets: [ { name: shipped } ]
            """);
        RunSpec[] specs = [.. Plan.Of(ScenarioFile.Of("validation", text)).Select(run => run.Spec)];
        return bench.Each(specs, measured => measured[metric.Name]!.Value, warmupViews: 100);
    }
}
