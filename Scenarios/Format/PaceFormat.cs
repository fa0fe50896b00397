using System;
using System.Collections.Generic;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>A way of saying how soon those of a wave act: a key of a rollout, one of several.</summary>
/// <param name="Key">The key.</param>
/// <param name="Read">The pace out of what stands there.</param>
public sealed record PaceKind(Field Key, Func<Values, Pace> Read)
{
    /// <summary>A kind by its key, what may stand there, and what that means.</summary>
    public static PaceKind Of<T>(string key, Shape<T> shape, string description, Func<T, Pace> make)
    {
        Field<T> field = new(key, shape, description);
        return new PaceKind(field, at => make(at.Get(field)));
    }
}

/// <summary>The paces of rollouts.</summary>
public static class PaceFormat
{
    private const long Million = 1_000_000;

    private static readonly Field<long> Prompt = new("prompt", Scalars.Percent, "Median 4 hours. ASSUMPTION.");
    private static readonly Field<long> Normal = new("normal", Scalars.Percent, "Median 2 days. ASSUMPTION.");
    private static readonly Field<long> Laggard = new("laggard", Scalars.Percent, "Median 10 days. ASSUMPTION.");

    /// <summary>All paces; without any all act at once.</summary>
    public static readonly IReadOnlyList<PaceKind> Kinds =
    [
        PaceKind.Of("window", Scalars.Duration(SimDuration.Zero, SimDuration.FromSeconds(366 * 86_400)),
            "Within a wave each node restarts at any time of this window. Default 0s: all at once.",
            length => new Pace.Window(length)),
        PaceKind.Of("habits", new Section<IReadOnlyList<Habit>>("habits", [Prompt, Normal, Laggard], HabitsOf),
            "Instead of a window: how many are how fast. Who has none of the habits never changes.",
            shares => new Pace.Habits(shares)),
    ];

    /// <summary>The pace that is written, at once if none is.</summary>
    /// <exception cref="ScenarioException">Two are.</exception>
    public static Pace Read(Values at, IReadOnlyList<PaceKind> kinds)
    {
        PaceKind? chosen = null;
        foreach (PaceKind kind in kinds)
        {
            if (!at.Has(kind.Key)) continue;
            if (chosen is not null)
                throw at.Error($"'{kind.Key.Key}' and '{chosen.Key.Key}' exclude each other; keep one", kind.Key);
            chosen = kind;
        }

        return chosen?.Read(at) ?? Pace.AtOnce;
    }

    private static IReadOnlyList<Habit> HabitsOf(Values at)
    {
        List<Habit> habits = [];
        long sum = 0;
        foreach ((Field<long> field, Quantiles delay) in
            ((Field<long>, Quantiles)[])[(Prompt, Habit.Prompt), (Normal, Habit.Normal), (Laggard, Habit.Laggard)])
        {
            long share = at.Or(field, 0);
            if ((sum += share) > Million)
                throw at.Error(FormattableString.Invariant(
                    $"the habits come to {sum / 10_000m:0.####}% of the nodes; at most 100%"), field);
            if (share > 0) habits.Add(new Habit(share, delay));
        }

        return habits.Count > 0
            ? habits
            : throw at.Error("nobody has a habit here; write for instance { prompt: 60% }");
    }
}
