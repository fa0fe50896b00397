using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Tests.Worlds;

/// <summary>A delivery schedule that loses, delays and reorders as it likes, and is calm from an instant on.</summary>
/// <remarks>
/// Chaos comes in spells. In each spell every node is on one of a few sides, and between sides nothing gets through
/// where messages may be lost. Beyond that each message has its own fate. Nobody loses what it says to itself.
/// </remarks>
/// <param name="Seed">Decides everything.</param>
/// <param name="SpellMs">How long a spell lasts.</param>
/// <param name="Sides">Into how many sides a spell parts the nodes.</param>
/// <param name="LossPercent">Chance that a message is lost within a side.</param>
/// <param name="WorstDelayMs">The longest delay.</param>
/// <param name="CalmFrom">When it stops.</param>
internal sealed record Adversary(
    ulong Seed, long SpellMs, int Sides, int LossPercent, long WorstDelayMs, SimTime CalmFrom)
{
    private readonly Luck.Purpose side = new Luck(Seed).For("adversary: side");
    private readonly Luck.Purpose loss = new Luck(Seed).For("adversary: loss");
    private readonly Luck.Purpose delay = new Luck(Seed).For("adversary: delay");

    /// <summary>Whether messages may get lost at all.</summary>
    public bool Loses() => Sides > 1 || LossPercent > 0;

    public SimTime Schedule(in Delivery delivery)
    {
        if (delivery.Departure >= CalmFrom) return delivery.Arrival;
        ulong spell = (ulong)(delivery.Departure.Nanoseconds / SimDuration.NanosecondsPerMillisecond / SpellMs);
        ulong message = delivery.Message.Occasion;
        if (SideOf(delivery.From, spell) != SideOf(delivery.To, spell)) return SimTime.Never;
        if (Luck.Below(loss.Draw((ulong)delivery.From, (ulong)delivery.To, message), 100) < LossPercent)
            return SimTime.Never;
        long late = Luck.Below(delay.Draw((ulong)delivery.From, (ulong)delivery.To, message), WorstDelayMs + 1);
        return delivery.Arrival + SimDuration.FromMilliseconds(late);
    }

    private long SideOf(int node, ulong spell) => Luck.Below(side.Draw((ulong)node, spell), Sides);
}
