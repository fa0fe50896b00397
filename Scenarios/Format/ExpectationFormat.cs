using System;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>What a scenario promises of every run of a set; missing it fails the scenario.</summary>
/// <param name="At">Where it is written.</param>
/// <param name="Metric">One of <see cref="MetricCatalogue.All"/>.</param>
/// <param name="Set">The parameter set, or null for all.</param>
/// <param name="Min">Smallest value allowed, if bounded.</param>
/// <param name="Max">Largest value allowed, if bounded.</param>
public sealed record Expectation(Place At, string Metric, string? Set, double? Min, double? Max);

/// <summary>An entry of <c>expect</c>.</summary>
public static class ExpectationFormat
{
    private static readonly Field<string> MetricName = new("metric",
        Scalars.OneOf("a metric", [.. MetricCatalogue.All.Select(metric => metric.Name)]),
            "The number that is bounded.", true);

    /// <summary>Kept apart because the scenario checks that the set exists.</summary>
    public static readonly Field<string> Set = new("set", Scalars.Name,
        "A parameter set; without it, every set.");

    private static readonly Field<double> Min = new("min", Scalars.Real(-1e15, 1e15),
        "Smallest value allowed.");

    private static readonly Field<double> Max = new("max", Scalars.Real(-1e15, 1e15),
        "Largest value allowed.");

    public static readonly Section<Expectation> Section = new("an expectation", [MetricName, Set, Min, Max],
        Build);

    private static Expectation Build(Values at)
    {
        double? min = at.Has(Min) ? at.Get(Min) : null;
        double? max = at.Has(Max) ? at.Get(Max) : null;
        if (min is null && max is null) throw at.Error("an expectation needs min, max or both");
        if (min > max) throw at.Error(FormattableString.Invariant($"min {min} is above max {max}"), Min);
        string? set = at.Has(Set) ? at.Get(Set) : null;
        return new Expectation(at.Node(Set)?.At ?? at.At, at.Get(MetricName), set, min, max);
    }
}
