using System.Collections.Generic;

namespace FlowSim.Scenarios;

/// <summary>A number that a scenario may expect something of.</summary>
/// <param name="Name">Its key in scenario files and records.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record Metric(string Name, string Unit, string Meaning)
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Metric> All =
    [
        new("mean-view-time", "s", "Mean time between view changes after the warm-up."),
        new("epoch-end-error", "s", "Actual minus planned end of an epoch; positive is late."),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names
    {
        get
        {
            List<string> names = [];
            foreach (Metric metric in All) names.Add(metric.Name);
            return names;
        }
    }
}
