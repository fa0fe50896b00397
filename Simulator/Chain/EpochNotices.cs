using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <content>What nodes state about protocol state, epochs and joining.</content>
public abstract partial record Notice
{
    /// <summary>The protocol state changed with a block that became final at the node.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Before">The state of its parent.</param>
    /// <param name="After">Its own.</param>
    public sealed record StateChanged(Block Block, CommittedState Before, CommittedState After) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(32, Block.Id.Value, Before.Id, After.Id);
    }

    /// <summary>A block commits to another protocol state than the node comes to: a replica takes it for invalid, a
    /// follower ends (state/protocol/badger/mutator.go).</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Own">The key of the node's own state.</param>
    public sealed record StateMismatch(Block Block, ulong Own) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(33, Block.Id.Value, Own, 0);
    }

    /// <summary>What a final block's state machines made of a service event that it seals.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Event">The event.</param>
    /// <param name="Verdict">As in ProtocolState's EventVerdict.</param>
    /// <param name="Fault">As in its EpochEventFault.</param>
    public sealed record ServiceEventJudged(Block Block, ServiceEvent Event, byte Verdict, byte Fault) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(34, Block.Id.Value, Event.Key, (ulong)Verdict << 8 | Fault);
    }

    /// <summary>The system contracts emitted an event while an execution node executed a block.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Event">The event.</param>
    public sealed record ServiceEventEmitted(Block Block, ServiceEvent Event) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(35, Block.Id.Value, Event.Key, 0);
    }

    /// <summary>A consensus node's part in the key generation is over (engine/consensus/dkg).</summary>
    /// <param name="Epoch">The epoch that the key is for.</param>
    /// <param name="GroupKey">The group's key; 0 when the node failed.</param>
    /// <param name="HasShare">Whether the node holds a share that fits it.</param>
    public sealed record DkgEnded(ulong Epoch, ulong GroupKey, bool HasShare) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(36, Epoch, GroupKey, HasShare ? 1UL : 0);
    }

    /// <summary>A node should hold a beacon key of the current epoch and does not: its process ends (flow-go's flag
    /// require-beacon-key).</summary>
    /// <param name="Epoch">The epoch.</param>
    public sealed record BeaconKeyMissing(ulong Epoch) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(45, Epoch, 0, 0);
    }

    /// <summary>A new node has a snapshot and follows the chain from there on.</summary>
    /// <param name="Head">The snapshot's block.</param>
    public sealed record Bootstrapped(Block Head) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(37, Head.Id.Value, Head.Height.Value, 0);
    }
}
