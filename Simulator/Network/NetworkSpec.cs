using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>Links between regions and what a message weighs.</summary>
public sealed record NetworkSpec
{
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>One-way base latency, nanoseconds, row = sender's region, column = receiver's: half the RTT.</summary>
    public required IReadOnlyList<IReadOnlyList<long>> OneWay { get; init; }

    /// <summary>Extra delay relative to the base, in millionths of it.</summary>
    public required Quantiles JitterPerMillion { get; init; }

    /// <summary>Chance of a spike, per million messages.</summary>
    public required long SpikeChancePerMillion { get; init; }

    /// <summary>What a spike adds, in millionths of the base latency; 1,000,000 doubles it.</summary>
    public required long SpikeExtraPerMillion { get; init; }

    /// <summary>A node's uplink, bits per second; copies leave one after the other. 0 = unlimited.</summary>
    public required long UplinkBitsPerSecond { get; init; }

    public required MessageSizes Sizes { get; init; }
}

/// <summary>Bytes on the wire per kind of message.</summary>
/// <param name="Proposal">Header, certificates and payload of a proposal.</param>
/// <param name="Vote">A vote.</param>
/// <param name="Timeout">A timeout object with its certificates.</param>
public sealed record MessageSizes(long Proposal, long Vote, long Timeout)
{
    /// <summary>A request of synchronisation, or a response without blocks.</summary>
    public long Request { get; init; } = 200;

    /// <summary>A block's identity in a batch request (model/flow/identifier.go).</summary>
    public const long BlockId = 32;
}

/// <summary>What each step costs its node, nanoseconds, as distributions; zero makes a step free.</summary>
public sealed record ProcessingSpec
{
    /// <summary>The leader builds a payload and signs the proposal.</summary>
    public required Quantiles BuildProposal { get; init; }

    /// <summary>A receiver checks a proposal and extends its state; one at a time, as flow-go does.</summary>
    public required Quantiles ValidateProposal { get; init; }

    /// <summary>The next leader checks a vote; eight at a time (voteaggregator/vote_aggregator.go).</summary>
    public required Quantiles VerifyVote { get; init; }

    /// <summary>A node checks a timeout object; four at a time (timeoutaggregator/timeout_aggregator.go).</summary>
    public required Quantiles VerifyTimeout { get; init; }

    /// <summary>Safety data reaches the disk before a vote, proposal or timeout object leaves.</summary>
    public required Quantiles Persist { get; init; }

    /// <summary>A cluster's leader builds a collection and signs the proposal.</summary>
    public Quantiles BuildCollection { get; init; } = Quantiles.Constant(0);

    /// <summary>A cluster member checks a proposal of its cluster, one at a time.</summary>
    public Quantiles ValidateCollection { get; init; } = Quantiles.Constant(0);

    /// <summary>Executing a block apart from its transactions: the system chunk, and writing the result.</summary>
    public Quantiles ExecuteBlock { get; init; } = Quantiles.Constant(0);

    /// <summary>Executing one transaction.</summary>
    public Quantiles ExecuteTransaction { get; init; } = Quantiles.Constant(0);

    /// <summary>An execution node whose process holds the state loads it after a restart.</summary>
    /// <remarks>About 10 minutes on mainnet (flow-go issue 8308, January 2026).</remarks>
    public Quantiles LoadState { get; init; } = Quantiles.Constant(600 * SimDuration.NanosecondsPerSecond);

    /// <summary>An execution node whose state is in a process of its own gets hold of it after a restart.</summary>
    /// <remarks>About 8 seconds without execution per upgrade on mainnet from February 2026 on (Flow's list of
    /// height-coordinated upgrades).</remarks>
    public Quantiles ReachLedger { get; init; } = Quantiles.Constant(8 * SimDuration.NanosecondsPerSecond);

    /// <summary>A verification node executes a chunk again.</summary>
    public Quantiles VerifyChunk { get; init; } = Quantiles.Constant(0);

    /// <summary>An access node takes a call: reading it, checking it, passing it on.</summary>
    public Quantiles ServeCall { get; init; } = Quantiles.Constant(0);
}
