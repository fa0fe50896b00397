using FlowSim.Chain;

namespace FlowSim.Upgrades;

/// <summary>The version of the protocol state decides: governance asks for a version from a view on, every image says
/// which versions it handles, and how it executes follows from the block's version.</summary>
/// <remarks>
/// flow-go's version governs the state machine alone; that execution follows it is an agreement (flow-go
/// state/protocol/kvstore.go has fields for it that nothing reads).
/// </remarks>
public sealed record ProtocolVersionUpgrade : Strategy
{
    public override string Name => "protocol-version";

    public override VersionRecord Record => VersionRecord.BlockState;

    public override Cue Cue => Cue.ProtocolVersion;

    public override IBehaviours BehavioursOf(Image image) => new ImageBehaviours(image);
}
