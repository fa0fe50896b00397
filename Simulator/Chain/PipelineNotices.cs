using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <content>What the roles of the transaction pipeline state about themselves.</content>
public abstract partial record Notice
{
    /// <summary>A collection node states something about its cluster's own chain.</summary>
    /// <param name="Cluster">Whose chain.</param>
    /// <param name="Inner">What a participant of that chain states.</param>
    public sealed record OfCluster(ClusterId Cluster, Notice Inner) : Notice
    {
        public override void Into(TraceDigest digest)
        {
            digest.Add(21, (ulong)Cluster.Index, 0, 0);
            Inner.Into(digest);
        }
    }

    /// <summary>An access node has taken a client's transaction.</summary>
    public sealed record Submitted(Transaction Transaction) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(22, Transaction.Id.Value, Transaction.ReferenceId.Value, 0);
    }

    /// <summary>What a client is told of its transaction has changed.</summary>
    /// <param name="TransactionId">The transaction.</param>
    /// <param name="Status">The new status.</param>
    /// <param name="Since">When the node knew what makes it so; a result may be known before finality.</param>
    public sealed record StatusChanged(TransactionId TransactionId, TransactionStatus Status, SimTime Since) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(23, TransactionId.Value, (ulong)Status, unchecked((ulong)Since.Nanoseconds));
    }

    /// <summary>A collection node guarantees a collection to the consensus nodes.</summary>
    public sealed record Pledged(Guarantee Guarantee) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(24, Guarantee.CollectionId.Value, (ulong)Guarantee.Cluster.Index, 0);
    }

    /// <summary>An execution node has executed a block.</summary>
    public sealed record Executed(ExecutionResult Result) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(25, Result.BlockId.Value, Result.Id.Value, Result.End.Value);
    }

    /// <summary>An execution node's state is not the one that the chain sealed: it stops (checker/core.go).</summary>
    /// <param name="Sealed">The seal it is held against.</param>
    /// <param name="Own">Its own state at the end of the sealed block.</param>
    public sealed record Diverged(Seal Sealed, Commitment Own) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(26, Sealed.BlockId.Value, Sealed.Result.End.Value, Own.Value);
    }

    /// <summary>A verification node approves a chunk.</summary>
    public sealed record Approved(ResultApproval Approval) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(27, Approval.BlockId.Value, Approval.ResultId.Value, (ulong)Approval.Chunk);
    }

    /// <summary>A verification node comes to another end than a chunk claims, and says nothing to anybody.</summary>
    /// <param name="BlockId">The executed block.</param>
    /// <param name="ResultId">The result.</param>
    /// <param name="Chunk">The chunk.</param>
    /// <param name="Own">What the verifier came to.</param>
    public sealed record ChunkFault(BlockId BlockId, ResultId ResultId, Chunk Chunk, Commitment Own) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(28, ResultId.Value, (ulong)Chunk.Index, Own.Value);
    }

    /// <summary>A consensus node could seal a result: it is incorporated and has the approvals it needs.</summary>
    /// <param name="Seal">The seal.</param>
    /// <param name="IncorporatedIn">The block that incorporates the result.</param>
    public sealed record SealReady(Seal Seal, BlockId IncorporatedIn) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(29, Seal.BlockId.Value, Seal.Result.Id.Value, IncorporatedIn.Value);
    }

    /// <summary>
    /// A consensus node holds two seals for one block that contradict each other: it stops, and will not seal again
    /// (exec_fork_suppressor.go).
    /// </summary>
    /// <param name="Seal">One of the two.</param>
    /// <param name="Other">The other.</param>
    public sealed record ExecutionFork(Seal Seal, Seal Other) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(30, Seal.BlockId.Value, Seal.Result.Id.Value, Other.Result.Id.Value);
    }

    /// <summary>An access node has answered a client's script.</summary>
    /// <param name="BlockId">At the end of which block.</param>
    /// <param name="Height">That block's height.</param>
    /// <param name="State">The state that the answer rests on; null when nobody could answer.</param>
    public sealed record ScriptAnswered(BlockId BlockId, Height Height, Commitment? State) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(31, BlockId.Value, Height.Value, State?.Value ?? 0);
    }
}

/// <summary>A transaction as its client sees it (model/flow/transaction.go, access/rpc/backend).</summary>
public enum TransactionStatus : byte
{
    /// <summary>A collection node has taken it; not in a finalized block as far as the access node knows.</summary>
    Pending = 1,

    /// <summary>In a finalized block, its collection known.</summary>
    Finalized,

    /// <summary>Finalized and executed by some execution node.</summary>
    Executed,

    /// <summary>The seal of its block is finalized.</summary>
    Sealed,

    /// <summary>Its reference block is too old for any block to come.</summary>
    Expired,

    /// <summary>No collection node that was tried took it.</summary>
    Refused,
}
