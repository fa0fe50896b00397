using System.Linq;

namespace FlowSim.Scenarios.Validation;

/// <summary>Runs written as a scenario, as a user would write them.</summary>
internal static class WrittenRuns
{
    /// <summary>One run per seed of the scenario's only set.</summary>
    /// <param name="scenario">Its keys but for name, question and sets, at no indentation; a line each.</param>
    public static RunSpec[] Of(string scenario)
    {
        string[] lines = [.. scenario.Split('\n').Where(line => line.Length > 0).Select(line => $"    {line}")];
        string text = $"""
            format: 1
            scenarios:
              - name: validation
                question: What does FlowSim make of a published figure?
            {string.Join('\n', lines)}
                sets: [ {"{ name: shipped }"} ]
            """;
        return [.. Plan.Of(ScenarioFile.Of("validation", text)).Select(run => run.Spec)];
    }
}
