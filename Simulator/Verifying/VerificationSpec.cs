using FlowSim.Kernel;

namespace FlowSim.Verifying;

/// <summary>How verification nodes work.</summary>
public sealed record VerificationSpec
{
    /// <summary>flow-go's defaults (module/chunks, engine/verification).</summary>
    public static readonly VerificationSpec FlowGo = new();

    /// <summary>Verifiers per chunk: alpha (model/flow/constants.go).</summary>
    public int PerChunk { get; init; } = 3;

    /// <summary>Chunks in work at once, from asking for data to the verdict (chunkconsumer/consumer.go).</summary>
    public int ChunkWorkers { get; init; } = 15;

    /// <summary>How often the node looks for requests that are due (verification/requester/requester.go).</summary>
    public SimDuration RequestInterval { get; init; } = SimDuration.FromSeconds(1);

    /// <summary>First wait before a chunk's data is asked for again; each further one is twice as long
    /// (requester.go).</summary>
    public SimDuration RequestRetry { get; init; } = SimDuration.FromSeconds(1);

    /// <summary>The longest such wait (requester.go).</summary>
    public SimDuration LongestRequestRetry { get; init; } = SimDuration.FromSeconds(60);

    /// <summary>Execution nodes asked at a time (requester.go).</summary>
    public int RequestTargets { get; init; } = 2;

    /// <summary>Whether a chunk is approved whatever the node knows of the result before.</summary>
    /// <remarks>
    /// flow-go's verification is local to the chunk: it begins at the state that the chunk claims
    /// (module/chunks/chunkVerifier.go). Without it an approval waits until the result before is known to be good. It
    /// never comes when the node found a fault there.
    /// </remarks>
    public bool DescendantApproval { get; init; } = true;

    /// <summary>
    /// Without <see cref="DescendantApproval"/>: whether a node's own approval of a chunk of the result before is
    /// enough, or the result has to be sealed.
    /// </summary>
    /// <remarks>The approval says nothing of the other chunks. Waiting for seals lets one height be sealed at a time.
    /// </remarks>
    public bool OwnApprovalSuffices { get; init; } = true;
}
