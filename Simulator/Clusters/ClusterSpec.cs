using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Clusters;

/// <summary>How collection nodes form clusters and make collections.</summary>
public sealed record ClusterSpec
{
    /// <summary>flow-go's defaults (cmd/collection/main.go, cmd/bootstrap).</summary>
    public static readonly ClusterSpec FlowGo = new();

    /// <summary>Clusters per epoch (bootstrap flag collection-clusters).</summary>
    public int Count { get; init; } = 2;

    /// <summary>Pacing of a cluster (cmd/collection/main.go: hotstuff-min-timeout).</summary>
    public PacemakerConfig Pacemaker { get; init; } =
        PacemakerConfig.ConsensusDefault with { MinTimeout = SimDuration.FromMilliseconds(1000) };

    /// <summary>Fixed delay from entering a view to publishing (cmd/collection/main.go: hotstuff-proposal-duration).
    /// </summary>
    public SimDuration ProposalDelay { get; init; } = SimDuration.FromMilliseconds(250);

    /// <summary>Heights for which a transaction may be included after its reference block (model/flow/constants.go,
    /// DefaultTransactionExpiry).</summary>
    public ulong TransactionExpiry { get; init; } = 600;

    /// <summary>Heights before its expiry from which a transaction is not taken any more (cmd/collection/main.go:
    /// ingest-expiry-buffer).</summary>
    public ulong IngestExpiryBuffer { get; init; } = 30;

    /// <summary>Heights before its expiry from which a transaction is not put into a collection any more
    /// (cmd/collection/main.go: builder-expiry-buffer).</summary>
    public ulong BuilderExpiryBuffer { get; init; } = 15;

    /// <summary>A transaction's largest size, bytes (model/flow/constants.go, DefaultMaxTransactionByteSize).</summary>
    public long MaxTransactionBytes { get; init; } = 1_500_000;

    /// <summary>A transaction's largest computation limit (DefaultMaxTransactionGasLimit).</summary>
    public long MaxTransactionGas { get; init; } = 9_999;

    /// <summary>Transactions in a collection (DefaultMaxCollectionSize).</summary>
    public int MaxCollectionSize { get; init; } = 100;

    /// <summary>A collection's bytes (DefaultMaxCollectionByteSize).</summary>
    public long MaxCollectionBytes { get; init; } = 3_000_000;

    /// <summary>A collection's computation limit (DefaultMaxCollectionTotalGas).</summary>
    public long MaxCollectionGas { get; init; } = 10_000_000;

    /// <summary>Transactions that wait at a node (cmd/collection/main.go: tx-limit).</summary>
    public int MempoolLimit { get; init; } = 50_000;

    /// <summary>Members that get a submitted transaction beyond the first (ingest-tx-propagation-redundancy).</summary>
    public int PropagationRedundancy { get; init; } = 10;

    /// <summary>How collections shrink when sealing falls behind.</summary>
    public SealingThrottle Throttle { get; init; } = SealingThrottle.FlowGo;

    /// <summary>Heights that a collection is served beyond its expiry, by the sealed height. An assumption: flow-go's
    /// nodes keep everything, but nobody asks for what is sealed.</summary>
    public ulong ServingMargin { get; init; } = 100;
}
