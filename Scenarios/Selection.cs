using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>Which runs of a plan are meant; null means all.</summary>
public sealed record Selection(string? Scenario, string? Set, ulong? Seed)
{
    /// <summary>The runs that match, in the order of the plan.</summary>
    /// <exception cref="ScenarioException">Nothing matches.</exception>
    public IReadOnlyList<PlannedRun> Of(IReadOnlyList<PlannedRun> runs)
    {
        IReadOnlyList<PlannedRun> left = Keep(runs, "--scenario", Scenario, run => run.Scenario.Name);
        left = Keep(left, "--set", Set, run => run.Set.Name);
        string? seed = Seed?.ToString(CultureInfo.InvariantCulture);
        return Keep(left, "--seed", seed, run => run.Spec.Seed.ToString(CultureInfo.InvariantCulture));
    }

    private static IReadOnlyList<PlannedRun> Keep(
        IReadOnlyList<PlannedRun> runs, string option, string? wanted, Func<PlannedRun, string> name)
    {
        if (wanted is null) return runs;
        List<PlannedRun> kept = [];
        List<string> names = [];
        foreach (PlannedRun run in runs)
        {
            string candidate = name(run);
            if (string.Equals(candidate, wanted, StringComparison.Ordinal)) kept.Add(run);
            if (!names.Contains(candidate)) names.Add(candidate);
        }

        return kept.Count > 0
            ? kept
            : throw new ScenarioException(
                $"{option} {wanted} matches no run; {Nearest.Allowed(wanted, names, "flowsim plan")}");
    }
}
