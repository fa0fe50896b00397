using FlowSim.Chain;

namespace FlowSim.Upgrades;

/// <summary>Everybody changes when it suits: nothing is announced and nobody stops.</summary>
/// <remarks>Right only if the images do the same. Nothing checks that.</remarks>
public sealed record RollingUpgrade : Strategy
{
    public override string Name => "rolling";

    public override IBehaviours BehavioursOf(Image image) => new ImageBehaviours(image);
}
