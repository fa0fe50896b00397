namespace FlowSim.Verifying;

/// <summary>How verification nodes work.</summary>
public sealed record VerificationSpec
{
    /// <summary>flow-go's defaults (module/chunks, engine/verification).</summary>
    public static readonly VerificationSpec FlowGo = new();

    /// <summary>Verifiers per chunk: alpha (model/flow/constants.go).</summary>
    public int PerChunk { get; init; } = 3;
}
