using System;
using System.Collections.Generic;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>What an operator or a developer of a consensus node can set.</summary>
public sealed record Parameters(PacemakerConfig Pacemaker, CruiseControlConfig CruiseControl);

/// <summary>The <c>parameters</c> section and the keys of a parameter set: flow-go's own flag
/// names.</summary>
/// <remarks>
/// Flags and their defaults: cmd/consensus/main.go. What flow-go fixes in code stands under <c>constants</c>,
/// so that nobody looks for it on a node's command line. The checks are those of pacemaker/timeout/config.go.
/// </remarks>
public static class ParameterFormat
{
    private static readonly PacemakerConfig Pacemaker = PacemakerConfig.ConsensusDefault;
    private static readonly CruiseControlConfig Cruise = CruiseControlConfig.Default;
    private static readonly SimDuration Day = SimDuration.FromSeconds(86_400);
    private static readonly ScalarShape<SimDuration> Limit = Scalars.Duration(SimDuration.Zero, Day);

    public static readonly Field<SimDuration> MinTimeout = new("hotstuff-min-timeout", Limit,
        "Timeout of a view while things go well. Default 1045ms.");

    public static readonly Field<double> Factor = new("hotstuff-timeout-adjustment-factor",
        Scalars.Real(0, 1_000),
        "Growth of the timeout per failed view beyond the tolerated ones. Default 1.2.");

    public static readonly Field<long> HappyFailures = new("hotstuff-happy-path-max-round-failures",
        Scalars.Whole(0, 1_000_000), "Failed views tolerated before the timeout grows. Default 6.");

    public static readonly Field<bool> Enabled = new("cruise-ctl-enabled", Scalars.Truth,
        "Whether the block-time controller steers. Default true.");

    public static readonly Field<SimDuration> MinView = new("cruise-ctl-min-view-duration", Limit,
        "The shortest view the controller asks for. Default 125ms.");

    public static readonly Field<SimDuration> MaxView = new("cruise-ctl-max-view-duration", Limit,
        "The longest view the controller asks for. Default 910ms.");

    public static readonly Field<SimDuration> Fallback = new("cruise-ctl-fallback-proposal-duration", Limit,
        "Delay of a proposal when the controller is off. Default 250ms.");

    private static readonly Field<double> Kp = new("KP", Scalars.Real(-1_000, 1_000),
        "Proportional gain. Default 2.0.");

    private static readonly Field<double> Ki = new("KI", Scalars.Real(-1_000, 1_000),
        "Integral gain. Default 0.6.");

    private static readonly Field<double> Kd = new("KD", Scalars.Real(-1_000, 1_000),
        "Derivative gain. Default 3.0.");

    private static readonly Field<long> Ewma = new("N_ewma", Scalars.Whole(1, 1_000_000),
        "Samples in the error's moving average. Default 5.");

    private static readonly Field<long> Integrator = new("N_itg", Scalars.Whole(1, 1_000_000),
        "Samples after which the integral has leaked. Default 50.");

    private static readonly Field<OwnBlockObservation> OwnBlock = new("observe-own-block", OwnBlockShape(),
        "When a leader's controller observes its own block; at construction was a bug. Default at-publication.");

    private static readonly Field<SimDuration> MaxTimeout = new("max-timeout", Limit,
        "The longest timeout of a view. Default 60s.");

    private static readonly Field<SimDuration> Rebroadcast = new("max-rebroadcast-interval", Limit,
        "The longest pause between two sendings of one timeout object. Default 5s.");

    private sealed record Constants(
        double Kp, double Ki, double Kd, long Ewma, long Integrator, OwnBlockObservation OwnBlock,
        SimDuration MaxTimeout, SimDuration Rebroadcast);

    private static readonly Section<Constants> ConstantSection = new(
        "constants", [Kp, Ki, Kd, Ewma, Integrator, OwnBlock, MaxTimeout, Rebroadcast],
        at => new Constants(at.Or(Kp, Cruise.Kp), at.Or(Ki, Cruise.Ki), at.Or(Kd, Cruise.Kd),
            at.Or(Ewma, Cruise.EwmaSamples), at.Or(Integrator, Cruise.IntegratorSamples),
            at.Or(OwnBlock, Cruise.OwnBlock), at.Or(MaxTimeout, Pacemaker.MaxTimeout), RebroadcastOf(at)));

