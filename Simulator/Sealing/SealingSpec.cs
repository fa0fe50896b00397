namespace FlowSim.Sealing;

/// <summary>How consensus nodes order collections and seal results.</summary>
public sealed record SealingSpec
{
    /// <summary>flow-go's defaults (cmd/consensus/main.go, model/flow/constants.go).</summary>
    public static readonly SealingSpec FlowGo = new();
}
