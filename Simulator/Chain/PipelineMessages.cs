using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <content>What the transaction pipeline adds to the consensus of the main chain.</content>
public abstract partial record Message
{
    /// <summary>A message of a cluster's own consensus.</summary>
    /// <param name="Cluster">Whose.</param>
    /// <param name="Inner">What is said.</param>
    public sealed record OfCluster(ClusterId Cluster, Message Inner) : Message
    {
        public override MessageKind Kind => Inner.Kind switch
        {
            MessageKind.Proposal => MessageKind.ClusterProposal,
            MessageKind.Vote => MessageKind.ClusterVote,
            MessageKind.Timeout => MessageKind.ClusterTimeout,
            _ => MessageKind.ClusterSync,
        };

        protected override ulong ContentKey => Mix64.Then(Mix64.Then(50, (ulong)Cluster.Index), Inner.Key);

        public override ulong Occasion { get; } =
            Mix64.Then(Mix64.Then(50, (ulong)Cluster.Index), Inner.Occasion);
    }

    /// <summary>What the roles say to each other about transactions, execution, verification and sealing.</summary>
    /// <remarks>
    /// Sizes are assumptions where flow-go's types do not give them. Nobody publishes what reading these costs; it is
    /// below a millisecond and done by several workers, so it is free here.
    /// </remarks>
    public abstract partial record Pipeline : Message
    {
        /// <summary>A hash, bytes (model/flow/identifier.go).</summary>
        private protected const long Hash = 32;

        /// <summary>Addressing, signature and framing of a small message, bytes. An assumption.</summary>
        private protected const long Envelope = 200;

        private Pipeline()
        {
        }

        /// <summary>Size on the wire.</summary>
        public abstract long Bytes { get; }

        /// <summary>A client's transaction on its way from an access node to a cluster.</summary>
        /// <param name="Transaction">The transaction.</param>
        /// <param name="Attempt">Counts the collection nodes tried.</param>
        public sealed record Submission(Transaction Transaction, int Attempt) : Pipeline
        {
            public override MessageKind Kind => MessageKind.Submission;

            public override long Bytes => Envelope + Transaction.Bytes;

            protected override ulong ContentKey => Occasion;

            public override ulong Occasion => Mix64.Then(Mix64.Then(51, Transaction.Id.Value), (ulong)Attempt);
        }

        /// <summary>A collection node has taken a submitted transaction.</summary>
        /// <param name="TransactionId">Which one.</param>
        /// <param name="Attempt">The submission's.</param>
        public sealed record Acceptance(TransactionId TransactionId, int Attempt) : Pipeline
        {
            public override MessageKind Kind => MessageKind.Acceptance;

            public override long Bytes => Envelope + Hash;

            protected override ulong ContentKey => Occasion;

            public override ulong Occasion => Mix64.Then(Mix64.Then(52, TransactionId.Value), (ulong)Attempt);
        }

        /// <summary>A transaction passed on to other members of its cluster.</summary>
        public sealed record Offer(Transaction Transaction) : Pipeline
        {
            public override MessageKind Kind => MessageKind.Offer;

            public override long Bytes => Envelope + Transaction.Bytes;

            protected override ulong ContentKey => Occasion;

            public override ulong Occasion => Mix64.Then(53, Transaction.Id.Value);
        }

        /// <summary>A guarantee pushed to a consensus node; nobody repeats it (engine/collection/pusher).</summary>
        public sealed record Pledge(Guarantee Guarantee) : Pipeline
        {
            public override MessageKind Kind => MessageKind.Pledge;

            public override long Bytes => Envelope + 3 * Hash;

            protected override ulong ContentKey => Occasion;

            public override ulong Occasion => Mix64.Then(54, Guarantee.CollectionId.Value);
        }

        /// <summary>Asks a guarantor for collections.</summary>
        /// <param name="Collections">Which ones.</param>
        /// <param name="Nonce">Names this request among all of its sender's.</param>
        public sealed record CollectionRequest(IReadOnlyList<CollectionId> Collections, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.CollectionRequest;

            public override long Bytes => Envelope + Collections.Count * Hash;

            protected override ulong ContentKey
            {
                get
                {
                    ulong key = Occasion;
                    foreach (CollectionId collection in Collections) key = Mix64.Then(key, collection.Value);
                    return key;
                }
            }

            public override ulong Occasion => Mix64.Then(55, Nonce);
        }

        /// <summary>The collections asked for, as far as the sender has them.</summary>
        /// <param name="Collections">What it has.</param>
        /// <param name="Nonce">The request's.</param>
        public sealed record CollectionResponse(IReadOnlyList<Collection> Collections, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.CollectionResponse;

            public override long Bytes
            {
                get
                {
                    long bytes = Envelope;
                    foreach (Collection collection in Collections) bytes += collection.Bytes;
                    return bytes;
                }
            }

            protected override ulong ContentKey
            {
                get
                {
                    ulong key = Occasion;
                    foreach (Collection collection in Collections) key = Mix64.Then(key, collection.Id.Value);
                    return key;
                }
            }

            public override ulong Occasion => Mix64.Then(56, Nonce);
        }

