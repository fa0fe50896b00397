using System;
using SimSharp;

namespace FlowSim.Kernel;

/// <summary>The second engine: the same queue kept by SimSharp, one nanosecond to a <see cref="DateTime"/> tick.</summary>
/// <remarks>
/// Compiled only with <c>-p:UseSimSharp=true</c>. SimSharp's queue loses its first-in-first-out order when it grows
/// past its capacity, so it is built with room for every event that can be pending.
/// </remarks>
public sealed class SimSharpQueue : SimSharp.Simulation, IEventQueue
{
    private const int MostPending = 1 << 20;
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private bool hasFired;
    private Event fired;

    public SimSharpQueue() : base(Epoch) => ScheduleQ = new EventQueue(MostPending);

    public void Push(in Event entry)
    {
        DateTime due = Epoch.AddTicks(entry.At.Nanoseconds);
        new Timeout(this, due - Now, entry, true, (int)entry.Class).AddCallback(Fire);
    }

    public bool TryPop(SimTime until, out Event entry)
    {
        entry = default;
        if (ScheduleQ.Count == 0 || Peek() > Epoch.AddTicks(until.Nanoseconds)) return false;
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
