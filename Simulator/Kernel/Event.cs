namespace FlowSim.Kernel;

/// <summary>What is due at an instant; ties are broken by this order, then by insertion.</summary>
/// <remarks>A local timeout goes before arrivals, as in flow-go's event loop (eventloop/event_loop.go).</remarks>
public enum EventClass : byte
{
    /// <summary>Nature or an operator acts on a node.</summary>
    Order,

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

    /// <summary>Work that a node began is done.</summary>
    JobDone,

    /// <summary>A client calls a node.</summary>
    Call,
}

/// <summary>One entry of the event queue, 32 bytes.</summary>
/// <param name="at">When it is due.</param>
/// <param name="kind">What it is.</param>
/// <param name="sequence">Insertion order, unique in a run: makes the order total.</param>
/// <param name="node">Whom it concerns, an index into the population.</param>
/// <param name="from">The sender of a message; a generation for timers.</param>
/// <param name="payload">The message or publication, shared and immutable.</param>
public readonly struct Event(SimTime at, EventClass kind, long sequence, int node, int from, object? payload)
{
    private const int ClassShift = 56;

    private readonly ulong order = ((ulong)kind << ClassShift) | (ulong)sequence;

    public SimTime At { get; } = at;

    /// <summary>Insertion order.</summary>
    public long Sequence => (long)(order & ((1UL << ClassShift) - 1));

    public EventClass Class => (EventClass)(order >> ClassShift);

    public int Node { get; } = node;

    public int From { get; } = from;

    public object? Payload { get; } = payload;

    /// <summary>The total order of events: time, class, insertion.</summary>
    public static bool IsBefore(in Event a, in Event b) =>
        a.At.Nanoseconds != b.At.Nanoseconds ? a.At < b.At : a.order < b.order;
}

/// <summary>The engine seam: what is due next. Every implementation yields the same total order.</summary>
public interface IEventQueue
{
    /// <summary>Adds an event that is not earlier than the last one taken.</summary>
    void Push(in Event entry);

    /// <summary>Takes the next event if it is due at or before the given instant.</summary>
    bool TryPop(SimTime until, out Event entry);
}
