using FlowSim.Kernel;

namespace FlowSim.Faults;

/// <summary>Trouble at nodes themselves, as data.</summary>
/// <param name="During">When it lasts.</param>
/// <param name="Nodes">Who is hit.</param>
public abstract record NodeFault(Window During, NodeSet Nodes)
{
    /// <summary>The process is down and what comes in is lost; it starts from its disk when the window ends.</summary>
    /// <param name="Loses">What is missing from its disk then.</param>
    public sealed record Crash(Window During, NodeSet Nodes, DiskLoss Loses = DiskLoss.Nothing)
        : NodeFault(During, Nodes);

    /// <summary>The process stands still; what comes in waits, and due timers fire at the end of the window.</summary>
    public sealed record Pause(Window During, NodeSet Nodes) : NodeFault(During, Nodes);

    /// <summary>Checks, building and persisting take longer.</summary>
    /// <param name="FactorPerMillion">What their cost is multiplied with, in millionths.</param>
    public sealed record Slow(Window During, NodeSet Nodes, long FactorPerMillion) : NodeFault(During, Nodes);

    /// <summary>The clock is off by a constant: cruise control aims at another end of the epoch.</summary>
    /// <param name="Offset">What the node's clock shows beyond true time; negative when it is behind.</param>
    public sealed record Skew(Window During, NodeSet Nodes, SimDuration Offset) : NodeFault(During, Nodes);
}

/// <summary>What a disk has lost when its process starts again.</summary>
public enum DiskLoss : byte
{
    Nothing,

    /// <summary>The random beacon's private keys, as in the testnet incident of 2026-02-11.</summary>
    BeaconKeys,

    /// <summary>All of it: the node starts from the root that the chain began with, as in October 2023.</summary>
    Everything,
}
