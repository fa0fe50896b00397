using System;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.ProtocolState;

namespace FlowSim.Epochs;

/// <summary>What a new node knows before it has a snapshot.</summary>
/// <param name="Self">Under which identity it will sign.</param>
/// <param name="FirstEpoch">The first epoch that it is a member of.</param>
/// <param name="Spec">How it joins.</param>
/// <param name="Server">The access node to ask at an attempt.</param>
/// <param name="Born">Makes the node from a snapshot.</param>
public sealed record JoinStart(
    NodeId Self, int FirstEpoch, JoinSpec Spec, Func<ulong, NodeId> Server, Func<Snapshot, ICore> Born);

/// <summary>A node before it is one: asks for snapshots until one will do, then is the node that starts from it.
/// </summary>
/// <remarks>cmd/dynamic_startup.go.</remarks>
public sealed class Joiner(JoinStart start) : ICore
{
    private ICore? node;
    private ulong attempts;

    public Disk? Disk => node?.Disk;

    public Worth WorthOf(Message message) => node is not null ? node.WorthOf(message)
        : message is Message.Pipeline.SnapshotResponse ? Worth.Reading : Worth.Nothing;

    public void Step(SimTime now, in Input input, Effects into)
    {
        if (node is not null)
        {
            node.Step(now, input, into);
            return;
        }

        switch (input.Kind)
        {
            case InputKind.Started or InputKind.EngineTimerFired:
                into.Send(start.Server(attempts), new Message.Pipeline.SnapshotRequest(Nonce(now)));
                attempts++;
                into.SetTimer(TimerKind.Epoch, now + start.Spec.PollInterval);
                break;
            case InputKind.Received when input.Payload is Message.Pipeline.SnapshotResponse { Snapshot: var snapshot }:
                if (WillDo(snapshot)) Begin(now, snapshot, into);
                break;
        }
    }

    private void Begin(SimTime now, Snapshot snapshot, Effects into)
    {
        node = start.Born(snapshot);
        into.SetTimer(TimerKind.Epoch, SimTime.Never);
        into.Report(new Notice.Bootstrapped(snapshot.Head));
        node.Step(now, new Input(InputKind.Started, start.Self, null), into);
    }

    /// <summary>Whether the epoch that the node joins is far enough under way as of a snapshot.</summary>
    private bool WillDo(Snapshot snapshot)
    {
        EpochState epochs = ((KeyValueSnapshot)StateKeeper.StateOf(snapshot.Head)).Epochs;
        ulong first = (ulong)start.FirstEpoch;
        if (epochs.Current.Counter >= first || start.Spec.Phase == JoinPhase.AtOnce) return true;
        if (epochs.Current.Counter + 1 < first) return false;
        return epochs.Phase >= (start.Spec.Phase == JoinPhase.Setup ? EpochPhase.Setup : EpochPhase.Committed)
            && epochs.Phase != EpochPhase.Fallback;
    }

    private static ulong Nonce(SimTime now) => unchecked((ulong)now.Nanoseconds);
}
