using System;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Analysis;

/// <summary>A condition on a metric of a run.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Min">Smallest value that meets it, if bounded.</param>
/// <param name="Max">Largest value that meets it, if bounded.</param>
public sealed record Outcome(MetricDefinition Metric, double? Min, double? Max)
{
    /// <summary>Whether a run meets it; one that could not be measured does not.</summary>
    public bool IsMet(double? value) => value is { } measured && !(measured < Min) && !(measured > Max);

    /// <summary>Whether it asks how far from 0 the metric is, on either side.</summary>
    public bool IsDistance => Min is { } min && min == -Max;

    /// <summary>What is held against the bounds, for instance <c>|epoch-end-error|</c>.</summary>
    public string MeasuredText => IsDistance ? $"|{Metric.Name}|" : Metric.Name;

    /// <summary>For instance <c>|epoch-end-error| ≤ 1 s</c>.</summary>
    public string Text => (Min, Max) switch
    {
        (_, { } max) when IsDistance => FormattableString.Invariant($"{MeasuredText} ≤ {max} {Metric.Unit}"),
        ({ } min, { } max) => FormattableString.Invariant($"{min} ≤ {Metric.Name} ≤ {max} {Metric.Unit}"),
        ({ } min, null) => FormattableString.Invariant($"{Metric.Name} ≥ {min} {Metric.Unit}"),
        _ => FormattableString.Invariant($"{Metric.Name} ≤ {Max} {Metric.Unit}"),
    };
}
