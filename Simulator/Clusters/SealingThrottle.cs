namespace FlowSim.Clusters;

/// <summary>How collections shrink when sealing falls behind finalization.</summary>
/// <remarks>
/// flow-go module/builder/collection/rate_limiter.go: the size halves step by step between two lags. As shipped the
/// second lag comes with the first step, so that collections are full until then and empty after it.
/// </remarks>
public sealed record SealingThrottle
{
    /// <summary>As shipped (module/updatable_configs/collection_configs.go).</summary>
    public static readonly SealingThrottle FlowGo = new();

    /// <summary>Up to this lag, in heights, collections are full.</summary>
    public ulong MinLag { get; init; } = 300;

    /// <summary>From this lag on they have the smallest size.</summary>
    public ulong MaxLag { get; init; } = 600;

    /// <summary>Heights per step.</summary>
    public ulong HalvingInterval { get; init; } = 300;

    /// <summary>The smallest size, transactions.</summary>
    public int MinSize { get; init; }

    /// <summary>How many transactions a collection may have.</summary>
    /// <param name="lag">Finalized minus sealed height.</param>
    /// <param name="full">The size of a full collection.</param>
    public int Limit(ulong lag, int full)
    {
        if (lag <= MinLag) return full;
        if (lag >= MaxLag) return MinSize;
        ulong steps = (lag - MinLag) / HalvingInterval;
        return int.Max(MinSize, steps >= sizeof(int) * 8 - 1 ? 0 : full >> (int)steps);
    }
}