    private static readonly Field<Constants> ConstantsField = new("constants", ConstantSection,
        "What flow-go fixes in code and offers no flag for.");

    /// <summary>The keys that are flags, in the order in which they are printed.</summary>
    public static readonly IReadOnlyList<Field> FlagFields =
        [MinTimeout, Factor, HappyFailures, Enabled, MinView, MaxView, Fallback];

    private static readonly Field<YamlMapping> FlagText = new("flags", Flags.Shape,
        "Flags as on a node's command line: --name=value, separated by spaces.");

    /// <summary>The keys a user may write; <see cref="Flags.Expand"/> turns <c>flags</c> into the
    /// others.</summary>
    public static readonly IReadOnlyList<Field> Written = [.. FlagFields, ConstantsField, FlagText];

    /// <summary>The section as users write it.</summary>
    public static readonly UnreadShape Layer = new(
        new Section<YamlMapping>("parameters", Written, at => at.Only(Written)));

    /// <summary>The section after expansion.</summary>
    public static readonly Section<Parameters> Section = new("parameters", [.. FlagFields, ConstantsField],
        Build);

    /// <summary>A choice as the format spells it.</summary>
    public static string NameOf(OwnBlockObservation choice) =>
        choice == OwnBlockObservation.AtConstruction ? "at-construction" : "at-publication";

    private static MappedShape<string, OwnBlockObservation> OwnBlockShape()
    {
        OwnBlockObservation[] choices = [OwnBlockObservation.AtPublication, OwnBlockObservation.AtConstruction];
        return new MappedShape<string, OwnBlockObservation>(
            Scalars.OneOf("a choice", Array.ConvertAll(choices, NameOf)),
            (text, _) => Array.Find(choices, choice => NameOf(choice).Equals(text, StringComparison.Ordinal)));
    }

    private static Parameters Build(Values at)
    {
        Constants constants = at.Has(ConstantsField)
            ? at.Get(ConstantsField)
            : ConstantSection.Read(new YamlMapping(at.At, []));
        return new Parameters(PacemakerOf(at, constants), CruiseOf(at, constants));
    }

    private static PacemakerConfig PacemakerOf(Values at, Constants constants)
    {
        SimDuration least = at.Or(MinTimeout, Pacemaker.MinTimeout);
        if (least < SimDuration.FromMilliseconds(1))
            throw at.Error($"hotstuff-min-timeout is {GoDuration.Format(least)}; it must be 1ms or more",
                MinTimeout);
        if (constants.MaxTimeout < least)
            throw at.Error(
                $"hotstuff-min-timeout is {GoDuration.FormatFlag(least)}; it must not exceed max-timeout, "
                + GoDuration.FormatFlag(constants.MaxTimeout), MinTimeout, ConstantsField);
        double factor = at.Or(Factor, Pacemaker.AdjustmentFactor);
        if (factor <= 1)
            throw at.Error("hotstuff-timeout-adjustment-factor must be above 1, or timeouts never grow",
                Factor);
        return new PacemakerConfig(least, constants.MaxTimeout, factor,
            (ulong)at.Or(HappyFailures, (long)Pacemaker.HappyPathMaxRoundFailures), constants.Rebroadcast);
    }

    private static CruiseControlConfig CruiseOf(Values at, Constants constants)
    {
        SimDuration least = at.Or(MinView, Cruise.MinViewDuration);
        SimDuration most = at.Or(MaxView, Cruise.MaxViewDuration);
        if (least > most)
            throw at.Error(
                $"cruise-ctl-min-view-duration is {GoDuration.FormatFlag(least)}; it must not exceed "
                + $"cruise-ctl-max-view-duration, {GoDuration.FormatFlag(most)}", MinView, MaxView);
        return new CruiseControlConfig(at.Or(Enabled, Cruise.Enabled), least, most,
            at.Or(Fallback, Cruise.FallbackProposalDelay), constants.Kp, constants.Ki, constants.Kd,
            (uint)constants.Ewma, (uint)constants.Integrator, constants.OwnBlock);
    }

    private static SimDuration RebroadcastOf(Values at)
    {
        SimDuration interval = at.Or(Rebroadcast, Pacemaker.MaxRebroadcastInterval);
        return interval > SimDuration.Zero
            ? interval
            : throw at.Error("max-rebroadcast-interval must be above 0s", Rebroadcast);
    }
}
