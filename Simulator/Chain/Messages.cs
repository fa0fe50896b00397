using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>What nodes say to each other. Shared by all recipients, never changed.</summary>
public abstract partial record Message
{
    private ulong key;

    private Message()
    {
    }

    /// <summary>A copy with other content has another key, so what was computed is not copied.</summary>
    protected Message(Message original)
    {
    }

    /// <summary>The key of the content, for digests; computed once, as a message is digested at every stop.</summary>
    public ulong Key => key != 0 ? key : key = ContentKey;

    /// <summary>Computes the key of the content.</summary>
    protected abstract ulong ContentKey { get; }

    /// <summary>Which kind it is, for counts.</summary>
    public abstract MessageKind Kind { get; }

    /// <summary>Kind, view and attempt: names the message in draws.</summary>
    /// <remarks>
    /// The content stays out of it, so that two parameter sets whose certificates differ still meet the same
    /// network. A retry is another occasion.
    /// </remarks>
    public abstract ulong Occasion { get; }

    /// <summary>Two messages are equal when kind and content are; whether a key was computed does not matter.</summary>
    public virtual bool Equals(Message? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => unchecked((int)Key);

    /// <summary>A block on offer; the proposer's signature counts as its vote.</summary>
    /// <param name="Block">The proposed block.</param>
    /// <param name="LastViewTc">The previous view's TC, exactly when the block's QC is not for that view.</param>
    public sealed record Proposal(Block Block, TimeoutCertificate? LastViewTc) : Message
    {
        public override MessageKind Kind => MessageKind.Proposal;

        protected override ulong ContentKey => Mix64.Then(Mix64.Then(5, Block.Id.Value), LastViewTc?.Key ?? 0);

        public override ulong Occasion { get; } = Mix64.Then(5, Block.View.Value);
    }

    /// <summary>A vote for a block, sent to the leader of the next view only.</summary>
    /// <param name="View">The block's view.</param>
    /// <param name="BlockId">The block.</param>
    /// <param name="Signer">The voter.</param>
    /// <param name="HasBeaconShare">Whether a random-beacon share comes with it.</param>
    public sealed record Vote(View View, BlockId BlockId, NodeId Signer, bool HasBeaconShare) : Message
    {
        public override MessageKind Kind => MessageKind.Vote;

        protected override ulong ContentKey =>
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
        public override MessageKind Kind => MessageKind.Timeout;

        protected override ulong ContentKey =>
            Mix64.Then(Mix64.Then(Mix64.Then(Mix64.Then(7, View.Value), NewestQc.Key), (ulong)Signer.Index), Tick);

        public override ulong Occasion { get; } = Mix64.Then(Mix64.Then(7, View.Value), Tick);
    }

    /// <summary>A node states how far its chain is final and asks who is further.</summary>
    /// <param name="Height">Its finalized height.</param>
    /// <param name="Nonce">Names this request among all of its sender's.</param>
    public sealed record SyncRequest(Height Height, ulong Nonce) : Message
    {
        public override MessageKind Kind => MessageKind.SyncRequest;

        protected override ulong ContentKey => Mix64.Then(Mix64.Then(8, Height.Value), Nonce);

        public override ulong Occasion => Mix64.Then(8, Nonce);
    }

    /// <summary>The answer of a node that is further.</summary>
    /// <param name="Height">Its finalized height.</param>
    /// <param name="Nonce">The request's.</param>
    public sealed record SyncResponse(Height Height, ulong Nonce) : Message
    {
        public override MessageKind Kind => MessageKind.SyncResponse;

        protected override ulong ContentKey => Mix64.Then(Mix64.Then(9, Height.Value), Nonce);

        public override ulong Occasion => Mix64.Then(9, Nonce);
    }

    /// <summary>Asks for finalized blocks by height.</summary>
    /// <param name="From">The first height.</param>
    /// <param name="To">The last.</param>
    /// <param name="Nonce">Names this request among all of its sender's.</param>
    public sealed record RangeRequest(Height From, Height To, ulong Nonce) : Message
    {
        public override MessageKind Kind => MessageKind.RangeRequest;

        protected override ulong ContentKey => Mix64.Then(Mix64.Then(Mix64.Then(10, From.Value), To.Value), Nonce);

        public override ulong Occasion => Mix64.Then(10, Nonce);
    }

    /// <summary>Asks for blocks by identity.</summary>
    /// <param name="Blocks">Which ones.</param>
    /// <param name="Nonce">Names this request among all of its sender's.</param>
    public sealed record BatchRequest(IReadOnlyList<BlockId> Blocks, ulong Nonce) : Message
    {
        public override MessageKind Kind => MessageKind.BatchRequest;

        protected override ulong ContentKey
        {
            get
            {
                ulong key = Mix64.Then(11, Nonce);
                foreach (BlockId block in Blocks) key = Mix64.Then(key, block.Value);
                return key;
            }
        }

        public override ulong Occasion => Mix64.Then(11, Nonce);
    }

    /// <summary>The blocks that a range or batch request asked for, as far as the sender has them.</summary>
    /// <param name="Proposals">The blocks as they were proposed, in ascending height for a range.</param>
    /// <param name="Nonce">The request's.</param>
    public sealed record BlockResponse(IReadOnlyList<Proposal> Proposals, ulong Nonce) : Message
    {
        public override MessageKind Kind => MessageKind.BlockResponse;

        protected override ulong ContentKey
        {
            get
            {
                ulong key = Mix64.Then(12, Nonce);
                foreach (Proposal proposal in Proposals) key = Mix64.Then(key, proposal.Key);
                return key;
            }
        }

        public override ulong Occasion => Mix64.Then(12, Nonce);
    }
}
