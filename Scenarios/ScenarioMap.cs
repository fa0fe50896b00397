using System;
using System.Collections.Generic;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios;

/// <summary>Two factors of a scenario and an outcome; every pair is a parameter set of its own.</summary>
/// <param name="Text">As written.</param>
public sealed record ScenarioMap(MapText Text)
{
    /// <summary>The name of the set that a pair of levels is.</summary>
    public static string CellOf(LevelText x, LevelText y) => $"{y.Name}+{x.Name}";

    /// <summary>All pairs as sets: by level of the second factor, then of the first. Pure.</summary>
    public IReadOnlyList<ParameterSet> Cells(IReadOnlyList<ParameterSet> sets)
    {
        List<ParameterSet> cells = [];
        foreach (LevelText y in Text.Y.Levels)
        {
            foreach (LevelText x in Text.X.Levels)
            {
                ParameterSet basis = SetOf(x.Set?.Text ?? y.Set?.Text, sets);
                cells.Add(basis with
                {
                    Name = CellOf(x, y),
                    Faults = Both(x.Fault, y.Fault),
                    Liars = Both(x.Liar, y.Liar),
                });
            }
        }

        return cells;
    }

    private static ParameterSet SetOf(string? name, IReadOnlyList<ParameterSet> sets)
    {
        foreach (ParameterSet set in sets)
        {
            if (name is null || string.Equals(set.Name, name, StringComparison.Ordinal)) return set;
        }

        throw new ArgumentOutOfRangeException(nameof(name));
    }

    private static IReadOnlyList<T> Both<T>(T? first, T? second)
        where T : class
    {
        List<T> both = [];
        if (first is not null) both.Add(first);
        if (second is not null) both.Add(second);
        return both;
    }
}
