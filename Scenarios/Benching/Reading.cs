using System.Collections.Generic;
using System.Linq;

namespace FlowSim.Scenarios.Benching;

/// <summary>What one measured run cost.</summary>
/// <param name="CpuSeconds">User and system time of the process, so that compiling and collecting count.</param>
/// <param name="ByKind">Deliveries by kind: one message handed to one node.</param>
/// <param name="Events">Events taken from the queue.</param>
/// <param name="Decisions">Blocks that became final somewhere.</param>
/// <param name="SimulatedSeconds">Simulated time.</param>
/// <param name="Memory">Bytes it held.</param>
public sealed record Reading(
    double CpuSeconds, IReadOnlyList<long> ByKind, long Events, long Decisions, double SimulatedSeconds,
    MemoryReading Memory)
{
    public long Messages { get; } = ByKind.Sum();

    public double MessagesPerSecond => Messages / CpuSeconds;

    public double EventsPerSecond => Events / CpuSeconds;

    public double MicrosecondsPerDecision => CpuSeconds * 1e6 / Decisions;

    public double SimulatedPerSecond => SimulatedSeconds / CpuSeconds;
}

/// <summary>Memory of a run, bytes.</summary>
/// <param name="ManagedPeak">Largest managed heap seen, garbage included.</param>
/// <param name="Live">Managed heap after a full collection at the end of the run.</param>
/// <param name="ResidentPeak">Largest resident set of the process seen.</param>
public readonly record struct MemoryReading(long ManagedPeak, long Live, long ResidentPeak);
