using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Analysis.Metrics;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios.Running;

/// <summary>Holds what a scenario expects against what its runs came to.</summary>
public static class Expected
{
    /// <summary>A line for every run that misses an expectation; none when all hold.</summary>
    public static IReadOnlyList<string> Missed(Scenario scenario, IReadOnlyList<Measurement> runs)
    {
        List<string> missed = [];
        foreach (Expectation expectation in scenario.Expectations)
        {
            foreach (Measurement run in runs)
            {
                if (!string.Equals(expectation.Set ?? run.Key.Set, run.Key.Set, StringComparison.Ordinal)) continue;
                if (!Holds(expectation, run[expectation.Metric])) missed.Add(Line(expectation, run));
            }
        }

        return missed;
    }

    /// <remarks>What could not be measured does not hold.</remarks>
    private static bool Holds(Expectation expectation, double? value) =>
        value is { } measured && !(measured < expectation.Min) && !(measured > expectation.Max);

    private static string Line(Expectation expectation, Measurement run)
    {
        string value = run[expectation.Metric]?.ToString("R", CultureInfo.InvariantCulture) ?? "not measured";
        return string.Create(CultureInfo.InvariantCulture,
            $"{expectation.At}: expectation missed: {expectation.Metric} of set {run.Key.Set}, seed {run.Key.Seed} ")
            + $"is {value}; expected {Range(expectation)}";
    }

    private static string Range(Expectation expectation) => (expectation.Min, expectation.Max) switch
    {
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"),
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"at least {min}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"at most {expectation.Max}"),
    };
}
