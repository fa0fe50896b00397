using FlowSim.Kernel;

namespace FlowSim.Epochs;

/// <summary>How a node gets its own transaction to a system contract (module/dkg/broker.go, module/epochs).</summary>
public sealed record SubmissionSpec
{
    /// <summary>How often a failed submission is repeated.</summary>
    public Backoff Retry { get; init; } = new();

    /// <summary>Failures in a row after which another access node is tried (retryMaxConsecutiveFailures).</summary>
    public int FailuresPerAccessNode { get; init; } = 2;

    /// <summary>How often the node looks whether its transaction is sealed (base_client.go,
    /// waitForSealedRetryInterval).</summary>
    public SimDuration CheckInterval { get; init; } = SimDuration.FromSeconds(3);

    /// <summary>How long it looks before the submission counts as failed. An assumption.</summary>
    /// <remarks>In flow-go an access node that cannot be reached is an error at once, and a transaction that an access
    /// node took is waited for up to 5 minutes (waitForSealedMaxDuration). Here nobody tells the node which it is.
    /// </remarks>
    public SimDuration Patience { get; init; } = SimDuration.FromSeconds(30);

    /// <summary>How long an execution node has to answer. An assumption: flow-go's scripts have no limit here.
    /// </summary>
    public SimDuration AnswerPatience { get; init; } = SimDuration.FromSeconds(5);
}
