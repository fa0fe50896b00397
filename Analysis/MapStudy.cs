using System;
using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis;

/// <summary>What the runs of one pair of levels came to.</summary>
/// <param name="X">Level of the first factor.</param>
/// <param name="Y">Level of the second.</param>
/// <param name="Runs">Runs on record.</param>
/// <param name="Met">Those that met the outcome.</param>
/// <param name="Unmeasured">Those without the metric; they count as not met.</param>
/// <param name="Cut">Those short of their plan; they count as not met.</param>
/// <param name="Probability">Share that met it, with its interval; null without runs.</param>
/// <param name="Median">Median over the runs that have the metric, of its distance from 0 if the outcome is one: early
/// and late runs do not cancel.</param>
public sealed record MapCell(
    string X, string Y, int Runs, int Met, int Unmeasured, int Cut, Estimate? Probability, Estimate? Median)
{
    /// <summary>Counts the runs of a cell.</summary>
    public static MapCell Of(
        string x, string y, Outcome outcome, IReadOnlyList<(Measurement Run, bool IsCut)> runs)
    {
        (int met, int unmeasured, int cut) = (0, 0, 0);
        List<double> values = [];
        foreach ((Measurement run, bool isCut) in runs)
        {
            double? value = run[outcome.Metric.Name];
            if (value is { } measured) values.Add(outcome.IsDistance ? Math.Abs(measured) : measured);
            else unmeasured++;
            cut += isCut ? 1 : 0;
            met += !isCut && outcome.IsMet(value) ? 1 : 0;
        }

        return new MapCell(x, y, runs.Count, met, unmeasured, cut,
            runs.Count == 0 ? null : Proportion.Of(met, runs.Count),
            Statistics.Median.Of(values, outcome.Metric.Unit));
    }
}

/// <summary>Two factors against the probability of an outcome.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="XName">The first factor, with its unit.</param>
/// <param name="YName">The second.</param>
/// <param name="Xs">Levels of the first.</param>
/// <param name="Ys">Levels of the second.</param>
/// <param name="Outcome">The condition.</param>
/// <param name="Cells">All pairs: by level of the second factor, then of the first.</param>
public sealed record MapStudy(
    string Scenario, string XName, string YName, IReadOnlyList<string> Xs, IReadOnlyList<string> Ys,
    Outcome Outcome, IReadOnlyList<MapCell> Cells);
