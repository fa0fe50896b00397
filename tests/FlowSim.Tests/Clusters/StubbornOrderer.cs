using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Tests.Clusters;

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
