using System.Collections.Generic;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>A map as written.</summary>
/// <param name="At">Where it is written.</param>
/// <param name="X">The factor to the right.</param>
/// <param name="Y">The factor upwards.</param>
/// <param name="Outcome">What every cell counts.</param>
public sealed record MapText(Place At, AxisText X, AxisText Y, Outcome Outcome)
{
    /// <summary>Refuses axes that do not fit the scenario's sets.</summary>
    public void Check(IReadOnlyList<SetText> sets)
    {
        if (X.IsSets && Y.IsSets) throw At.Error("both factors are sets; one can be");
        if (!X.IsSets && !Y.IsSets && sets.Count > 1)
            throw At.Error("no factor is sets, and the scenario has several; make one a factor or keep one set");
        List<string> names = [];
        foreach (SetText set in sets) names.Add(set.Name);
        foreach (LevelText level in (IReadOnlyList<LevelText>)[.. X.Levels, .. Y.Levels])
        {
            if (level.Set is { } set && !names.Contains(set.Text))
                throw set.At.Error($"there is no set '{set.Text}'; {Nearest.Allowed(set.Text, names)}");
        }
    }

    /// <summary>The faults of all levels.</summary>
    public IEnumerable<FaultText> Faults()
    {
        foreach (LevelText level in (IReadOnlyList<LevelText>)[.. X.Levels, .. Y.Levels])
        {
            if (level.Fault is { } fault) yield return fault;
        }
    }
}

/// <summary>The <c>map</c> section: two factors against the probability of an outcome.</summary>
public static class MapFormat
{
    private static readonly Field<AxisText> X = new("x", AxisFormat.Section, "The factor to the right.", true);

    private static readonly Field<AxisText> Y = new("y", AxisFormat.Section, "The factor upwards.", true);

    private static readonly Field<string> MetricName = new("metric", AmountFormat.Metric,
        "The number that decides.", true);

    private static readonly Field<Amount> Within = new("within", AmountFormat.InUnit,
        "Met if it is so near to 0, to either side: 1s, or a number in the metric's unit.");

    private static readonly Field<double> Min = new("min", Scalars.Real(-1e15, 1e15), "Met from this value on.");

    private static readonly Field<double> Max = new("max", Scalars.Real(-1e15, 1e15), "Met up to this value.");

    private static readonly Field<Outcome> OutcomeField = new("outcome",
        new Section<Outcome>("an outcome", [MetricName, Within, Min, Max], OutcomeOf),
        "A condition on a metric; a run without the metric does not meet it.", true);

    public static readonly Section<MapText> Section = new("a map", [X, Y, OutcomeField], at =>
        new MapText(at.At, at.Get(X), at.Get(Y), at.Get(OutcomeField)));

    private static Outcome OutcomeOf(Values at)
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
