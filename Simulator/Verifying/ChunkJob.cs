using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Verifying;

/// <summary>An assigned chunk that the node has no verdict on.</summary>
/// <param name="result">The result.</param>
/// <param name="chunk">The chunk's place.</param>
internal sealed class ChunkJob(ExecutionResult result, int chunk)
{
    public ExecutionResult Result { get; } = result;

    public int Chunk { get; } = chunk;

    /// <summary>Whether its data has come.</summary>
    public bool HasData { get; set; }

    /// <summary>Requests sent so far.</summary>
    public ulong Attempts { get; set; }

    /// <summary>When the next request may be sent.</summary>
    public SimTime RetryAt { get; set; }

    /// <summary>The wait after the last request.</summary>
    public SimDuration Wait { get; set; }
}
