using FlowSim.Kernel;

namespace FlowSim;

/// <summary>How clients' calls are spread over time.</summary>
public enum ArrivalShape : byte
{
    /// <summary>At equal distances.</summary>
    Constant,

    /// <summary>Independent of each other.</summary>
    Poisson,

    /// <summary>Some at once, then none for a while.</summary>
    Bursts,
}

/// <summary>What clients ask of the access nodes.</summary>
public sealed record Workload
{
    /// <summary>Calls, thousandths per second; 0 is nobody.</summary>
    public required long CallsPerThousandSeconds { get; init; }

    public ArrivalShape Shape { get; init; } = ArrivalShape.Poisson;

    /// <summary>For bursts: calls that come at once.</summary>
    public int BurstSize { get; init; } = 1;

    /// <summary>Share of the calls that are scripts, per million.</summary>
    public long ScriptsPerMillion { get; init; }

    /// <summary>A transaction's size, bytes.</summary>
    public Quantiles Bytes { get; init; } = Quantiles.Constant(1_000);

    /// <summary>A transaction's computation limit.</summary>
    public Quantiles Gas { get; init; } = Quantiles.Constant(1_000);

    /// <summary>When the first call may come.</summary>
    public SimTime From { get; init; } = SimTime.Zero;

    /// <summary>When no more come.</summary>
    public SimTime Until { get; init; } = SimTime.Never;
}
