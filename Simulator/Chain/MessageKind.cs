namespace FlowSim.Chain;

/// <summary>The kinds of message, for counts. Consensus first, then clusters, then the pipeline.</summary>
public enum MessageKind : byte
{
    Proposal,
    Vote,
    Timeout,
    SyncRequest,
    SyncResponse,
    RangeRequest,
    BatchRequest,
    BlockResponse,
    ClusterProposal,
    ClusterVote,
    ClusterTimeout,
    ClusterSync,
    Submission,
    Acceptance,
    Offer,
    Pledge,
    CollectionRequest,
    CollectionResponse,
    Receipt,
    ReceiptRequest,
    Approval,
    ApprovalRequest,
    ChunkDataRequest,
    ChunkDataResponse,
    ScriptRequest,
    ScriptResponse,
}
