using FlowSim.Chain;

namespace FlowSim.Upgrades;

/// <summary>Version beacons announce a height from which on execution nodes must have a version (HCU).</summary>
/// <remarks>
/// An image executes every block in the same way, whatever the beacons say; that is flow-go's way, and what makes a
/// node that is too new for a block diverge.
/// </remarks>
/// <param name="Learning">What new nodes learn of beacons.</param>
/// <param name="Verifiers">What holds verification nodes to the boundary.</param>
/// <param name="StopHeight">For <see cref="VerifierStop.Flag"/>, the flag's value.</param>
public sealed record HeightCoordinatedUpgrade(
    BeaconKnowledge Learning = BeaconKnowledge.Snapshot, VerifierStop Verifiers = VerifierStop.None,
    Height? StopHeight = null) : Strategy
{
    public override string Name => "hcu";

    public override Cue Cue => Cue.VersionBoundary;

    public override BeaconKnowledge Knowledge => Learning;

    public override VersionRecord Record => VersionRecord.Beacons;

    public override IBehaviours BehavioursOf(Image image) => image.ForEveryBlock;

    public override StopControl? StopOf(Role role, Image image) =>
        role == Role.Execution || (role == Role.Verification && Verifiers == VerifierStop.LikeExecution)
            ? new StopControl(image.Version)
            : null;

    /// <remarks>Operators give the flag to the image with which the run begins, and take it away with it.</remarks>
    public override Height? FlagOf(Role role, bool isFirst) =>
        role == Role.Verification && Verifiers == VerifierStop.Flag && isFirst ? StopHeight : null;
}

/// <summary>What holds verification nodes to a boundary.</summary>
public enum VerifierStop : byte
{
    /// <summary>Nothing, which is flow-go's default.</summary>
    None,

    /// <summary>A flag with a height (cmd/verification_builder.go).</summary>
    Flag,

    /// <summary>The beacons, as with execution nodes; announced after the incident of 2026-02-23, not built.</summary>
    LikeExecution,
}
