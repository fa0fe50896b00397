using FlowSim.Kernel;

namespace FlowSim.Epochs;

/// <summary>How consensus nodes make the random beacon's key.</summary>
public sealed record DkgSpec
{
    /// <summary>flow-go's defaults (engine/consensus/dkg, module/dkg).</summary>
    public static readonly DkgSpec FlowGo = new();

    /// <summary>Views between two looks at the whiteboard, counted back from the end of a phase (reactor_engine.go,
    /// DefaultPollStep).</summary>
    public ulong PollStep { get; init; } = 10;

    /// <summary>Whether the whiteboard is read as of the latest sealed block, instead of the finalized one that the
    /// look is due at.</summary>
    /// <remarks>The code passes the finalized block (reactor_engine.go, registerPoll), the comment at the reader asks
    /// for one whose seal is finalized (broker.go, Poll).</remarks>
    public bool ReadsSealed { get; init; }

    /// <summary>How often a look at the whiteboard is repeated (broker.go, ReadMaxRetries).</summary>
    public Backoff Reading { get; init; } = new() { Retries = 3 };

    /// <summary>How a node gets its posts and its result to the contract (broker.go, PublishMaxRetries).</summary>
    public SubmissionSpec Posting { get; init; } = new() { Retry = new Backoff { Retries = 10 } };

    /// <summary>How often a share is sent again (messaging_engine.go, retryMax).</summary>
    /// <remarks>In flow-go the sender learns from the connection whether the share went out and stops then. Nobody
    /// tells it here, so it sends them all; a participant takes the first.</remarks>
    public Backoff Shares { get; init; } = new() { Retries = 9 };

    /// <summary>The start is delayed by up to this times the square of the number of participants
    /// (controller.go, DefaultBaseStartDelay).</summary>
    public SimDuration StartDelay { get; init; } = new(500_000);

    /// <summary>The first vector read waits up to this times the square of the number of participants
    /// (controller.go, DefaultBaseHandleFirstBroadcastDelay).</summary>
    public SimDuration FirstVectorDelay { get; init; } = SimDuration.FromMilliseconds(50);

    /// <summary>Each further one in the first phase waits so long (controller.go,
    /// DefaultHandleSubsequentBroadcastDelay).</summary>
    public SimDuration NextVectorDelay { get; init; } = SimDuration.FromMilliseconds(2_500);

    /// <summary>Whether a node that should hold a key of the current epoch and does not refuses to start again
    /// (flag require-beacon-key, module/dkg/verification.go).</summary>
    public bool RequireBeaconKey { get; init; } = true;
}
