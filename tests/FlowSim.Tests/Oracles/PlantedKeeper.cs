using System;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Tests.Oracles;

/// <summary>A keeper of protocol state with a planted bug.</summary>
/// <param name="honest">The keeper inside.</param>
/// <param name="built">What becomes of a payload that it builds.</param>
internal sealed class PlantedKeeper(IEngine honest, Func<Payload.Main, Payload.Main> built)
    : IEngine, IPayloads, IStandings, IBeaconKeys
{
    public object? Saved => honest.Saved;

    /// <summary>Every node has the bug.</summary>
    public static Seams Everywhere(Func<Payload.Main, Payload.Main> built) =>
        Seams.Default with { Keeper = (_, honest) => new PlantedKeeper(honest, built) };

    public void Start(SimTime now, Effects into) => honest.Start(now, into);

    public void Receive(SimTime now, NodeId from, Message message, Effects into) =>
        honest.Receive(now, from, message, into);

    public void OnTimer(SimTime now, TimerKind timer, Effects into) => honest.OnTimer(now, timer, into);

    public void Done(SimTime now, Job job, Effects into) => honest.Done(now, job, into);

    public void OnCall(SimTime now, ClientCall call, Effects into) => honest.OnCall(now, call, into);

    public Worth WorthOf(Message message) => honest.WorthOf(message);

    public void Incorporated(SimTime now, Block block, Effects into) => honest.Incorporated(now, block, into);

    public void Finalized(SimTime now, Block block, Effects into) => honest.Finalized(now, block, into);

    public Payload? Build(View view, Block parent, Effects into)
    {
        Payload? payload = ((IPayloads)honest).Build(view, parent, into);
        return payload is Payload.Main main ? built(main) : payload;
    }

    public bool IsValid(Block block) => ((IPayloads)honest).IsValid(block);

    public bool IsAccepted(Block block, Effects into) => ((IPayloads)honest).IsAccepted(block, into);

    public bool IsEjected(NodeId node, Block asOf) => ((IStandings)honest).IsEjected(node, asOf);

    public bool Holds(View view) => ((IBeaconKeys)honest).Holds(view);
}
