using System.CommandLine;

namespace FlowSim.Scenarios;

/// <summary>The options that pick runs out of a plan.</summary>
public sealed record SelectionOptions
{
    public Option<string?> Scenario { get; } = new("--scenario") { Description = "Only this scenario." };

    public Option<string?> Set { get; } = new("--set") { Description = "Only this parameter set." };

    public Option<string?> Seed { get; } = new("--seed") { Description = "Only this seed." };

    public Selection Of(ParseResult parsed)
    {
        string? seed = parsed.GetValue(Seed);
        return new Selection(parsed.GetValue(Scenario), parsed.GetValue(Set),
            seed is null ? null : (ulong)CommandLine.Number("--seed", seed, 0, long.MaxValue, 0));
    }
}