        /// <summary>An execution node's receipt.</summary>
        /// <param name="Signed">The receipt.</param>
        /// <param name="Nonce">The request's that it answers; 0 when it is broadcast.</param>
        public sealed record Receipt(ExecutionReceipt Signed, ulong Nonce = 0) : Pipeline
        {
            public override MessageKind Kind => MessageKind.Receipt;

            public override long Bytes => Envelope + Signed.Result.Chunks.Count * 4 * Hash;

            protected override ulong ContentKey => Mix64.Then(Mix64.Then(57, Signed.Key), Nonce);

            public override ulong Occasion => Mix64.Then(Mix64.Then(57, Signed.Result.BlockId.Value), Nonce);
        }

        /// <summary>Asks an execution node for its receipts for blocks.</summary>
        /// <param name="Blocks">Which blocks.</param>
        /// <param name="Nonce">Names this request among all of its sender's.</param>
        public sealed record ReceiptRequest(IReadOnlyList<BlockId> Blocks, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.ReceiptRequest;

            public override long Bytes => Envelope + Blocks.Count * Hash;

            protected override ulong ContentKey
            {
                get
                {
                    ulong key = Occasion;
                    foreach (BlockId block in Blocks) key = Mix64.Then(key, block.Value);
                    return key;
                }
            }

            public override ulong Occasion => Mix64.Then(58, Nonce);
        }

        /// <summary>A verification node's approval of a chunk.</summary>
        /// <param name="Signed">The approval.</param>
        /// <param name="Nonce">The request's that it answers; 0 when it is broadcast.</param>
        public sealed record Approval(ResultApproval Signed, ulong Nonce = 0) : Pipeline
        {
            public override MessageKind Kind => MessageKind.Approval;

            public override long Bytes => Envelope + 4 * Hash;

            protected override ulong ContentKey => Mix64.Then(Mix64.Then(59, Signed.Key), Nonce);

            public override ulong Occasion => Mix64.Then(
                Mix64.Then(Mix64.Then(59, Signed.ResultId.Value), (ulong)Signed.Chunk), Nonce);
        }

        /// <summary>Asks an assigned verification node for its approval of a chunk.</summary>
        /// <param name="ResultId">The result.</param>
        /// <param name="Chunk">The chunk's place.</param>
        /// <param name="Nonce">Names this request among all of its sender's.</param>
        public sealed record ApprovalRequest(ResultId ResultId, int Chunk, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.ApprovalRequest;

            public override long Bytes => Envelope + Hash;

            protected override ulong ContentKey =>
                Mix64.Then(Mix64.Then(Occasion, ResultId.Value), (ulong)Chunk);

            public override ulong Occasion => Mix64.Then(60, Nonce);
        }

        /// <summary>Asks an execution node for what a verifier needs to check a chunk.</summary>
        /// <param name="ResultId">The result.</param>
        /// <param name="Chunk">The chunk's place.</param>
        /// <param name="Nonce">Names this request among all of its sender's.</param>
        public sealed record ChunkDataRequest(ResultId ResultId, int Chunk, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.ChunkDataRequest;

            public override long Bytes => Envelope + Hash;

            protected override ulong ContentKey =>
                Mix64.Then(Mix64.Then(Occasion, ResultId.Value), (ulong)Chunk);

            public override ulong Occasion => Mix64.Then(61, Nonce);
        }

        /// <summary>A chunk's data pack: the collection and the registers that it touches.</summary>
        /// <param name="ResultId">The result.</param>
        /// <param name="Chunk">The chunk's place.</param>
        /// <param name="Size">Bytes of the pack.</param>
        /// <param name="Nonce">The request's.</param>
        public sealed record ChunkDataResponse(ResultId ResultId, int Chunk, long Size, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.ChunkDataResponse;

            public override long Bytes => Envelope + Size;

            protected override ulong ContentKey =>
                Mix64.Then(Mix64.Then(Occasion, ResultId.Value), (ulong)Chunk);

            public override ulong Occasion => Mix64.Then(62, Nonce);
        }

        /// <summary>Asks an execution node to run a script at the end of a block.</summary>
        /// <param name="BlockId">The block.</param>
        /// <param name="Nonce">Names this request among all of its sender's.</param>
        public sealed record ScriptRequest(BlockId BlockId, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.ScriptRequest;

            public override long Bytes => Envelope + Hash;

            protected override ulong ContentKey => Mix64.Then(Occasion, BlockId.Value);

            public override ulong Occasion => Mix64.Then(63, Nonce);
        }

        /// <summary>What a script says: stands for the state that it read.</summary>
        /// <param name="BlockId">The block.</param>
        /// <param name="State">The state at its end; null when the node has not executed it.</param>
        /// <param name="Nonce">The request's.</param>
        public sealed record ScriptResponse(BlockId BlockId, Commitment? State, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.ScriptResponse;

            public override long Bytes => Envelope + Hash;

            protected override ulong ContentKey => Mix64.Then(Occasion, State?.Value ?? 0);

            public override ulong Occasion => Mix64.Then(64, Nonce);
        }
    }
}
