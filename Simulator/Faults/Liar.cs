using FlowSim.Kernel;

namespace FlowSim.Faults;

/// <summary>How a node departs from the protocol, as data; each form is a core that wraps the honest one.</summary>
/// <param name="Nodes">Who lies.</param>
public abstract record Liar(NodeSet Nodes)
{
    /// <summary>Never votes.</summary>
    public sealed record VoteWithholder(NodeSet Nodes) : Liar(Nodes);

    /// <summary>Sends its broadcasts to some nodes only.</summary>
    /// <param name="Favoured">Who hears it.</param>
    public sealed record SelectiveSender(NodeSet Nodes, NodeSet Favoured) : Liar(Nodes);

    /// <summary>Publishes its proposals as late as it can without being timed out.</summary>
    /// <param name="Margin">What it leaves for the proposal to arrive before the others' timeout.</param>
    public sealed record LateLeader(NodeSet Nodes, SimDuration Margin) : Liar(Nodes);

    /// <summary>Gives up on every view the moment it enters it, and says so again and again.</summary>
    /// <param name="Interval">How often it says so.</param>
    public sealed record TimeoutSpammer(NodeSet Nodes, SimDuration Interval) : Liar(Nodes);
}
