using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Pipeline;

/// <summary>What a node does for the epoch to come, beside its role's work: a machine like an engine.</summary>
public interface IEpochPart
{
    /// <summary>The process is up, its last finalized block known.</summary>
    void Start(SimTime now, Effects into);

    /// <summary>A block became final.</summary>
    /// <param name="now">The node's clock.</param>
    /// <param name="block">The block; its payload has the protocol state.</param>
    /// <param name="before">The state of its parent; the same object as the block's when nothing changed.</param>
    /// <param name="into">Takes what the part does.</param>
    void Finalized(SimTime now, Block block, CommittedState before, Effects into);

    /// <summary>A message of the pipeline; parts leave alone what is not theirs.</summary>
    void Receive(SimTime now, NodeId from, Message message, Effects into);

    /// <summary>The timer <see cref="TimerKind.Epoch"/> has expired.</summary>
    void OnTimer(SimTime now, Effects into);

    /// <summary>What is left of it if its process dies now; null when nothing is written.</summary>
    object? Saved { get; }
}
