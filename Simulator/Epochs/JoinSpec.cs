using FlowSim.Kernel;

namespace FlowSim.Epochs;

/// <summary>From when on a new node takes a snapshot (cmd/dynamic_startup.go, --dynamic-startup-epoch-phase).</summary>
public enum JoinPhase : byte
{
    /// <summary>As soon as there is one.</summary>
    AtOnce,

    /// <summary>Once the epoch that it joins is set up. flow-go's default.</summary>
    Setup,

    /// <summary>Once that epoch is committed: too late for the key generation.</summary>
    Committed,
}

/// <summary>How nodes join that are no members from the start.</summary>
public sealed record JoinSpec
{
    public static readonly JoinSpec FlowGo = new();

    public JoinPhase Phase { get; init; } = JoinPhase.Setup;

    /// <summary>Between two requests for a snapshot (cmd/dynamic_startup.go).</summary>
    public SimDuration PollInterval { get; init; } = SimDuration.FromSeconds(60);
}
