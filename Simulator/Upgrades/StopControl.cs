using FlowSim.Chain;

namespace FlowSim.Upgrades;

/// <summary>What an execution node knows beside its stop: finality, execution and beacons.</summary>
public interface IExecutionKnowledge
{
    /// <summary>The newest beacon sealed at or below a height.</summary>
    SealedBeacon? Highest(Height height);

    /// <summary>The finalized block at a height; none if it is unknown.</summary>
    BlockId? FinalizedAt(Height height);

    bool IsExecuted(BlockId block);
}

/// <summary>What the node does after a step of its stop control.</summary>
public enum StopEffect : byte
{
    None,

    /// <summary>The process ends, as it should.</summary>
    Exit,

    /// <summary>The process fails: a block that it must know is unknown.</summary>
    Fail,
}

/// <summary>The next stop control, and what the node does.</summary>
public readonly record struct StopStep(StopControl Control, StopEffect Effect);

/// <summary>Decides at which height an execution node stops executing (engine/execution/ingestion/stop).</summary>
/// <remarks>
/// <para>A value: each step gives another one. It does not survive a restart; the beacons do.</para>
/// <para>Only a minimum is enforced: the first boundary of a greater version than the node's stops it. No node is kept
/// from executing heights for which it is too new.</para>
/// <para>Kept from flow-go: when finality is beyond the stop already, the parent of the finalized block is asked for
/// instead of the last block to execute, so that a node may neither stop nor execute.</para>
/// </remarks>
/// <param name="NodeVersion">The software's; without one beacons are passed over.</param>
/// <param name="ExitsAtBoundary">Whether a beacon's stop ends the process; always so in flow-go's nodes.</param>
/// <param name="IsStopped">Whether the node executes nothing any longer.</param>
public sealed record StopControl(SemanticVersion? NodeVersion, bool ExitsAtBoundary = true, bool IsStopped = false)
{
    /// <summary>Where the node stops as of now.</summary>
    public StopBoundary Boundary { get; init; }

    /// <summary>Height of the seal of the last beacon that was looked at.</summary>
    private Height? BeaconSeen { get; init; }

    /// <summary>A stop asked for by the operator.</summary>
    /// <returns>The control with the new stop; none if it cannot be changed.</returns>
    public StopControl? Set(Height beforeHeight, bool exits) =>
        Changed(new StopBoundary(beforeHeight, exits, StopSource.Manual));

    /// <summary>Whether a block may be executed; a refusal fixes the stop.</summary>
    /// <param name="height">The block's height.</param>
    /// <param name="next">The control afterwards.</param>
    public bool MayExecute(Height height, out StopControl next)
    {
        next = this;
        if (IsStopped) return false;
        if (Boundary.BeforeHeight is not { } stop || height < stop) return true;
        next = this with { Boundary = Boundary with { IsFixed = true } };
        return false;
    }

    /// <summary>A block is finalized. At start the newest finalized block counts as if it just were.</summary>
    /// <param name="height">The block's height.</param>
    /// <param name="parent">Its parent.</param>
    /// <param name="knowledge">What the node knows, this block included.</param>
    public StopStep Finalized(Height height, BlockId parent, IExecutionKnowledge knowledge)
    {
        if (IsStopped || Boundary.LastBlock is not null) return new StopStep(this, StopEffect.None);
        StopControl next = WithBeacon(height, knowledge);
        if (next.Boundary.BeforeHeight is not { } stop || height < stop) return new StopStep(next, StopEffect.None);

        BlockId? last = height == stop ? parent
            : stop.Value == 0 ? null
            : knowledge.FinalizedAt(new Height(stop.Value - 1));
        if (last is null) return new StopStep(next, StopEffect.Fail);
        next = next with { Boundary = next.Boundary with { LastBlock = last } };
        return knowledge.IsExecuted(parent) ? next.Stopped() : new StopStep(next, StopEffect.None);
    }

    /// <summary>A block has been executed.</summary>
    public StopStep Executed(BlockId block, Height height) =>
        !IsStopped && Boundary.LastBlock == block && Boundary.BeforeHeight == height.Next
            ? Stopped()
            : new StopStep(this, StopEffect.None);

    private StopStep Stopped() =>
        new(this with { IsStopped = true }, Boundary.Exits ? StopEffect.Exit : StopEffect.None);

    private StopControl WithBeacon(Height height, IExecutionKnowledge knowledge)
    {
        if (NodeVersion is null || BeaconSeen >= height) return this;
        if (knowledge.Highest(height) is not { } newest || BeaconSeen >= newest.SealHeight) return this;
        StopControl seen = this with { BeaconSeen = newest.SealHeight };
        return seen.Changed(new StopBoundary(
            FirstAbove(NodeVersion, newest.Beacon), ExitsAtBoundary, StopSource.VersionBeacon)) ?? seen;
    }

    /// <remarks>A stop by one source is moved by the other only to an earlier height.</remarks>
    private StopControl? Changed(StopBoundary boundary)
    {
        if (IsStopped || Boundary.IsFixed) return null;
        return Boundary.BeforeHeight is not { } stop || Boundary.Source == boundary.Source
            || boundary.BeforeHeight < stop
            ? this with { Boundary = boundary }
            : null;
    }

    private static Height? FirstAbove(SemanticVersion version, ServiceEvent.VersionBeacon beacon)
    {
        foreach (VersionBoundary boundary in beacon.Boundaries)
            if (version.CompareTo(SemanticVersion.Parse(boundary.Version)) < 0) return boundary.Height;
        return null;
    }
}
