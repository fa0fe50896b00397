using System;
using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis;

/// <summary>One metric of one set.</summary>
/// <param name="Set">The set.</param>
/// <param name="Runs">Runs of the set; more than the estimate's n if some could not be measured.</param>
/// <param name="Estimate">Mean over the runs that were measured; null if none was.</param>
/// <param name="ToBaseline">The set less the baseline on common seeds; null for the baseline itself.</param>
public sealed record SetFigure(string Set, int Runs, Estimate? Estimate, PairedDifference? ToBaseline)
{
    /// <summary>Quantiles of the magnitude over the runs that were measured, for metrics that have them.</summary>
    public IReadOnlyList<RunQuantile> Magnitudes { get; init; } = [];
}

/// <summary>One metric over all sets, the baseline first.</summary>
public sealed record MetricComparison(MetricDefinition Metric, IReadOnlyList<SetFigure> Sets);

/// <summary>
/// What the runs of one scenario say about its parameter sets; the first set is the baseline.
/// </summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Sets">Names of the sets in the order given.</param>
/// <param name="Seeds">Distinct seeds.</param>
/// <param name="Metrics">Every metric of the catalogue, measured or not.</param>
public sealed record Study(
    string Scenario, IReadOnlyList<string> Sets, int Seeds, IReadOnlyList<MetricComparison> Metrics)
{
    /// <summary>Compares the sets of one scenario.</summary>
    /// <exception cref="ArgumentException">No runs, several scenarios, or a run given twice.</exception>
    public static Study Of(IReadOnlyList<Measurement> runs)
    {
        SetOfRuns[] sets = SetOfRuns.Group(runs);
        var seeds = new HashSet<ulong>();
        foreach (Measurement run in runs) seeds.Add(run.Key.Seed);
        var names = new string[sets.Length];
        for (int i = 0; i < sets.Length; i++) names[i] = sets[i].Name;
        var metrics = new MetricComparison[MetricCatalogue.All.Count];
        for (int i = 0; i < metrics.Length; i++) metrics[i] = Compare(MetricCatalogue.All[i], sets);
        return new Study(runs[0].Key.Scenario, names, seeds.Count, metrics);
    }

    private static MetricComparison Compare(MetricDefinition metric, SetOfRuns[] sets)
    {
        var figures = new SetFigure[sets.Length];
        for (int i = 0; i < sets.Length; i++)
        {
            PairedDifference? difference = i == 0
                ? null
                : PairedDifference.Of(sets[i].Pairs(sets[0], metric.Name), metric.Unit);
            var estimate = Estimate.OfMean(sets[i].Values(metric.Name), metric.Unit);
            figures[i] = new SetFigure(sets[i].Name, sets[i].Runs.Count, estimate, difference)
            {
                Magnitudes = metric.HasQuantiles ? Magnitudes(sets[i].Values(metric.Name)) : [],
            };
        }

        return new MetricComparison(metric, figures);
    }

    private static List<RunQuantile> Magnitudes(IReadOnlyList<double> runs)
    {
        double[] magnitudes = new double[runs.Count];
        for (int i = 0; i < magnitudes.Length; i++) magnitudes[i] = Math.Abs(runs[i]);
        var quantiles = new List<RunQuantile>();
        foreach (double q in (double[])[0.5, 0.95])
        {
            if (RunQuantile.Of(magnitudes, q) is { } quantile) quantiles.Add(quantile);
        }

        return quantiles;
    }
}
