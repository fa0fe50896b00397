using FlowSim.Kernel;

namespace FlowSim.Access;

/// <summary>Which block a client takes as its transaction's reference.</summary>
public enum ReferenceChoice : byte
{
    /// <summary>The latest sealed block, as Flow's client libraries do by default.</summary>
    LatestSealed,

    /// <summary>The latest finalized block.</summary>
    LatestFinalized,
}

/// <summary>How access nodes work.</summary>
public sealed record AccessSpec
{
    /// <summary>flow-go's defaults (engine/access, access/rpc/backend).</summary>
    public static readonly AccessSpec FlowGo = new();

    /// <summary>Collection nodes that a transaction is offered to, one after the other
    /// (engine/common/rpc/execution_node_identities_provider.go: MaxNodesCnt).</summary>
    public int MostNodes { get; init; } = 3;

    /// <summary>How long one of them has to answer (access/rpc/backend/transactions).</summary>
    public SimDuration Patience { get; init; } = SimDuration.FromSeconds(2);

    /// <summary>Which block a client refers to. An assumption.</summary>
    public ReferenceChoice Reference { get; init; }

    /// <summary>Distance of two moments at which collections of finalized blocks are asked for (module/requester:
    /// batch interval); zero asks at once. That the access node's requester has the default is inferred.</summary>
    public SimDuration FetchInterval { get; init; } = SimDuration.FromSeconds(1);

    /// <summary>First wait for a collection (module/requester: retry initial).</summary>
    public SimDuration FetchRetry { get; init; } = SimDuration.FromSeconds(4);

    /// <summary>Longest wait for a collection (module/requester: retry maximum).</summary>
    public SimDuration FetchLongest { get; init; } = SimDuration.FromSeconds(120);

    /// <summary>Heights after which a transaction's reference block is too old (model/flow/constants.go).</summary>
    public ulong Expiry { get; init; } = 600;

    /// <summary>How long an execution node has to answer a script. An assumption.</summary>
    public SimDuration ScriptPatience { get; init; } = SimDuration.FromSeconds(5);
}
