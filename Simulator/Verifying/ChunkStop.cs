using FlowSim.Chain;
using FlowSim.Pipeline;
using FlowSim.Upgrades;

namespace FlowSim.Verifying;

/// <summary>From which height on a verification node leaves chunks to others.</summary>
/// <remarks>
/// A flag ends the process when a chunk of just that height is assigned (verification/assigner/engine.go); all others
/// from there on are passed over in silence (verification/fetcher/engine.go). Beacons, which flow-go's verifiers do not
/// read, make it leave chunks at and above their boundary alone, and end it once those below are done. The last of
/// these wait for the return of the execution nodes that have their data. Were they left to the next image, it would
/// find fault with them and nothing would be sealed any more.
/// </remarks>
internal sealed class ChunkStop(Height? flag, StopControl? first, EngineStart start) : IExecutionKnowledge
{
    private readonly SealedBeacons beacons = start.Beacons ?? new SealedBeacons();
    private StopControl? control = first;

    /// <summary>The first height that is left to others.</summary>
    public Height? Boundary => flag ?? control?.Boundary.BeforeHeight;

    public void Finalized(Block block)
    {
        if (control is not null) control = control.Finalized(block.Height, block.ParentId, this).Control;
    }

    /// <summary>Whether a chunk of a height ends the process: at once by a flag, when others are done by beacons.
    /// </summary>
    public bool Ends(Height height) => flag is { } only ? height == only : height >= Boundary;

    public bool IsAtOnce => flag is not null;

    /// <summary>Whether a chunk of a height is passed over.</summary>
    public bool PassesOver(Height height) => flag is not null && height > flag;

    public SealedBeacon? Highest(Height height) => beacons.Highest(height);

    public BlockId? FinalizedAt(Height height) => start.Ledger.At(height)?.Block.Id;

    /// <remarks>Nothing is executed here, so the control never ends the process itself.</remarks>
    public bool IsExecuted(BlockId block) => false;
}
