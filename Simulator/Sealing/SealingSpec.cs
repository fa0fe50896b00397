using FlowSim.Kernel;

namespace FlowSim.Sealing;

/// <summary>Which seals count as the other side of an execution fork (exec_fork_suppressor.go).</summary>
public enum ForkRule : byte
{
    /// <summary>Only one that could be put into a block: approved, and with enough receipts.</summary>
    PostFix,

    /// <summary>An approved one with a single receipt too: flow-go before PR 8470 of 2026-02-26.</summary>
    PreFix,
}

/// <summary>What a process does that finds evidence of an execution fork when it starts.</summary>
public enum AfterFork : byte
{
    /// <summary>It ends again (exec_fork_suppressor.go, constructor).</summary>
    ExitsAgain,

    /// <summary>It makes blocks, but none with seals.</summary>
    RefusesSeals,
}

/// <summary>How consensus nodes order collections and seal results.</summary>
public sealed record SealingSpec
{
    /// <summary>flow-go's defaults (cmd/consensus/main.go, model/flow/constants.go).</summary>
    public static readonly SealingSpec FlowGo = new();

    /// <summary>Guarantees in a block at most (cmd/consensus/main.go: max-guarantee-per-block).</summary>
    public int MaxGuarantees { get; init; } = 100;

    /// <summary>Receipts in a block at most (module/builder/consensus: maxReceiptCount).</summary>
    public int MaxReceipts { get; init; } = 200;

    /// <summary>Seals in a block at most (cmd/consensus/main.go: max-seal-per-block).</summary>
    public int MaxSeals { get; init; } = 100;

    /// <summary>Heights from a collection's reference block to the block with it at most
    /// (model/flow/constants.go: DefaultTransactionExpiry).</summary>
    public ulong Expiry { get; init; } = 600;

    /// <summary>Guarantees that wait for a block (cmd/consensus/main.go: guarantee-limit).</summary>
    public int GuaranteePool { get; init; } = 1_000;

    /// <summary>Results known only by broadcast (cmd/consensus/main.go: result-limit).</summary>
    public int ResultPool { get; init; } = 10_000;

    /// <summary>Receipts whose previous result is unknown (cmd/consensus/main.go: pending-receipts-limit).</summary>
    public int PendingReceipts { get; init; } = 10_000;

    /// <summary>Approvals of results that no block incorporates yet (cmd/consensus/main.go: approval-limit).</summary>
    public int ApprovalsCache { get; init; } = 1_000;

    /// <summary>Seals that wait for a block; one more ends the process (cmd/consensus/main.go: seal-limit).</summary>
    public int SealPool { get; init; } = 44_200;

    /// <summary>Approvals that each chunk needs before its result is sealed
    /// (model/flow/constants.go: DefaultRequiredApprovalsForSealConstruction).</summary>
    public int RequiredApprovals { get; init; } = 1;

    /// <summary>Execution nodes that must agree on a result (incorporated_result_seals.go).</summary>
    public int RequiredExecutors { get; init; } = 2;

    /// <summary>Approvals are asked for again while more finalized heights than this are unsealed
    /// (model/flow/constants.go: DefaultApprovalRequestsThreshold).</summary>
    public ulong ApprovalRequestThreshold { get; init; } = 10;

    /// <summary>The shortest time between two requests about a chunk (engine/consensus/sealing/core.go).</summary>
    public SimDuration ShortestBlackout { get; init; } = SimDuration.FromSeconds(10);

    /// <summary>The longest time between two requests about a chunk (engine/consensus/sealing/core.go).</summary>
    public SimDuration LongestBlackout { get; init; } = SimDuration.FromSeconds(30);

    /// <summary>Receipts are asked for when as many finalized heights as this are unsealed, or more
    /// (engine/consensus/matching/core.go: SealingThreshold).</summary>
    public ulong ReceiptRequestThreshold { get; init; } = 10;

    /// <summary>Of how many blocks at once (engine/consensus/matching/core.go: MaxResultsToRequest).</summary>
    public int ReceiptRequestBlocks { get; init; } = 20;

    /// <summary>How often requests leave (engine/common/requester: BatchInterval).</summary>
    public SimDuration ReceiptRequestInterval { get; init; } = SimDuration.FromSeconds(1);

    /// <summary>Blocks in a request at most (engine/common/requester: BatchThreshold).</summary>
    public int ReceiptRequestBatch { get; init; } = 32;

    /// <summary>Wait for the first answer; each further one is twice as long (cmd/consensus/main.go).</summary>
    public SimDuration ReceiptRetry { get; init; } = SimDuration.FromSeconds(2);

    /// <summary>The longest wait for an answer (cmd/consensus/main.go).</summary>
    public SimDuration LongestReceiptRetry { get; init; } = SimDuration.FromSeconds(30);

    /// <summary>Whether old results are sealed without approvals (model/flow/constants.go).</summary>
    public bool EmergencySealing { get; init; }

    /// <summary>Unsealed finalized heights beyond which that begins
    /// (approvals/verifying_assignment_collector.go).</summary>
    public ulong EmergencyAfterFinalized { get; init; } = 100;

    /// <summary>Heights that must be final above the block that incorporates the result (same place).</summary>
    public ulong EmergencyAfterIncorporated { get; init; } = 25;

    /// <summary>How many heights are looked at each time (engine/consensus/sealing/core.go).</summary>
    public ulong EmergencyHeights { get; init; } = 100;

    public ForkRule ForkRule { get; init; } = ForkRule.PostFix;

    public AfterFork AfterFork { get; init; } = AfterFork.ExitsAgain;

    /// <summary>
    /// Whether an approved result may be one side of an execution fork although a result that it builds on is not
    /// approved, as in flow-go: chunks are verified one by one, from the state that they claim to start from.
    /// </summary>
    public bool DescendantApproval { get; init; } = true;
}
