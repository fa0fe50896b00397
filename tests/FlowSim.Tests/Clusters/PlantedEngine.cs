using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Tests.Clusters;

/// <summary>An engine with a planted bug: it hears of other final blocks than there are, or says other things.
/// </summary>
/// <param name="honest">The engine inside.</param>
/// <param name="hears">What it hears of instead of a final block of the main chain; null when it hears all.</param>
/// <param name="says">What it says instead of a notice; null when it says all.</param>
internal sealed class PlantedEngine(
    IEngine honest, Func<Block, IEnumerable<Block>>? hears, Func<Notice, IEnumerable<Notice>>? says = null) : IEngine
{
    private readonly Effects meant = new();

    public object? Saved => honest.Saved;

    public void Start(SimTime now, Effects into)
    {
        honest.Start(now, meant);
        Say(into);
    }

    public void Incorporated(SimTime now, Block block, Effects into) => honest.Incorporated(now, block, into);

    public void Finalized(SimTime now, Block block, Effects into)
    {
        IEnumerable<Block> heard = hears is null ? [block] : hears(block);
        foreach (Block other in heard) honest.Finalized(now, other, meant);
        Say(into);
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        honest.Receive(now, from, message, meant);
        Say(into);
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
        honest.OnTimer(now, timer, meant);
        Say(into);
    }

    public void Done(SimTime now, Job job, Effects into)
    {
        honest.Done(now, job, meant);
        Say(into);
    }

    public void OnCall(SimTime now, ClientCall call, Effects into) => honest.OnCall(now, call, into);

    public Worth WorthOf(Message message) => honest.WorthOf(message);

    private void Say(Effects into)
    {
        for (int i = 0; i < meant.Count; i++)
        {
            if (says is null || meant[i] is not { Kind: EffectKind.Report, Payload: Notice notice }) into.Add(meant[i]);
            else foreach (Notice said in says(notice)) into.Report(said);
        }

        meant.Clear();
    }
}

/// <summary>A consensus node that orders the collections it is told to, and finds every block valid.</summary>
/// <param name="orders">What to order in a block on top of another.</param>
/// <param name="sealOfRoot">The newest seal.</param>
internal sealed class StubbornOrderer(Func<Block, IReadOnlyList<Guarantee>> orders, Seal sealOfRoot)
    : IEngine, IPayloads
{
    public object? Saved => null;

    public Payload? Build(View view, Block parent, Effects into) =>
        new Payload.Main(orders(parent), [], [], sealOfRoot);

    public bool IsValid(Block block) => true;

    public void Start(SimTime now, Effects into)
    {
    }

    public void Incorporated(SimTime now, Block block, Effects into)
    {
    }

    public void Finalized(SimTime now, Block block, Effects into)
    {
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
    }

    public void Done(SimTime now, Job job, Effects into)
    {
    }

    public void OnCall(SimTime now, ClientCall call, Effects into)
    {
    }

    public Worth WorthOf(Message message) => Worth.Reading;
}
