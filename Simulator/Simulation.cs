using System.Collections.Generic;
using System.Threading;
using FlowSim.Kernel;

namespace FlowSim;

/// <summary>What a run came to, beside what its probes saw.</summary>
/// <param name="Digest">128-bit fingerprint of everything that happened.</param>
/// <param name="Checkpoints">The fingerprint at every thousandth view.</param>
/// <param name="EndedAt">When the run ended.</param>
/// <param name="Deliveries">Messages handed to a node, each counted once per receiver.</param>
/// <param name="Events">Events taken from the queue.</param>
public sealed record RunResult(
    string Digest, IReadOnlyList<Checkpoint> Checkpoints, SimTime EndedAt, long Deliveries, long Events);

/// <summary>The world: one loop that carries out what the nodes ask for. It contains no protocol rule.</summary>
public static class Simulation
{
    /// <summary>Runs a spec to its end on the calling thread.</summary>
    /// <exception cref="InvariantViolation">FlowSim contradicts itself.</exception>
    /// <exception cref="System.OperationCanceledException">The token was cancelled; the run has no result.</exception>
    public static RunResult Run(RunSpec spec, IReadOnlyList<IProbe> probes, CancellationToken cancel = default) =>
        throw new System.NotImplementedException();
}
