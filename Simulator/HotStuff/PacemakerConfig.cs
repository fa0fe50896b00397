using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>How long a node waits in a view (flow-go pacemaker/timeout/config.go).</summary>
/// <param name="MinTimeout">Timeout on the happy path (hotstuff-min-timeout).</param>
/// <param name="MaxTimeout">Cap; flow-go has no flag for it, 60 s.</param>
/// <param name="AdjustmentFactor">Growth per failed round beyond the happy path
/// (hotstuff-timeout-adjustment-factor).</param>
/// <param name="HappyPathMaxRoundFailures">Failed rounds tolerated without growth.</param>
/// <param name="MaxRebroadcastInterval">Longest pause between two sendings of one timeout object; no flag, 5 s.</param>
public sealed record PacemakerConfig(
    SimDuration MinTimeout, SimDuration MaxTimeout, double AdjustmentFactor,
    ulong HappyPathMaxRoundFailures, SimDuration MaxRebroadcastInterval)
{
    /// <summary>A consensus node's flag defaults (cmd/consensus/main.go at dd885b28462c).</summary>
    public static readonly PacemakerConfig ConsensusDefault = new(
        SimDuration.FromMilliseconds(1045), SimDuration.FromSeconds(60), 1.2, 6, SimDuration.FromSeconds(5));
}
