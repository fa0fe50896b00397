using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Pipeline;
using FlowSim.Upgrades;

namespace FlowSim.Executing;

/// <summary>An execution node's stop control, with what it asks the node; without one the node never stops.</summary>
/// <remarks>
/// The process ends when what it executes just then is done. flow-go waits ten minutes for that at most, which no block
/// takes. In flow-go a node looks at the newest finalized block only when it has loaded its state; here it does at
/// once, so that one which has to end again does so at the same height each time.
/// </remarks>
internal sealed class BoundaryStop(StopControl? first, EngineStart start, ExecutionPlan plan) : IExecutionKnowledge
{
    private readonly SealedBeacons beacons = start.Beacons ?? new SealedBeacons();
    private StopControl? control = first;
    private bool isLeaving;
    private bool hasLeft;

    /// <summary>Whether a block of a height may be executed; asking may fix the stop.</summary>
    public bool MayExecute(Height height)
    {
        if (control is null) return true;
        bool may = control.MayExecute(height, out StopControl next);
        control = next;
        return may;
    }

    /// <summary>A block is final, or was when the process started.</summary>
    public void Finalized(Block block, Effects into)
    {
        if (control?.Finalized(block.Height, block.ParentId, this) is { } step) Take(step, into);
    }

    public void Executed(Block block, Effects into)
    {
        if (control?.Executed(block.Id, block.Height) is { } step) Take(step, into);
    }

    /// <summary>Ends the process if it should and nothing is going on any longer.</summary>
    public void LeaveWhenIdle(int running, Effects into)
    {
        if (!isLeaving || hasLeft || running > 0) return;
        hasLeft = true;
        into.Report(new Notice.StoppedAtBoundary(control!.Boundary.BeforeHeight!.Value));
        into.Exit(StopCause.Outdated);
    }

    public SealedBeacon? Highest(Height height) => beacons.Highest(height);

    public BlockId? FinalizedAt(Height height) => start.Ledger.At(height)?.Block.Id;

    public bool IsExecuted(BlockId block) => plan.Find(block)?.Result is not null;

    private void Take(StopStep step, Effects into)
    {
        control = step.Control;
        isLeaving |= step.Effect == StopEffect.Exit;
        if (step.Effect == StopEffect.Fail) into.Exit();
    }
}
