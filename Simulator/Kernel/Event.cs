namespace FlowSim.Kernel;

/// <summary>What is due at an instant; ties are broken by this order, then by insertion.</summary>
/// <remarks>A local timeout goes before arrivals, as flow-go's event loop prefers it (eventloop/event_loop.go).</remarks>
public enum EventClass : byte
{
    /// <summary>A node starts.</summary>
    Start,

    /// <summary>A node's view timer.</summary>
    Timer,

    /// <summary>A proposal's publication time.</summary>
    Publication,

    /// <summary>A message has been checked by its receiver and reaches the protocol.</summary>
    Processed,

    /// <summary>A message reaches its receiver.</summary>
    Arrival,
}

/// <summary>One entry of the event queue.</summary>
/// <param name="At">When it is due.</param>
/// <param name="Class">What it is.</param>
/// <param name="Sequence">Insertion order, unique in a run: makes the order total.</param>
/// <param name="Node">Whom it concerns, an index into the population.</param>
/// <param name="From">The sender of a message; a generation for timers.</param>
/// <param name="Payload">The message or proposal, shared and immutable.</param>
public readonly record struct Event(SimTime At, EventClass Class, long Sequence, int Node, int From, object? Payload)
{
    /// <summary>The total order of events: time, class, insertion.</summary>
    public static int Compare(in Event a, in Event b)
    {
        int byTime = a.At.CompareTo(b.At);
        if (byTime != 0) return byTime;
        int byClass = (int)a.Class - (int)b.Class;
        return byClass != 0 ? byClass : a.Sequence.CompareTo(b.Sequence);
    }
}

/// <summary>The engine seam: what is due next. Every implementation yields the same total order.</summary>
public interface IEventQueue
{
    /// <summary>Adds an event that is not earlier than the last one taken.</summary>
    void Push(in Event entry);

    /// <summary>Takes the next event if it is due at or before the given instant.</summary>
    bool TryPop(SimTime until, out Event entry);
}
