using System;
using System.Collections.Generic;
using System.Diagnostics;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>What the link faults do to a message.</summary>
/// <remarks>Every draw is named by link, message and attempt, so that a fault elsewhere changes nothing here.</remarks>
public sealed class Weather
{
    private const long Million = 1_000_000;

    /// <summary>Linux gives up on a connection after about this many retransmissions (tcp_retries2).</summary>
    private const int MostAttempts = 15;

    /// <summary>Smallest retransmission timeout of Linux's TCP.</summary>
    private static readonly SimDuration LeastRetransmission = SimDuration.FromMilliseconds(200);

    private readonly LinkFault[] faults;
    private readonly ulong[] keys;
    private readonly Luck.Purpose loss;
    private readonly Luck.Purpose duplicate;

    public Weather(IReadOnlyList<LinkFault> faults, ulong[] keys, Luck luck)
    {
        this.faults = [.. faults];
        this.keys = keys;
        loss = luck.For("loss of a packet");
        duplicate = luck.For("duplication of a message");
    }

    /// <summary>True when there never is any weather.</summary>
    public bool IsCalm => faults.Length == 0;

    /// <summary>Strikes a message.</summary>
    /// <param name="delivery">The message as it would arrive in calm weather.</param>
    /// <param name="second">When a second copy arrives, or never.</param>
    /// <returns>When it arrives, or never.</returns>
    public SimTime Strike(in Delivery delivery, out SimTime second)
    {
        SimTime arrival = delivery.Arrival;
        second = SimTime.Never;
        for (int i = 0; i < faults.Length; i++)
        {
            if (!faults[i].Exposes(delivery.Departure, delivery.From, delivery.To)) continue;
            switch (faults[i])
            {
                case LinkFault.Cut:
                    return SimTime.Never;
                case LinkFault.Slow slow:
                    arrival = delivery.Departure + Scaled(arrival - delivery.Departure, slow.FactorPerMillion)
                        + slow.Extra;
                    break;
                case LinkFault.Loss lost:
                    arrival = Retransmitted(delivery, arrival, lost.ChancePerMillion);
                    break;
                case LinkFault.Duplicate twice:
                    if (Happens(duplicate, delivery, 0, twice.ChancePerMillion)) second = arrival + twice.After;
                    break;
                default:
                    throw new UnreachableException();
            }

            if (arrival == SimTime.Never) return arrival;
        }

        return arrival;
    }

    /// <summary>Each lost attempt costs a timeout of 1.5 round trips, at least 200 ms, doubling every time.</summary>
    private SimTime Retransmitted(in Delivery delivery, SimTime arrival, long chancePerMillion)
    {
        SimDuration wait = SimDuration.Max(
            LeastRetransmission, Scaled(delivery.Arrival - delivery.Departure, 3 * Million));
        for (ulong attempt = 0; Happens(loss, delivery, attempt, chancePerMillion); attempt++)
        {
            if (attempt == MostAttempts) return SimTime.Never;
            arrival += wait;
            wait += wait;
        }

        return arrival;
    }

    private bool Happens(Luck.Purpose purpose, in Delivery delivery, ulong attempt, long chancePerMillion) =>
        Luck.Below(purpose.About(keys[delivery.From]).Draw(keys[delivery.To], delivery.Message.Occasion, attempt),
            Million) < chancePerMillion;

    private static SimDuration Scaled(SimDuration duration, long perMillion) =>
        new((long)Int128.Min(long.MaxValue / 4, (Int128)duration.Nanoseconds * perMillion / Million));
}
