using System.Collections.Generic;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>The keys of the strategy <c>spork</c>.</summary>
public static class SporkFormat
{
    private static readonly SimDuration Year = SimDuration.FromSeconds(366 * 86_400);

    private static readonly Field<YamlScalar> Image = new("image", ImageName.Shape,
        "For a spork, the image with which everybody begins anew.");

    private static readonly Field<SimDuration> At = new("at", Scalars.Duration(SimDuration.FromSeconds(1), Year),
        "For a spork, when all processes are stopped.");

    private static readonly Field<SimDuration> Preparation = new("preparation",
        Scalars.Duration(SimDuration.Zero, Year),
        "For a spork, from the stop until operators can have the new root; each then takes the swap-delay of "
        + "'operators'. Default 0s.");

    /// <summary>All of them; no other strategy has any.</summary>
    public static readonly IReadOnlyList<Field> Fields = [Image, At, Preparation];

    /// <summary>The strategy, once images are known by number.</summary>
    public static StrategyText Build(Values at)
    {
        foreach (Field needed in (Field[])[Image, At])
            if (!at.Has(needed)) throw at.At.Error($"'spork' lacks the key '{needed.Key}'");
        return new StrategyText(images => new SporkUpgrade(new SporkPlan(
            ImageName.IndexOf(at.Get(Image), images), SimTime.Zero + at.Get(At),
            at.Or(Preparation, SimDuration.Zero))), at.Node(At)!.At, null);
    }
}
