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

    /// <summary>They are stopped, get a copy of the disk that another node has then, and start.</summary>
    /// <remarks>Only execution and access nodes: on others' disks lies what is theirs alone, votes and keys, or the
    /// chunks that a verification node has to check. Nothing is copied from or to a node that has never run.</remarks>
    /// <param name="From">Whose disk; a node of the same role.</param>
    /// <param name="Image">The image to start with; null for the one on disk.</param>
    public sealed record CopyDisk(NodeSet Nodes, SimTime At, int From, int? Image) : OperatorAct(Nodes, At);
}
