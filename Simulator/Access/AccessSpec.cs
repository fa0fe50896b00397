namespace FlowSim.Access;

/// <summary>How access nodes work.</summary>
public sealed record AccessSpec
{
    /// <summary>flow-go's defaults (engine/access).</summary>
    public static readonly AccessSpec FlowGo = new();
}
