using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>When a leader's controller takes note of the leader's own block.</summary>
public enum OwnBlockObservation : byte
{
    /// <summary>When it is published, as any other block when it arrives.</summary>
    AtPublication,

    /// <summary>When it is built, before its publication time: flow-go before pull requests 6379 and 6392.</summary>
    AtConstruction,
}

/// <summary>The block-time controller's limits and gains (flow-go cruisectl/config.go).</summary>
/// <param name="Enabled">cruise-ctl-enabled; when off, proposals go out a fixed delay after entering the view.</param>
/// <param name="MinViewDuration">cruise-ctl-min-view-duration.</param>
/// <param name="MaxViewDuration">cruise-ctl-max-view-duration.</param>
/// <param name="FallbackProposalDelay">cruise-ctl-fallback-proposal-duration.</param>
/// <param name="Kp">Proportional gain; a constant in flow-go.</param>
/// <param name="Ki">Integral gain; shipped as 0.6, flow-go's own regression test uses 0.06.</param>
/// <param name="Kd">Derivative gain; a constant in flow-go.</param>
/// <param name="EwmaSamples">N_ewma: the error's average has weight 1/N for a new sample.</param>
/// <param name="IntegratorSamples">N_itg: the integral leaks by 1/N per sample.</param>
/// <param name="OwnBlock">When a leader observes its own block. At construction, the leader of consecutive views counts
/// the second delay from too early, so that a small committee runs fast (cruisectl/README.md, devnet of August
/// 2024).</param>
public sealed record CruiseControlConfig(
    bool Enabled, SimDuration MinViewDuration, SimDuration MaxViewDuration, SimDuration FallbackProposalDelay,
    double Kp, double Ki, double Kd, uint EwmaSamples, uint IntegratorSamples,
    OwnBlockObservation OwnBlock = OwnBlockObservation.AtPublication)
{
    /// <summary>A consensus node's defaults (cruisectl/config.go at dd885b28462c).</summary>
    public static readonly CruiseControlConfig Default = new(
        true, SimDuration.FromMilliseconds(125), SimDuration.FromMilliseconds(910),
        SimDuration.FromMilliseconds(250), 2.0, 0.6, 3.0, 5, 50);
}
