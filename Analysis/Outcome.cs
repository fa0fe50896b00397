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

    /// <summary>For instance <c>|epoch-end-error| ≤ 1 s</c>.</summary>
    public string Text => (Min, Max) switch
    {
        ({ } min, { } max) when min == -max => FormattableString.Invariant($"|{Metric.Name}| ≤ {max} {Metric.Unit}"),
        ({ } min, { } max) => FormattableString.Invariant($"{min} ≤ {Metric.Name} ≤ {max} {Metric.Unit}"),
        ({ } min, null) => FormattableString.Invariant($"{Metric.Name} ≥ {min} {Metric.Unit}"),
        _ => FormattableString.Invariant($"{Metric.Name} ≤ {Max} {Metric.Unit}"),
    };
}
