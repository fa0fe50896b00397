using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>Something that operators do to nodes at a time, apart from any rollout.</summary>
/// <param name="Nodes">To whom.</param>
/// <param name="At">When.</param>
public abstract record OperatorAct(NodeSet Nodes, SimTime At)
{
    /// <summary>They restart with another image: too early, a wrong one, or back to the old one.</summary>
    public sealed record Swap(NodeSet Nodes, SimTime At, int Image) : OperatorAct(Nodes, At);

    /// <summary>An image is put onto their disks, and they run on.</summary>
    public sealed record Stage(NodeSet Nodes, SimTime At, int Image) : OperatorAct(Nodes, At);

    /// <summary>They die, and start again with the image on disk.</summary>
    public sealed record Crash(NodeSet Nodes, SimTime At) : OperatorAct(Nodes, At);

    /// <summary>They are stopped, get the disk of an earlier time back, and start. A node is restored once at most.
    /// </summary>
    /// <remarks>Only nodes that sign nothing on a chain: another one would contradict itself.</remarks>
    /// <param name="Backup">The earlier time.</param>
    /// <param name="Image">The image to start with; null for the one on disk.</param>
    public sealed record Restore(NodeSet Nodes, SimTime At, SimTime Backup, int? Image) : OperatorAct(Nodes, At);
}
