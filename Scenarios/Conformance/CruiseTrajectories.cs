using System;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Recorded;

/// <summary>Trajectories of the block-time controller: one per file, with open or closed loop.</summary>
/// <remarks>
/// With a closed loop, each block's time follows from the controller's own answer to the one before, by the
/// recorded rule; the recorded times are then answers to compare, not inputs.
/// </remarks>
internal sealed class CruiseTrajectories(string name) : IFamily
{
    private static readonly BlockId UnknownBlock = new(ulong.MaxValue);

    public string Name => name;

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.Case(file.Text("name"), () => ReplaySteps(file, comparison));

    private static void ReplaySteps(JsonElement file, Comparison comparison)
    {
        var control = new CruiseControl(file.Get("config").CruiseControlConfig(), file.View("initialView"),
            file.Get("initialEpoch").Epoch(), file.Get("initialNextEpoch").EpochOrNull());
        ClosedLoop? loop = file.TryGetProperty("closedLoop", out JsonElement rule)
            ? new ClosedLoop(rule, file.View("initialView"))
            : null;
        comparison.Same("initialTimingKind", file.Text("initialTimingKind"), TimingName(control.Timing));

        int number = 0;
        foreach (JsonElement step in file.Get("steps").EnumerateArray())
        {
            comparison.Step(++number);
            bool failed = Fails(() => Apply(step, control, loop, new BlockId((ulong)number), comparison));
            comparison.Same("error", step.TryGetProperty("error", out _), failed);
            if (step.TryGetProperty("epochState", out JsonElement state))
                CompareEpochs(state, control, comparison);
        }
    }

    private static bool Fails(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (InvariantViolation)
        {
            return true;
        }
    }

    private static void Apply(
        JsonElement step, CruiseControl control, ClosedLoop? loop, BlockId block, Comparison comparison)
    {
        switch (step.Text("op"))
        {
            case "process" or "measure":
                Observe(step, control, loop, block, comparison);
                break;
            case "epochCommitted":
                control.EpochCommitted(step.Get("epoch").Epoch());
                break;
            case "epochExtended":
                control.EpochExtended(step.Get("epoch").Epoch());
                break;
            case "setEnabled":
                control.Config = control.Config with { Enabled = step.Flag("enabled") };
                break;
            case "setTiming":
                control.Config = control.Config with
                {
                    MinViewDuration = step.Duration("minViewDuration_ns"),
                    MaxViewDuration = step.Duration("maxViewDuration_ns"),
                    FallbackProposalDelay = step.Duration("fallbackProposalDelay_ns"),
                };
                break;
            case var other:
                throw new RecordingException($"unknown op {other}");
        }
    }

    private static void Observe(
        JsonElement step, CruiseControl control, ClosedLoop? loop, BlockId block, Comparison comparison)
    {
        View view = loop?.View ?? step.View("view");
        SimTime at = loop?.Time ?? step.Time("t_ns");
        SimTime entered = loop?.Time ?? step.Time("tve_ns");
        comparison.Same("view", step.Unsigned("view"), view.Value);
        comparison.Same("t_ns", step.Signed("t_ns"), at.Nanoseconds);
        comparison.Same("tve_ns", step.Signed("tve_ns"), entered.Nanoseconds);

        ControllerObservation? observation = control.Observe(view, block, at);
        JsonElement expected = step.Get("out");
        comparison.Same("measured", expected.Flag("measured"), observation is not null);
        comparison.Same("timingKind", expected.Text("timingKind"), TimingName(control.Timing));
        comparison.Same("observationView", expected.Unsigned("observationView"),
            control.LastObservedView.Value);
        if (observation is { } measured && expected.Flag("measured"))
            CompareTerms(expected, measured, control.CurrentEpoch, comparison);

        SimTime match = control.TargetPublicationTime(view.Next, entered, block);
        SimTime other = control.TargetPublicationTime(view.Next, entered, UnknownBlock);
        comparison.Same("tpt_match_ns", expected.Signed("tpt_match_ns"), match.Nanoseconds);
        comparison.Same("tpt_other_ns", expected.Signed("tpt_other_ns"), other.Nanoseconds);
        loop?.Advance(match);
    }

    private static void CompareTerms(
        JsonElement expected, in ControllerObservation actual, EpochTiming epoch, Comparison comparison)
    {
        comparison.Same("viewDurationsRemaining",
            expected.Unsigned("viewDurationsRemaining"), epoch.ViewsRemaining(actual.View));
        comparison.Same("durationRemaining_ns",
            expected.Signed("durationRemaining_ns"), epoch.DurationRemaining(actual.At).Nanoseconds);
        comparison.Same("tau_s", expected.Real("tau_s"), epoch.TargetViewTimeSeconds);
        comparison.Same("e_inst", expected.Real("e_inst"), actual.ErrorSeconds);
        comparison.Same("e_prop", expected.Real("e_prop"), actual.ProportionalSeconds);
        comparison.Same("e_itg", expected.Real("e_itg"), actual.IntegralSeconds);
        comparison.Same("e_drv", expected.Real("e_drv"), actual.DerivativeSeconds);
        comparison.Same("u_s", expected.Real("u_s"), actual.OutputSeconds);
        comparison.Same("u_ns", expected.Signed("u_ns"), GoMath.ToInt64(actual.OutputSeconds * 1e9));
        comparison.Same("unconstrained_ns", expected.Signed("unconstrained_ns"),
            actual.Unconstrained.Nanoseconds);
        comparison.Same("constrained_ns", expected.Signed("constrained_ns"), actual.Target.Nanoseconds);
    }

    private static void CompareEpochs(JsonElement state, CruiseControl control, Comparison comparison)
    {
        Compare("current", state.Get("current").EpochOrNull(), control.CurrentEpoch, comparison);
        Compare("next", state.Get("next").EpochOrNull(), control.NextEpoch, comparison);
        comparison.Same("tau_s", state.Real("tau_s"), control.CurrentEpoch.TargetViewTimeSeconds);
    }

    private static void Compare(string field, EpochTiming? expected, EpochTiming? actual,
        Comparison comparison)
    {
        comparison.Same(field + ".firstView", expected?.FirstView.Value, actual?.FirstView.Value);
        comparison.Same(field + ".finalView", expected?.FinalView.Value, actual?.FinalView.Value);
        comparison.Same(field + ".targetDuration_s", expected?.TargetDurationSeconds,
            actual?.TargetDurationSeconds);
        comparison.Same(field + ".targetEndTime_unix_s", expected?.TargetEndTimeSeconds,
            actual?.TargetEndTimeSeconds);
    }

    private static string TimingName(ProposalTiming timing) => timing switch
    {
        ProposalTiming.PublishImmediately => "publishImmediately",
        ProposalTiming.HappyPath => "happyPathBlockTime",
        _ => "fallbackTiming",
    };
}
