using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>Hears how the block tree of its node grows, inside the step that makes it grow.</summary>
public interface IChainListener
{
    /// <summary>A block joined the tree: valid at a participant, certified at a follower.</summary>
    void Incorporated(SimTime now, Block block, Effects into);

    /// <summary>A block became final; ancestors come first.</summary>
    void Finalized(SimTime now, Block block, Effects into);
}

/// <summary>Fills the blocks that a leader proposes, and judges those of others.</summary>
public interface IPayloads
{
    /// <summary>What to put into a block.</summary>
    /// <param name="view">The block's view.</param>
    /// <param name="parent">The block it extends; it is in the tree.</param>
    /// <param name="into">Takes what building brings to light.</param>
    /// <returns>Null if building ends the process: nothing is proposed then.</returns>
    Payload? Build(View view, Block parent, Effects into);

    /// <summary>Whether a block carries what its chain allows. Its parent is in the tree.</summary>
    bool IsValid(Block block);

    /// <summary>Whether a block may join the tree; says what judging it brought to light.</summary>
    bool IsAccepted(Block block, Effects into) => IsValid(block);
}

/// <summary>Who is ejected, as a function of the chain.</summary>
public interface IStandings
{
    /// <summary>Whether a node is ejected as of a block, which is in the tree.</summary>
    bool IsEjected(NodeId node, Block asOf);
}

/// <summary>A node's own keys of the random beacon.</summary>
public interface IBeaconKeys
{
    /// <summary>Whether it can sign with a share in the epoch of a view.</summary>
    bool Holds(View view);
}

/// <summary>What a node of one role does beside following or making the main chain, as a machine.</summary>
public interface IEngine : IChainListener
{
    /// <summary>The process is up. The chain core has started before.</summary>
    void Start(SimTime now, Effects into);

    /// <summary>A message of the pipeline or of a cluster.</summary>
    void Receive(SimTime now, NodeId from, Message message, Effects into);

    /// <summary>A timer that the engine set has expired.</summary>
    void OnTimer(SimTime now, TimerKind timer, Effects into);

    /// <summary>Work that the engine began is done.</summary>
    void Done(SimTime now, Job job, Effects into);

    /// <summary>A client calls. Only access nodes are called.</summary>
    void OnCall(SimTime now, ClientCall call, Effects into);

    /// <summary>What an unread message of the pipeline or of a cluster is worth.</summary>
    Worth WorthOf(Message message);

    /// <summary>What would be left of it if its process died now; null when nothing is written.</summary>
    object? Saved { get; }
}
