using FlowSim.Chain;

namespace FlowSim.Upgrades;

/// <summary>Who asked an execution node to stop.</summary>
public enum StopSource : byte
{
    Nobody,
    Manual,
    VersionBeacon,
}

/// <summary>Where an execution node stops (flow-go stop_control.go).</summary>
/// <param name="BeforeHeight">First height that it does not execute; none when it goes on for ever.</param>
/// <param name="Exits">Whether the process ends then, or only executes nothing any longer.</param>
/// <param name="Source">Who asked.</param>
/// <param name="IsFixed">Whether a block was refused already, so that it cannot be changed.</param>
/// <param name="LastBlock">The last block to execute; none before finality has reached the height.</param>
public readonly record struct StopBoundary(
    Height? BeforeHeight, bool Exits, StopSource Source, bool IsFixed = false, BlockId? LastBlock = null);
