namespace FlowSim.Kernel;

/// <summary>The queue with the counter that makes its order total.</summary>
public sealed class Agenda(IEventQueue queue)
{
    /// <summary>Events pushed so far: the sequence number of the next one.</summary>
    public long Pushed { get; private set; }

    public void Push(SimTime at, EventClass kind, int node, int from, object? payload) =>
        queue.Push(new Event(at, kind, Pushed++, node, from, payload));

    public bool TryPop(SimTime until, out Event due) => queue.TryPop(until, out due);
}
