using FlowSim.Analysis.Metrics;

namespace FlowSim.Scenarios.Validation;

/// <summary>How far below their controllers' own target a small committee's views are.</summary>
internal sealed class SevenNodes : IFigureFamily
{
    private const string Source = "devnet, August 2024";

    public string Id => "seven-nodes";

    public string Title => "Seven nodes whose leaders observe their own blocks";

    public string Setup =>
        "Profile testnet-2024: seven nodes in one region, τ0 800 ms; 20 seeds of an epoch of 1,000 views, 100 of them "
        + "for warming up. Until August 2024 a leader's controller observed its own block when it was built, not when "
        + "it was published, and views were shorter than the controllers' own target (flow-go pull requests 6379 and "
        + "6392). cruisectl/README.md shows that without printing how much; the 5 to 10 % are second-hand. Measured is "
        + "1 less mean view time over mean target view duration.";

    public FamilyResult Measure(Workbench bench) => new(
    [
        Finding.Of(new Figure("own-block-early", "share below own target, own block observed when built", Source, 0.075,
            0.025), Runs(bench, "at-construction")),
        Finding.Of(new Figure("own-block-now", "the same, observed when published: not below, so 0 to 5 % above",
            "flow-go since then", -0.025, 0.025), Runs(bench, "at-publication")),
    ], []);

    private static double[] Runs(Workbench bench, string observed) => bench.Each(
        WrittenRuns.Of($$"""
            profile: testnet-2024
            parameters: { constants: { observe-own-block: {{observed}} } }
            epoch: { views: 1000, target-view-time: 800ms }
            seeds: 1..20
            duration: { epochs: 1 }
            """),
        measured => 1 - measured[MetricCatalogue.MeanViewTime.Name]!.Value
            / measured[MetricCatalogue.TargetViewDuration.Name]!.Value, warmupViews: 100);
}
