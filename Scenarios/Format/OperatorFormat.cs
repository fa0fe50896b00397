using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>Operators as written.</summary>
/// <param name="Spec">What is written.</param>
/// <param name="Roles">Where something of a role is written.</param>
/// <param name="AsleepAt">Where somebody is asleep; null when nobody is.</param>
public sealed record OperatorText(OperatorSpec Spec, IReadOnlyList<(Role Role, Place At)> Roles, Place? AsleepAt);

/// <summary>The <c>operators</c> of an upgrade. All defaults are assumptions.</summary>
public static class OperatorFormat
{
    private static readonly OperatorSpec Assumed = OperatorSpec.Assumed;

    private static readonly Field<Quantiles> Downtime = new("downtime", Distributions.OfLongDurations,
        "From a process's end to its next start. Default lognormal, median 2m, sigma 0.5. ASSUMPTION.");

    private static readonly IReadOnlyList<Field<Quantiles>> Downtimes = PerRole<Quantiles>(
        "downtime", Distributions.OfLongDurations, "Downtime of these; default that of all.");

    private static readonly Field<Quantiles> SwapDelay = new("swap-delay", Distributions.OfLongDurations,
        "From the end of a node that is too old to its start with the newest release, or from a spork's root, by one "
            + "who stands by. "
            + "Default lognormal, median 5m, sigma 0.6. ASSUMPTION.");

    private static readonly Field<long> Asleep = new("asleep", Scalars.Percent,
        "Chance that an operator does not stand by then. Default 0%.");

    private static readonly Field<Quantiles> AsleepDelay = new("asleep-delay", Distributions.OfLongDurations,
        "What it takes longer then. Default lognormal, median 4h, sigma 0.7. ASSUMPTION.");

    private static readonly Field<bool> Restarts = new("restart-after-failure", Scalars.Truth,
        "Whether a node that ended over a failure starts again with the image on disk. Default true.");

    private static readonly IReadOnlyList<Field<SimDuration>> Crashes = PerRole("crash-every",
        Scalars.Duration(SimDuration.FromSeconds(1), SimDuration.FromSeconds(3_660L * 86_400)),
        "Mean time between two accidents of a node. Default never.");

    public static readonly Section<OperatorText> Section = new("operators",
        [Downtime, .. Downtimes, SwapDelay, Asleep, AsleepDelay, Restarts, .. Crashes], Build);

    private static OperatorText Build(Values at)
    {
        long asleep = at.Or(Asleep, Assumed.AsleepPerMillion);
        if (asleep == 0 && at.Has(AsleepDelay))
            throw at.Error("nobody is asleep; write for instance 'asleep: 5%', or remove 'asleep-delay'", AsleepDelay);
        List<(Role, Place)> roles = [];
        List<RoleDowntime> downtimes = [];
        List<CrashRate> crashes = [];
        for (int i = 0; i < NodesFormat.Roles.Count; i++)
        {
            Role role = NodesFormat.Roles[i].Role;
            if (at.Node(Downtimes[i]) is { } down) roles.Add((role, down.At));
            if (at.Node(Crashes[i]) is { } crash) roles.Add((role, crash.At));
            if (at.Has(Downtimes[i])) downtimes.Add(new RoleDowntime(role, at.Get(Downtimes[i])));
            if (at.Has(Crashes[i])) crashes.Add(new CrashRate(role, at.Get(Crashes[i])));
        }

        OperatorSpec spec = new()
        {
            Downtime = at.Or(Downtime, Assumed.Downtime),
            Downtimes = downtimes,
            SwapDelay = at.Or(SwapDelay, Assumed.SwapDelay),
            AsleepPerMillion = asleep,
            Asleep = at.Or(AsleepDelay, Assumed.Asleep),
            RestartsAfterFailure = at.Or(Restarts, Assumed.RestartsAfterFailure),
            Crashes = crashes,
        };
        return new OperatorText(spec, roles, asleep > 0 ? at.Node(Asleep)!.At : null);
    }

    private static List<Field<T>> PerRole<T>(string key, Shape<T> shape, string description)
    {
        List<Field<T>> fields = [];
        foreach ((string name, _) in NodesFormat.Roles)
            fields.Add(new Field<T>($"{name}-{key}", shape, $"{description}"));
        return fields;
    }
}
