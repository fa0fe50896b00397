using System.Collections.Generic;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Scenarios.Records;

/// <summary>One finished run: what was asked, by which program, and what came out. Immutable once on disk.</summary>
/// <remarks>Nothing volatile: no date, host or duration. The same run gives the same bytes anywhere.</remarks>
/// <param name="Identity">The run's names; its id is the hash of all that decides it.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Build">Fingerprint of the program's code.</param>
/// <param name="Digest">Fingerprint of everything that happened in the run.</param>
/// <param name="Checkpoints">The fingerprint at every thousandth view.</param>
/// <param name="EndedAtNanoseconds">Simulated time at the end.</param>
/// <param name="HighestView">The newest view any node entered.</param>
/// <param name="Deliveries">Messages handed to a node.</param>
/// <param name="Events">Events taken from the queue.</param>
/// <param name="Measurement">The figures, the finality histogram and the course of views.</param>
public sealed record RunRecord(
    RunIdentity Identity, string Version, string Build, string Digest, IReadOnlyList<Checkpoint> Checkpoints,
    long EndedAtNanoseconds, ulong HighestView, long Deliveries, long Events, Measurement Measurement)
{
    /// <summary>Without the course of views and the histogram: thousands of runs of a map or a grid lie in memory at a
    /// time, and their tables need neither.</summary>
    public RunRecord Compact() => this with
    {
        Checkpoints = [],
        Measurement = Measurement with { Finality = new DurationHistogram(), Views = new ViewSeries(1, []) },
    };
}
