using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>What nodes say to each other. Shared by all recipients, never changed.</summary>
public abstract record Message
{
    private Message()
    {
    }

    /// <summary>The key of the content, for digests.</summary>
    public abstract ulong Key { get; }

    /// <summary>Kind, view and attempt: names the message in draws.</summary>
    /// <remarks>
    /// The content stays out of it, so that two parameter sets whose certificates differ still meet the same
    /// network. A retry is another occasion.
    /// </remarks>
    public abstract ulong Occasion { get; }

    /// <summary>A block on offer; the proposer's signature counts as its vote.</summary>
    /// <param name="Block">The proposed block.</param>
    /// <param name="LastViewTc">The previous view's TC, exactly when the block's QC is not for that view.</param>
    public sealed record Proposal(Block Block, TimeoutCertificate? LastViewTc) : Message
    {
        public override ulong Key => Mix64.Then(Mix64.Then(5, Block.Id.Value), LastViewTc?.Key ?? 0);

        public override ulong Occasion { get; } = Mix64.Then(5, Block.View.Value);
    }

    /// <summary>A vote for a block, sent to the leader of the next view only.</summary>
    /// <param name="View">The block's view.</param>
    /// <param name="BlockId">The block.</param>
    /// <param name="Signer">The voter.</param>
    /// <param name="HasBeaconShare">Whether a random-beacon share comes with it.</param>
    public sealed record Vote(View View, BlockId BlockId, NodeId Signer, bool HasBeaconShare) : Message
    {
        public override ulong Key =>
            Mix64.Then(Mix64.Then(Mix64.Then(6, View.Value), BlockId.Value), (ulong)Signer.Index);

        public override ulong Occasion { get; } = Mix64.Then(6, View.Value);
    }

    /// <summary>A timeout object: the signer gives up on a view.</summary>
    /// <param name="View">The abandoned view.</param>
    /// <param name="NewestQc">The newest QC the signer knows.</param>
    /// <param name="LastViewTc">The previous view's TC, exactly when the newest QC is not for that view.</param>
    /// <param name="Signer">Who gives up.</param>
    /// <param name="Tick">Counts rebroadcasts; not part of equality between timeout objects in flow-go.</param>
    public sealed record Timeout(
        View View, QuorumCertificate NewestQc, TimeoutCertificate? LastViewTc, NodeId Signer, ulong Tick) : Message
    {
        public override ulong Key =>
            Mix64.Then(Mix64.Then(Mix64.Then(Mix64.Then(7, View.Value), NewestQc.Key), (ulong)Signer.Index), Tick);

        public override ulong Occasion { get; } = Mix64.Then(Mix64.Then(7, View.Value), Tick);
    }
}
