using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>How soon those of a wave act: a pure function of draws.</summary>
/// <remarks>A new one is a record of its own and a line in the format.</remarks>
public abstract record Pace
{
    /// <summary>All at once.</summary>
    public static readonly Pace AtOnce = new Window(SimDuration.Zero);

    /// <summary>By when everybody has acted, since the wave began; null when some may never.</summary>
    public abstract SimDuration? Everybody { get; }

    /// <summary>When somebody acts, since the wave began; null for never.</summary>
    /// <param name="decider">Names a node, or an operator who decides for several.</param>
    /// <param name="lots">Draws which kind of person that is.</param>
    /// <param name="delays">Draws how long it takes.</param>
    public abstract SimDuration? After(ulong decider, Luck.Purpose lots, Luck.Purpose delays);

    /// <summary>Each at any time of a period, equally likely.</summary>
    /// <param name="Length">Of the period; zero is all at once.</param>
    public sealed record Window(SimDuration Length) : Pace
    {
        public override SimDuration? Everybody => Length;

        public override SimDuration? After(ulong decider, Luck.Purpose lots, Luck.Purpose delays) =>
            new SimDuration(Luck.Below(delays.Draw(decider), Length.Nanoseconds + 1));
    }

    /// <summary>Some are faster than others; who has none of the habits never acts.</summary>
    /// <param name="Shares">How many are how fast.</param>
    public sealed record Habits(IReadOnlyList<Habit> Shares) : Pace
    {
        private const long Million = 1_000_000;

        public override SimDuration? Everybody => null;

        public override SimDuration? After(ulong decider, Luck.Purpose lots, Luck.Purpose delays)
        {
            long lot = Luck.Below(lots.Draw(decider), Million);
            foreach (Habit habit in Shares)
            {
                if (lot < habit.SharePerMillion) return new SimDuration(habit.Delay.Value(delays.Draw(decider)));
                lot -= habit.SharePerMillion;
            }

            return null;
        }
    }
}
