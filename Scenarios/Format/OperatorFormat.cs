using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

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

    public static readonly Section<OperatorSpec> Section = new("operators",
        [Downtime, .. Downtimes, SwapDelay, Asleep, AsleepDelay, Restarts, .. Crashes], Build);

    private static OperatorSpec Build(Values at)
    {
        List<RoleDowntime> downtimes = [];
        List<CrashRate> crashes = [];
        for (int i = 0; i < NodesFormat.Roles.Count; i++)
        {
            Role role = NodesFormat.Roles[i].Role;
            if (at.Has(Downtimes[i])) downtimes.Add(new RoleDowntime(role, at.Get(Downtimes[i])));
            if (at.Has(Crashes[i])) crashes.Add(new CrashRate(role, at.Get(Crashes[i])));
        }

        return new OperatorSpec
        {
            Downtime = at.Or(Downtime, Assumed.Downtime),
            Downtimes = downtimes,
            SwapDelay = at.Or(SwapDelay, Assumed.SwapDelay),
            AsleepPerMillion = at.Or(Asleep, Assumed.AsleepPerMillion),
            Asleep = at.Or(AsleepDelay, Assumed.Asleep),
            RestartsAfterFailure = at.Or(Restarts, Assumed.RestartsAfterFailure),
            Crashes = crashes,
        };
    }

    private static List<Field<T>> PerRole<T>(string key, Shape<T> shape, string description)
    {
        List<Field<T>> fields = [];
        foreach ((string name, _) in NodesFormat.Roles)
            fields.Add(new Field<T>($"{name}-{key}", shape, $"{description}"));
        return fields;
    }
}
