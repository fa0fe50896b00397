namespace FlowSim.Executing;

/// <summary>How execution nodes work.</summary>
public sealed record ExecutionSpec
{
    /// <summary>flow-go's defaults (engine/execution/ingestion).</summary>
    public static readonly ExecutionSpec FlowGo = new();
}
