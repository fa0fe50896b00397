using System;
using FlowSim.Chain;

namespace FlowSim.Analysis.Timeline;

/// <summary>What the roles of the transaction pipeline state and say, in words.</summary>
public static class PipelineText
{
    /// <summary>What the node did; null when the notice is another's or not worth a line.</summary>
    public static string? Of(in TraceEvent entry, Cast cast) => entry.Notice switch
    {
        Notice.OfCluster { Cluster: var cluster, Inner: var inner } =>
            NoticeText.Of(entry with { Notice = inner }, cast) is { } line
                ? FormattableString.Invariant($"cluster {cluster.Index}, view {NoticeText.ViewOf(inner)}: {line}")
                : null,
        Notice.Submitted submitted => $"takes transaction {Id(submitted.Transaction.Id.Value)} from a client",
        Notice.StatusChanged changed => $"knows transaction {Id(changed.TransactionId.Value)} to be {changed.Status}",
        Notice.Pledged pledged => FormattableString.Invariant(
            $"guarantees collection {pledged.Guarantee.CollectionId.Value:x16}"),
        Notice.Executed executed => FormattableString.Invariant($"has executed height {executed.Result.Height.Value}: ")
            + $"result {Id(executed.Result.Id.Value)} of {executed.Result.Chunks.Count} chunks",
        Notice.Diverged diverged => FormattableString.Invariant(
            $"finds its state at height {diverged.Sealed.Height.Value} to differ from the sealed one"),
        Notice.Approved { Approval: var approval } => FormattableString.Invariant(
            $"approves chunk {approval.Chunk} of result {approval.ResultId.Value:x16}"),
        Notice.ChunkFault fault => FormattableString.Invariant(
            $"comes to another end of chunk {fault.Chunk.Index} of result {fault.ResultId.Value:x16}"),
        Notice.SealReady ready => FormattableString.Invariant($"could seal height {ready.Seal.Height.Value} ")
            + $"by result {Id(ready.Seal.Result.Id.Value)}",
        Notice.ExecutionFork fork => FormattableString.Invariant(
            $"holds two contradicting seals for height {fork.Seal.Height.Value}"),
        Notice.ScriptAnswered answered => FormattableString.Invariant($"answers a script at height ")
            + FormattableString.Invariant($"{answered.Height.Value}{(answered.State is null ? ": nobody can" : "")}"),
        Notice.StateChanged changed => FormattableString.Invariant(
            $"takes up protocol state {Id(changed.After.Id)}, epoch {changed.After.EpochCounter}"),
        Notice.StateMismatch mismatch => FormattableString.Invariant(
            $"comes to protocol state {Id(mismatch.Own)}, which the block does not commit to"),
        Notice.ServiceEventJudged judged => $"judges service event {judged.Event.GetType().Name}: verdict "
            + FormattableString.Invariant($"{judged.Verdict}, fault {judged.Fault}"),
        Notice.ServiceEventEmitted emitted => $"the contracts emit {emitted.Event.GetType().Name}",
        Notice.DkgEnded ended => FormattableString.Invariant($"key generation for epoch {ended.Epoch} ends ")
            + (ended.HasShare ? "with a share" : "without a share"),
        Notice.BeaconKeyMissing missing =>
            FormattableString.Invariant($"lacks the beacon key of epoch {missing.Epoch} and ends"),
        Notice.Bootstrapped joined =>
            FormattableString.Invariant($"starts from a snapshot at height {joined.Head.Height.Value}"),
        _ => null,
    };

    /// <summary>What a message of the pipeline or of a cluster is, with its article.</summary>
    public static string Of(MessageKind kind) => kind switch
    {
        MessageKind.ClusterProposal => "a proposal of its cluster",
        MessageKind.ClusterVote => "a vote of its cluster",
        MessageKind.ClusterTimeout => "a timeout object of its cluster",
        MessageKind.ClusterSync => "a message of its cluster's synchronisation",
        MessageKind.Submission => "a client's transaction",
        MessageKind.Acceptance => "word that a transaction is taken",
        MessageKind.Offer => "a transaction",
        MessageKind.Pledge => "a guarantee",
        MessageKind.CollectionRequest => "a request for collections",
        MessageKind.CollectionResponse => "collections",
        MessageKind.Receipt => "a receipt",
        MessageKind.ReceiptRequest => "a request for receipts",
        MessageKind.Approval => "an approval",
        MessageKind.ApprovalRequest => "a request for an approval",
        MessageKind.ChunkDataRequest => "a request for a chunk's data",
        MessageKind.ChunkDataResponse => "a chunk's data",
        MessageKind.ScriptRequest => "a script",
        MessageKind.ScriptResponse => "a script's answer",
        MessageKind.NodeCall => "a node's own transaction",
        MessageKind.DkgShare => "a share of the random beacon's key",
        MessageKind.ContractQuery => "a question about the system contracts",
        MessageKind.ContractAnswer => "the system contracts",
        MessageKind.SnapshotRequest => "a request for a snapshot",
        MessageKind.SnapshotResponse => "a snapshot",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Id(ulong value) => FormattableString.Invariant($"{value:x16}");
}
