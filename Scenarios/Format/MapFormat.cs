using System.Collections.Generic;
using FlowSim.Analysis;
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

    private static readonly Field<Outcome> OutcomeField = new("outcome",
        new Section<Outcome>("an outcome", OutcomeFormat.Fields, OutcomeFormat.Of),
        "A condition on a metric; a run without the metric does not meet it.", true);

    public static readonly Section<MapText> Section = new("a map", [X, Y, OutcomeField], at =>
        new MapText(at.At, at.Get(X), at.Get(Y), at.Get(OutcomeField)));
}
