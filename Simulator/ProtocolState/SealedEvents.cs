using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>What one seal of a block lets the protocol know.</summary>
/// <param name="Height">Height of the sealed block.</param>
/// <param name="Events">Service events of its result, in order of emission.</param>
public readonly record struct SealedEvents(Height Height, IReadOnlyList<ServiceEvent> Events)
{
    /// <summary>The events of a block's seals, by ascending height.</summary>
    /// <exception cref="ProtocolStateException">Two seals are for one height, or a height is left out.</exception>
    public static IReadOnlyList<ServiceEvent> InOrder(IReadOnlyList<SealedEvents> seals)
    {
        SealedEvents[] ordered = [.. seals];
        Array.Sort(ordered, (a, b) => a.Height.CompareTo(b.Height));
        Check(ordered);
        List<ServiceEvent> events = [];
        foreach (SealedEvents seal in ordered) events.AddRange(seal.Events);
        return events;
    }

    private static void Check(SealedEvents[] ordered)
    {
        for (int i = 1; i < ordered.Length; i++)
            if (ordered[i].Height == ordered[i - 1].Height)
                throw Fault(ProtocolStateFault.DuplicateSealHeight, "two seals for height", ordered[i].Height);
        for (int i = 1; i < ordered.Length; i++)
            if (ordered[i].Height != ordered[i - 1].Height.Next)
                throw Fault(ProtocolStateFault.DiscontinuousSeals, "no seal below height", ordered[i].Height);
    }

    private static ProtocolStateException Fault(ProtocolStateFault fault, string what, Height height) =>
        new(fault, string.Create(CultureInfo.InvariantCulture, $"{what} {height.Value}"));
}
