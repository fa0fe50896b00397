using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>Everybody is stopped at once, and the network begins anew from one root with one image (spork).</summary>
/// <remarks>
/// As with <see cref="HeightCoordinatedUpgrade"/> an image executes every block alike. What the root is, and where it
/// departs from a real spork's, is said at <c>NewRoot</c>.
/// </remarks>
/// <param name="Plan">When, and with what.</param>
public sealed record SporkUpgrade(SporkPlan Plan) : Strategy
{
    public override string Name => "spork";

    public override SporkPlan? Spork => Plan;

    /// <remarks>Every block that a node has is of its spork, and its root says of which.</remarks>
    public override VersionRecord Record => VersionRecord.BlockState;

    public override IBehaviours BehavioursOf(Image image) => image.ForEveryBlock;
}

/// <summary>A spork as it is announced.</summary>
/// <param name="Image">The number of the image that everybody gets.</param>
/// <param name="At">When all processes are stopped.</param>
/// <param name="Preparation">From then until operators can have the root. Each then takes the time that a swap takes.
/// </param>
public sealed record SporkPlan(int Image, SimTime At, SimDuration Preparation);
