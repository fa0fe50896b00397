namespace FlowSim.Scenarios.Running;

/// <summary>What the user asked of a command that makes runs.</summary>
/// <param name="File">The scenario file as written.</param>
/// <param name="Selection">Which of its runs.</param>
/// <param name="Out">The results folder.</param>
/// <param name="Workers">Runs at a time.</param>
/// <param name="IsFresh">Simulate even what is on record, and compare.</param>
/// <param name="IsWatched">Whether the oracles watch.</param>
public sealed record RunOptions(
    string File, Selection Selection, string Out, int Workers, bool IsFresh, bool IsWatched);
