namespace FlowSim.Epochs;

/// <summary>How collection nodes vote for the root blocks of the next epoch's clusters.</summary>
public sealed record RootVoteSpec
{
    /// <summary>flow-go's defaults (module/epochs/qc_voter.go): it tries until the setup phase is over.</summary>
    public static readonly RootVoteSpec FlowGo = new();

    /// <summary>How a vote gets to the contract; waits of at most 10 minutes (qc_voter.go, retryDurationMax).</summary>
    public SubmissionSpec Voting { get; init; } = new();
}
