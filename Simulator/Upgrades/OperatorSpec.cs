using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>How those who run nodes react, and how often processes die.</summary>
/// <remarks>ASSUMPTION throughout: nobody has published such figures for Flow. To be swept, and said so in results.
/// </remarks>
public sealed record OperatorSpec
{
    private const long Minute = 60 * SimDuration.NanosecondsPerSecond;

    /// <summary>The defaults, all of them assumptions.</summary>
    public static readonly OperatorSpec Assumed = new();

    /// <summary>From a process's end to the next one's start when somebody or something is there to start it. What an
    /// execution node then takes for its state comes on top, as the processing costs say.</summary>
    public Quantiles Downtime { get; init; } = Quantiles.Lognormal(2 * Minute, 0.5);

    /// <summary>Roles for which it is another one; the first entry counts.</summary>
    public IReadOnlyList<RoleDowntime> Downtimes { get; init; } = [];

    /// <summary>From the end of a node that is too old to its start with the newest image, by one who stands by.
    /// </summary>
    public Quantiles SwapDelay { get; init; } = Quantiles.Lognormal(5 * Minute, 0.6);

    /// <summary>Chance that an operator does not stand by then, for all own nodes alike.</summary>
    public long AsleepPerMillion { get; init; }

    /// <summary>What it takes longer then.</summary>
    public Quantiles Asleep { get; init; } = Quantiles.Lognormal(240 * Minute, 0.7);

    /// <summary>Whether a node that ended over a failure is started again with the image on disk.</summary>
    public bool RestartsAfterFailure { get; init; } = true;

    /// <summary>How often processes die by accident; roles that are not listed never do.</summary>
    public IReadOnlyList<CrashRate> Crashes { get; init; } = [];

    /// <summary>How long a role's nodes are down for a restart.</summary>
    public Quantiles DowntimeOf(Role role)
    {
        foreach (RoleDowntime entry in Downtimes)
        {
            if (entry.Role == role) return entry.Time;
        }

        return Downtime;
    }
}

/// <summary>How long a role's nodes are down for a restart.</summary>
public sealed record RoleDowntime(Role Role, Quantiles Time);

/// <summary>How often a role's processes die by accident: a Poisson process per node.</summary>
/// <param name="Role">Whose.</param>
/// <param name="MeanBetween">Mean time between two accidents of a node.</param>
public sealed record CrashRate(Role Role, SimDuration MeanBetween);

/// <summary>How fast some of the operators follow an announcement.</summary>
/// <param name="SharePerMillion">Share of the operators, or nodes.</param>
/// <param name="Delay">From the announcement to the swap.</param>
public sealed record Habit(long SharePerMillion, Quantiles Delay)
{
    private const long Hour = 3600 * SimDuration.NanosecondsPerSecond;

    /// <summary>ASSUMPTION.</summary>
    public static readonly Quantiles Prompt = Quantiles.Lognormal(4 * Hour, 1);

    /// <summary>ASSUMPTION.</summary>
    public static readonly Quantiles Normal = Quantiles.Lognormal(48 * Hour, 0.8);

    /// <summary>ASSUMPTION; that some are several versions behind has been observed.</summary>
    public static readonly Quantiles Laggard = Quantiles.Lognormal(240 * Hour, 0.7);
}
