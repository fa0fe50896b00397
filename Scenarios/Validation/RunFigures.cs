using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Scenarios.Validation;

/// <summary>All figures of a run, without its course.</summary>
/// <param name="Values">By the name of the metric.</param>
public sealed record RunFigures(IReadOnlyDictionary<string, double> Values)
{
    /// <summary>A figure that was measured.</summary>
    public double this[MetricDefinition metric] => Values[metric.Name];

    public static RunFigures Of(Measurement run) =>
        new(run.Values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal));
}
