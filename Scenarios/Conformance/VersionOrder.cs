using System.Text.Json;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Recorded;

/// <summary>Which of two semantic versions is the lower one.</summary>
internal sealed class VersionOrder : IFamily
{
    public string Name => "semver";

    public void Replay(JsonElement file, Comparison comparison) => comparison.EachCase(file, c =>
    {
        int order = Parsed(c, "a").CompareTo(Parsed(c, "b"));
        comparison.Same("aLessThanB", c.Flag("aLessThanB"), order < 0);
        comparison.Same("equal", c.Flag("equal"), order == 0);
    });

    private static SemanticVersion Parsed(JsonElement c, string field) => SemanticVersion.Parse(c.Text(field))
        ?? throw new RecordingException($"field {field} is no semantic version");
}
