using System.Diagnostics;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim;

/// <summary>The timers of all nodes on the agenda.</summary>
/// <remarks>For a timer, an event's sender is its generation and its payload its name, none for the view's.</remarks>
internal sealed class Alarms(Agenda agenda, int nodes)
{
    private readonly Timers timers = new(nodes * TimerNames.Count);

    /// <summary>Forgets what a node waits for, as a crash does.</summary>
    public void Clear(int node)
    {
        for (int kind = 0; kind < TimerNames.Count; kind++) timers.Clear(kind * nodes + node);
    }

    /// <summary>Moves a node's timer.</summary>
    public void Set(int node, TimerKind kind, SimTime at)
    {
        int slot = (int)kind * nodes + node;
        if (timers.Set(slot, at)) Queue(node, kind, slot);
    }

    /// <summary>Whether an entry that came up is a timer that expires now, and not a sleeper or a stale one.</summary>
    /// <param name="due">The entry.</param>
    /// <param name="now">When it came up.</param>
    /// <param name="input">What its node is told.</param>
    public bool Fires(in Event due, SimTime now, out InputKind input)
    {
        TimerKind kind = due.Payload is TimerKind named ? named : TimerKind.View;
        input = kind switch
        {
            TimerKind.View => InputKind.TimerFired,
            TimerKind.Sync => InputKind.SyncTimerFired,
            _ => InputKind.EngineTimerFired,
        };
        int slot = (int)kind * nodes + due.Node;
        switch (timers.Wake(slot, due.From, now))
        {
            case Timers.Verdict.Fire:
                return true;
            case Timers.Verdict.Sleep:
                Queue(due.Node, kind, slot);
                return false;
            case Timers.Verdict.Stale:
                return false;
            default:
                throw new UnreachableException();
        }
    }

    private void Queue(int node, TimerKind kind, int slot) => agenda.Push(timers.DeadlineOf(slot), EventClass.Timer,
        node, timers.GenerationOf(slot), kind == TimerKind.View ? null : TimerNames.Of(kind));
}
