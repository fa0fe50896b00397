using FlowSim.Kernel;

namespace FlowSim.Executing;

/// <summary>Where an execution node's state lives.</summary>
public enum LedgerPlace : byte
{
    /// <summary>In the node's own process, which loads it after every restart.</summary>
    InProcess,

    /// <summary>In a process of its own that survives the node's restart (cmd/ledger, since February 2026).</summary>
    Service,
}

/// <summary>How execution nodes work.</summary>
public sealed record ExecutionSpec
{
    /// <summary>flow-go's defaults (engine/execution/ingestion).</summary>
    public static readonly ExecutionSpec FlowGo = new();

    /// <summary>Blocks executed at once; their parents are executed (ingestion/core.go: MaxConcurrentBlockExecutor).
    /// </summary>
    public int ParallelBlocks { get; init; } = 5;

    /// <summary>
    /// A node that is more blocks behind finality executes finalized ones only (ingestion/throttle.go:
    /// CatchUpThreshold).
    /// </summary>
    public int CatchUpThreshold { get; init; } = 500;

    /// <summary>First wait for a collection asked for (cmd/execution_builder.go).</summary>
    public SimDuration CollectionRetry { get; init; } = SimDuration.FromSeconds(4);

    /// <summary>Longest wait for a collection asked for (cmd/execution_builder.go).</summary>
    public SimDuration LongestCollectionRetry { get; init; } = SimDuration.FromSeconds(10);

    /// <summary>How often a node holds its state against the sealed one (checker/engine.go).</summary>
    public SimDuration CheckInterval { get; init; } = SimDuration.FromSeconds(60);

    public LedgerPlace Ledger { get; init; } = LedgerPlace.InProcess;

    /// <summary>Heights below the sealed one whose results a node still serves. An assumption.</summary>
    public ulong ServedHeights { get; init; } = 500;

    /// <summary>Heights below the sealed one as of which scripts can still read the system contracts; more than
    /// <see cref="ServedHeights"/>, or only those.</summary>
    /// <remarks>
    /// By Flow's documentation of scripts an execution node runs them as of about its last 100 blocks, an access node
    /// that indexes execution data as of any since the last upgrade. Whom operators' consensus nodes ask is not
    /// published; taken is an access node that indexes, and the bound is one of memory.
    /// </remarks>
    public ulong ScriptHeights { get; init; } = 10_000;

    /// <summary>Bytes of a chunk's data pack beside its collection: registers, proofs. An assumption.</summary>
    public long ProofBytes { get; init; } = 100_000;
}
