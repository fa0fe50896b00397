using System;

namespace FlowSim.Kernel;

/// <summary>The queue with the clock that its events move and the counter that makes their order total.</summary>
public sealed class Agenda(IEventQueue queue)
{
    /// <summary>When the last event taken was due.</summary>
    public SimTime Now { get; private set; }

    /// <summary>Events pushed so far: the sequence number of the next one.</summary>
    public long Pushed { get; private set; }

    /// <exception cref="InvalidOperationException">The event precedes its cause.</exception>
    public void Push(SimTime at, EventClass kind, int node, int from, object? payload)
    {
        if (at < Now) throw new InvalidOperationException($"an effect ({kind}) precedes its cause");
        queue.Push(new Event(at, kind, Pushed++, node, from, payload));
    }

    /// <summary>Takes the next event that is due at or before the given instant.</summary>
    public bool TryPop(SimTime until, out Event due)
    {
        if (!queue.TryPop(until, out due)) return false;
        Now = due.At;
        return true;
    }
}
