using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <content>Messages of key generation, of nodes that call contracts, and of nodes that join.</content>
public abstract partial record Message
{
    public abstract partial record Pipeline
    {
        private const long ShareBytes = 200;
        private const long QueryBytes = 200;
        private const long CallBytes = 1_000;
        private const long SnapshotBytesPerBlock = 20_000;

        /// <summary>A node's own transaction on its way to an access node (integration of flow-go's contract clients,
        /// module/epochs, module/dkg).</summary>
        /// <param name="Id">Identity of the transaction.</param>
        /// <param name="Call">What it asks.</param>
        public sealed record NodeCall(TransactionId Id, ContractCall Call) : Pipeline
        {
            public override MessageKind Kind => MessageKind.NodeCall;

            public override long Bytes => Envelope + CallBytes;

            public override ulong Occasion => Mix64.Then(Mix64.Then(90, Id.Value), Call.Key);

            protected override ulong ContentKey => Occasion;
        }

        /// <summary>A dealer's secret share for one participant (engine/consensus/dkg, private channel).</summary>
        /// <param name="Epoch">The epoch that the key is for.</param>
        /// <param name="Attempt">Counts repetitions.</param>
        public sealed record DkgShare(ulong Epoch, int Attempt) : Pipeline
        {
            public override MessageKind Kind => MessageKind.DkgShare;

            public override long Bytes => Envelope + ShareBytes;

            public override ulong Occasion => Mix64.Then(Mix64.Then(91, Epoch), (ulong)Attempt);

            protected override ulong ContentKey => Occasion;
        }

        /// <summary>Asks an execution node for the system contracts as of a block.</summary>
        /// <param name="BlockId">The block.</param>
        /// <param name="Nonce">Distinguishes repetitions.</param>
        public sealed record ContractQuery(BlockId BlockId, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.ContractQuery;

            public override long Bytes => Envelope + QueryBytes;

            public override ulong Occasion => Mix64.Then(Mix64.Then(92, BlockId.Value), Nonce);

            protected override ulong ContentKey => Occasion;
        }

        /// <summary>The answer.</summary>
        /// <param name="BlockId">The block.</param>
        /// <param name="Contracts">Their state after it; null when the node has not executed it.</param>
        /// <param name="Nonce">The question's.</param>
        public sealed record ContractAnswer(BlockId BlockId, ContractState? Contracts, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.ContractAnswer;

            public override long Bytes => Envelope + QueryBytes;

            public override ulong Occasion => Mix64.Then(Mix64.Then(93, BlockId.Value), Nonce);

            protected override ulong ContentKey => Mix64.Then(Occasion, Contracts is null ? 0UL : 1UL);
        }

        /// <summary>Asks an access node for a snapshot (cmd/dynamic_startup.go).</summary>
        /// <param name="Nonce">Distinguishes repetitions.</param>
        public sealed record SnapshotRequest(ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.SnapshotRequest;

            public override long Bytes => Envelope + QueryBytes;

            public override ulong Occasion => Mix64.Then(94, Nonce);

            protected override ulong ContentKey => Occasion;
        }

        /// <summary>The answer.</summary>
        /// <param name="Snapshot">The snapshot.</param>
        /// <param name="Nonce">The question's.</param>
        public sealed record SnapshotResponse(Snapshot Snapshot, ulong Nonce) : Pipeline
        {
            public override MessageKind Kind => MessageKind.SnapshotResponse;

            public override long Bytes => Envelope + Snapshot.Segment.Count * SnapshotBytesPerBlock;

            public override ulong Occasion => Mix64.Then(95, Nonce);

            protected override ulong ContentKey => Mix64.Then(Occasion, Snapshot.Head.Id.Value);
        }
    }
}
