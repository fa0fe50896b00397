using System;
using SimSharp;

namespace FlowSim.Kernel;

/// <summary>The second engine: the queue kept by SimSharp, a nanosecond to a <see cref="DateTime"/> tick.</summary>
/// <remarks>
/// Compiled only with <c>-p:UseSimSharp=true</c>. SimSharp's queue loses its first-in-first-out order when it grows
/// past its capacity, so it is built with room for every event that can be pending and refuses one more. A
/// <see cref="DateTime"/> ends after almost a hundred years of nanoseconds.
/// </remarks>
public sealed class SimSharpQueue : SimSharp.Simulation, IEventQueue
{
    private readonly int mostPending;
    private bool hasFired;
    private Event fired;

    /// <param name="mostPending">Events that may be pending at once.</param>
    public SimSharpQueue(int mostPending = 1 << 20)
        : base(DateTime.MinValue)
    {
        this.mostPending = mostPending;
        ScheduleQ = new EventQueue(mostPending);
    }

    public void Push(in Event entry)
    {
        if (ScheduleQ.Count == mostPending)
            throw new InvalidOperationException("more events are pending than the engine keeps in order");
        var due = new DateTime(entry.At.Nanoseconds);
        new Timeout(this, due - Now, entry, priority: (int)entry.Class).AddCallback(Fire);
    }

    public bool TryPop(SimTime until, out Event entry)
    {
        entry = default;
        if (ScheduleQ.Count == 0 || Peek().Ticks > until.Nanoseconds) return false;
        hasFired = false;
        while (!hasFired) Step();
        entry = fired;
        return true;
    }

    private void Fire(SimSharp.Event due)
    {
        fired = (Event)due.Value;
        hasFired = true;
    }
}
