using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Tests.Pipeline;

/// <summary>An engine with a planted bug: what it does or says is edited on the way out, or what it hears.</summary>
/// <param name="honest">The engine inside.</param>
/// <param name="edit">Takes an effect, and puts out what is to become of it.</param>
/// <param name="hears">What it hears of instead of a final block of the main chain; null when it hears all.</param>
internal sealed class PlantedEngine(
    IEngine honest, Action<Effect, Effects> edit, Func<Block, IEnumerable<Block>>? hears = null) : IEngine
{
    private readonly Effects meant = new();

    public object? Saved => honest.Saved;

    public Worth WorthOf(Message message) => honest.WorthOf(message);

    public void Start(SimTime now, Effects into)
    {
        honest.Start(now, meant);
        Edit(into);
    }

    public void Incorporated(SimTime now, Block block, Effects into)
    {
        honest.Incorporated(now, block, meant);
        Edit(into);
    }

    public void Finalized(SimTime now, Block block, Effects into)
    {
        IEnumerable<Block> heard = hears is null ? [block] : hears(block);
        foreach (Block other in heard) honest.Finalized(now, other, meant);
        Edit(into);
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        honest.Receive(now, from, message, meant);
        Edit(into);
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
        honest.OnTimer(now, timer, meant);
        Edit(into);
    }

    public void Done(SimTime now, Job job, Effects into)
    {
        honest.Done(now, job, meant);
        Edit(into);
    }

    public void OnCall(SimTime now, ClientCall call, Effects into)
    {
        honest.OnCall(now, call, meant);
        Edit(into);
    }

    private void Edit(Effects into)
    {
        for (int i = 0; i < meant.Count; i++) edit(meant[i], into);
        meant.Clear();
    }
}
