using System;
using System.Globalization;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>By which rule the controller currently times proposals.</summary>
public enum ProposalTiming : byte
{
    /// <summary>Nothing observed yet: publish as soon as the view is entered.</summary>
    PublishImmediately,

    /// <summary>The controller decides.</summary>
    HappyPath,

    /// <summary>The controller is off: a fixed delay after the view is entered.</summary>
    Fallback,
}

/// <summary>The block-time controller: steers the epoch's end to its planned time by delaying
/// proposals.</summary>
/// <remarks>
/// A PID controller with leaky integral, flow-go cruisectl/block_time_controller.go. Its filters start at
/// zero and survive epoch changes and periods of being switched off; each accepted block counts once, however
/// many views it skips. Limits apply when a block is observed. Its clock is the arrival of blocks, which only
/// a caller can lie about: flow-go stamps a block when it is queued.
/// </remarks>
public sealed class CruiseControl
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly Ewma proportional;
    private readonly LeakyIntegrator integral;
    private CruiseControlConfig config;
    private BlockId observedBlock;
    private SimTime happyPathTarget;
    private SimDuration fallbackDelay;

    /// <param name="config">Limits and gains.</param>
    /// <param name="initialView">The view at start; only later blocks count.</param>
    /// <param name="current">The epoch of that view.</param>
    /// <param name="next">The epoch after it, if already committed.</param>
    public CruiseControl(CruiseControlConfig config, View initialView, EpochTiming current, EpochTiming? next)
    {
        this.config = config;
        proportional = new Ewma(1.0 / config.EwmaSamples, 0);
        integral = new LeakyIntegrator(1.0 / config.IntegratorSamples, 0);
        CurrentEpoch = current;
        NextEpoch = next;
        LastObservedView = initialView;
        fallbackDelay = config.FallbackProposalDelay;
        Timing = config.Enabled ? ProposalTiming.PublishImmediately : ProposalTiming.Fallback;
    }

    /// <summary>The settings; the switch and the limits can change at run time, gains and windows
    /// cannot.</summary>
    /// <exception cref="ArgumentException">A gain or a window differs.</exception>
    public CruiseControlConfig Config
    {
        get => config;
        set
        {
            CruiseControlConfig fixedPart = config with
            {
                Enabled = value.Enabled,
                MinViewDuration = value.MinViewDuration,
                MaxViewDuration = value.MaxViewDuration,
                FallbackProposalDelay = value.FallbackProposalDelay,
            };
            if (value != fixedPart) throw new ArgumentException("gains and windows are fixed", nameof(value));
            config = value;
        }
    }

    public EpochTiming CurrentEpoch { get; private set; }

    public EpochTiming? NextEpoch { get; private set; }

    public ProposalTiming Timing { get; private set; }

    /// <summary>The view of the last accepted block, at first the view at start.</summary>
    public View LastObservedView { get; private set; }

    /// <summary>A block arrived. Null when it is not newer than the last one, or when the controller is
    /// off.</summary>
    /// <exception cref="InvariantViolation">Its view is beyond the known epochs; flow-go's node
    /// stops.</exception>
    public ControllerObservation? Observe(View view, BlockId block, SimTime at)
    {
        if (view <= LastObservedView) return null;
        if (view > CurrentEpoch.FinalView) EnterNextEpoch(view);
        LastObservedView = view;
        if (!config.Enabled)
        {
            Timing = ProposalTiming.Fallback;
            fallbackDelay = config.FallbackProposalDelay;
            return null;
        }

        ControllerObservation observation = Update(view, at);
        Timing = ProposalTiming.HappyPath;
        observedBlock = block;
        happyPathTarget = at + observation.Target;
        return observation;
    }

    /// <summary>The next epoch is decided.</summary>
    /// <exception cref="InvariantViolation">It does not follow the current one directly.</exception>
    public void EpochCommitted(EpochTiming next)
    {
        // flow-go keeps what it then complains about.
        NextEpoch = next;
        if (!next.FirstView.Follows(CurrentEpoch.FinalView))
            throw Violation("the next epoch leaves a gap or overlaps", next.FirstView);
    }

    /// <summary>The current epoch goes on longer (epoch fallback mode).</summary>
    /// <param name="current">The current epoch including the extension.</param>
    /// <exception cref="InvariantViolation">It would become shorter.</exception>
    public void EpochExtended(EpochTiming current)
    {
        if (current.FinalView < CurrentEpoch.FinalView)
            throw Violation("an extension shortens the epoch", current.FinalView);
        if (current.FinalView > CurrentEpoch.FinalView) CurrentEpoch = current;
    }

    /// <summary>When a proposal should go out; it may already be past.</summary>
    /// <param name="proposalView">The proposal's view; no rule of flow-go's looks at it.</param>
    /// <param name="viewEntered">When the leader entered it.</param>
    /// <param name="parent">The proposal's parent: delays build on the last observed block only.</param>
    public SimTime TargetPublicationTime(View proposalView, SimTime viewEntered, BlockId parent) =>
        Timing switch
        {
            ProposalTiming.HappyPath when parent == observedBlock => happyPathTarget,
            ProposalTiming.Fallback => viewEntered + fallbackDelay,
            _ => viewEntered,
        };

    private ControllerObservation Update(View view, SimTime at)
    {
        double tau = CurrentEpoch.TargetViewTimeSeconds;
        double remaining = GoSeconds(CurrentEpoch.DurationRemaining(at));
        double error = CurrentEpoch.ViewsRemaining(view) * tau - remaining;

        double before = proportional.Value;
        proportional.Add(error);
        integral.Add(error);
        double p = proportional.Value;
        double i = integral.Value;
        double d = p - before;
        double u = p * config.Kp + i * config.Ki + d * config.Kd;

        var unconstrained = new SimDuration(GoMath.ToInt64((tau - u) * NanosecondsPerSecond));
        SimDuration target = SimDuration.Min(
            SimDuration.Max(unconstrained, config.MinViewDuration), config.MaxViewDuration);
        return new ControllerObservation(view, at, error, p, i, d, u, unconstrained, target);
    }

    private void EnterNextEpoch(View view)
    {
        if (NextEpoch is not { } next)
            throw Violation("a block beyond the epoch, and no next one is committed", view);
        if (view > next.FinalView) throw Violation("a block beyond the next epoch", view);
        CurrentEpoch = next;
        NextEpoch = null;
    }

    /// <remarks>Go's Duration.Seconds: whole seconds and the rest are converted separately.</remarks>
    private static double GoSeconds(SimDuration duration) =>
        duration.Nanoseconds / SimDuration.NanosecondsPerSecond
        + duration.Nanoseconds % SimDuration.NanosecondsPerSecond / NanosecondsPerSecond;

    private static InvariantViolation Violation(string what, View view) =>
        new(string.Create(CultureInfo.InvariantCulture, $"cruise control at view {view.Value}: {what}"));
}
