using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>What a node states about itself: the language of all observation. Nobody in the run reads it.</summary>
public abstract partial record Notice
{
    private Notice()
    {
    }

    /// <summary>Feeds every field to the trace digest.</summary>
    public abstract void Into(TraceDigest digest);

    /// <summary>The node's current view rose (flow-go consensus_hotstuff_cur_view).</summary>
    /// <param name="View">The view entered.</param>
    /// <param name="From">The view left.</param>
    /// <param name="ByTc">Whether a TC, not a QC, caused it.</param>
    /// <param name="Timeout">How long the view may last before the node gives up on it.</param>
    public sealed record EnteredView(View View, View From, bool ByTc, SimDuration Timeout) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(1, View.Value, From.Value,
            unchecked((ulong)Timeout.Nanoseconds << 1) | (ByTc ? 1UL : 0UL));
    }

    /// <summary>The leader has built its proposal and scheduled its publication.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Target">When the controller wants it published; may be past.</param>
    public sealed record Built(Block Block, SimTime Target) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(2, Block.View.Value, Block.Id.Value, unchecked((ulong)Target.Nanoseconds));
    }

    /// <summary>The leader has sent its proposal.</summary>
    /// <param name="Proposal">The block, with the TC that lets it be proposed if it needs one.</param>
    /// <param name="Ready">When it could have been sent at the earliest: built, signed and persisted.</param>
    public sealed record Published(Message.Proposal Proposal, SimTime Ready) : Notice
    {
        public Block Block => Proposal.Block;

        public override void Into(TraceDigest digest) =>
            digest.Add(3, Block.View.Value, Proposal.Key, unchecked((ulong)Ready.Nanoseconds));
    }

    /// <summary>A block joined the node's block tree.</summary>
    public sealed record Incorporated(Block Block) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(4, Block.View.Value, Block.Id.Value, 0);
    }

    /// <summary>A block became final at the node; ancestors come first.</summary>
    public sealed record Finalized(Block Block) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(5, Block.View.Value, Block.Id.Value, 0);
    }

    /// <summary>Two blocks of one view: evidence against its leader.</summary>
    public sealed record DoubleProposal(Block Block, Block Earlier) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(6, Block.View.Value, Block.Id.Value, Earlier.Id.Value);
    }

    /// <summary>The node voted.</summary>
    public sealed record Voted(Message.Vote Vote) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(7, Vote.View.Value, Vote.BlockId.Value, 0);
    }

    /// <summary>The node gave up on its view, or repeated so.</summary>
    public sealed record TimedOut(Message.Timeout Timeout) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(8, Timeout.View.Value, Timeout.NewestQc.View.Value, Timeout.Tick);
    }

    /// <summary>The node assembled a QC from votes.</summary>
    public sealed record QcAssembled(QuorumCertificate Qc) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(9, Qc.View.Value, Qc.BlockId.Value, Qc.Key);
    }

    /// <summary>
    /// The node could vote but nobody is known to collect votes: the next view lies in an epoch that is not committed.
    /// </summary>
    /// <param name="View">The view without a leader.</param>
    public sealed record NoLeaderKnown(View View) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(46, View.Value, 0, 0);
    }

    /// <summary>More than a third of the weight gave up on a view, as the node counts: it joins them.</summary>
    /// <param name="View">The view.</param>
    /// <param name="NewestQc">The newest certificate among their timeout objects.</param>
    public sealed record PartialTcAssembled(View View, QuorumCertificate NewestQc) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(20, View.Value, NewestQc.View.Value, NewestQc.Key);
    }

    /// <summary>The node assembled a TC from timeout objects.</summary>
    public sealed record TcAssembled(TimeoutCertificate Tc) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(10, Tc.View.Value, Tc.NewestQc.View.Value, Tc.Key);
    }

    /// <summary>The block-time controller took an observation (flow-go consensus_cruisectl_*).</summary>
    /// <param name="Observation">The block observed and the controller's terms.</param>
    public sealed record ControllerUpdated(ControllerObservation Observation) : Notice
    {
        public override void Into(TraceDigest digest)
        {
            digest.Add(11, Observation.View.Value, Bits(Observation.ErrorSeconds), Bits(Observation.OutputSeconds));
            digest.Add(12, Bits(Observation.ProportionalSeconds), Bits(Observation.IntegralSeconds),
                unchecked((ulong)Observation.Target.Nanoseconds));
        }

        private static ulong Bits(double value) => unchecked((ulong)System.BitConverter.DoubleToInt64Bits(value));
    }

    /// <summary>The process started, or started again from its disk. The world says so, not the node.</summary>
    /// <param name="IsRestart">Whether it had run before.</param>
    public sealed record Started(bool IsRestart) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(14, IsRestart ? 1UL : 0UL, 0, 0);
    }

    /// <summary>The process died. The world says so.</summary>
    public sealed record Stopped : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(15, 0, 0, 0);
    }

    /// <summary>
    /// A message was thrown away because the queue for its kind was full: another's on its way in, or the node's own on
    /// its way out. The world says so.
    /// </summary>
    public sealed record Dropped(Message Message) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(16, Message.Key, 0, 0);
    }

    /// <summary>A peer broke a rule; the node ignored it.</summary>
    /// <param name="From">The peer.</param>
    /// <param name="View">The view concerned.</param>
    /// <param name="Reason">Which rule.</param>
    public sealed record Rejected(NodeId From, View View, RejectReason Reason) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(13, View.Value, unchecked((ulong)From.Index), (ulong)Reason);
    }
}

/// <summary>Why a peer's message was ignored.</summary>
public enum RejectReason : byte
{
    WrongLeader = 1,
    InvalidQc,
    InvalidTc,
    MissingTc,
    SuperfluousTc,
    NotAMember,
    DoubleVote,
    DoubleTimeout,
    VoteForEquivocatedView,
    InvalidPayload,

    /// <summary>A view of an epoch that is not committed yet, as far as the node knows, or long past.</summary>
    UnknownEpoch,
}

/// <summary>One update of the block-time controller (flow-go cruisectl, ControllerState).</summary>
/// <param name="View">The view of the observed block.</param>
/// <param name="At">When it was observed.</param>
/// <param name="ErrorSeconds">Instantaneous error e: positive when behind schedule.</param>
/// <param name="ProportionalSeconds">Exponentially weighted average of e.</param>
/// <param name="IntegralSeconds">Leaky integral of e.</param>
/// <param name="DerivativeSeconds">Change of the average since the last observation.</param>
/// <param name="OutputSeconds">Controller output u.</param>
/// <param name="Unconstrained">Target view duration τ0 − u.</param>
/// <param name="Target">The same within the configured limits.</param>
public readonly record struct ControllerObservation(
    View View, SimTime At, double ErrorSeconds, double ProportionalSeconds, double IntegralSeconds,
    double DerivativeSeconds, double OutputSeconds, SimDuration Unconstrained, SimDuration Target);
