using FlowSim.Kernel;

namespace FlowSim.Sync;

/// <summary>How a node looks for blocks it lacks.</summary>
public sealed record SyncConfig
{
    public static readonly SyncConfig FlowGo = new();

    /// <summary>How often requests are considered (engine/common/synchronization/config.go, ScanInterval).</summary>
    public SimDuration ScanInterval { get; init; } = SimDuration.FromSeconds(2);

    /// <summary>How often peers are asked for their height, in whole scans (same file, PollInterval).</summary>
    public SimDuration PollInterval { get; init; } = SimDuration.FromSeconds(8);

    /// <summary>How many are asked at a time (module/chainsync/core.go, DefaultPollNodes).</summary>
    public int PollNodes { get; init; } = 3;

    /// <summary>How many get each request for blocks (DefaultBlockRequestNodes).</summary>
    public int RequestNodes { get; init; } = 3;

    /// <summary>The pause before a request is repeated; it doubles with every attempt (Config.RetryInterval).</summary>
    public SimDuration RetryInterval { get; init; } = SimDuration.FromSeconds(4);

    /// <summary>Attempts after which a request is forgotten (Config.MaxAttempts).</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Difference of heights that nobody acts upon (Config.Tolerance).</summary>
    public int Tolerance { get; init; } = 10;

    /// <summary>Blocks per request (Config.MaxSize).</summary>
    public int MaxSize { get; init; } = 64;

    /// <summary>Requests per scan (Config.MaxRequests).</summary>
    public int MaxRequests { get; init; } = 3;

    /// <summary>Scans' worth of heights that may be queued (DefaultQueuedHeightMultiplicity).</summary>
    public int QueuedHeightMultiplicity { get; init; } = 4;

    /// <summary>Heights above the finalized one that may be queued: 768 by default.</summary>
    public int QueueCeiling => QueuedHeightMultiplicity * MaxRequests * MaxSize;

    public int ScansPerPoll => int.Max(1, (int)(PollInterval.Nanoseconds / ScanInterval.Nanoseconds));
}
