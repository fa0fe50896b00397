using System.Collections.Generic;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>A condition on a metric.</summary>
public static class OutcomeFormat
{
    private static readonly Field<string> MetricName = new("metric", AmountFormat.Metric,
        "The number that decides.", true);

    private static readonly Field<Amount> Within = new("within", AmountFormat.InUnit,
        "Met if it is so near to 0, to either side: 1s, or a number in the metric's unit.");

    private static readonly Field<double> Min = new("min", Scalars.Real(-1e15, 1e15), "Met from this value on.");

    private static readonly Field<double> Max = new("max", Scalars.Real(-1e15, 1e15), "Met up to this value.");

    /// <summary>The keys of a section that has a condition.</summary>
    public static readonly IReadOnlyList<Field> Fields = [MetricName, Within, Min, Max];

    /// <summary>The condition that stands in a section.</summary>
    public static Outcome Of(Values at)
    {
        MetricDefinition metric = MetricCatalogue.Named(at.Get(MetricName));
        bool isBounded = at.Has(Min) || at.Has(Max);
        if (at.Has(Within) == isBounded) throw at.Error("an outcome needs either 'within', or min, max or both");
        if (at.Has(Within))
        {
            double within = at.Get(Within).Of(metric, at.Node(Within)!.At);
            return new Outcome(metric, -within, within);
        }

        double? min = at.Has(Min) ? at.Get(Min) : null;
        double? max = at.Has(Max) ? at.Get(Max) : null;
        return min > max ? throw at.Error("min is above max", Min) : new Outcome(metric, min, max);
    }
}
