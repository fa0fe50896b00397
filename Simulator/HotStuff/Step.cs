using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>A protocol participant as a machine: input in, effects out.</summary>
/// <remarks>It has no clock, network, chance, disk or statistics; a liar is a core that wraps a core.</remarks>
public interface ICore
{
    /// <summary>Takes one input and states what should happen in the world.</summary>
    /// <param name="now">The node's own clock, and so are the times in its effects.</param>
    /// <param name="input">What happened.</param>
    /// <param name="into">Collects what should happen.</param>
    void Step(SimTime now, in Input input, Effects into);

    /// <summary>What a message is worth that nobody has read yet: a pure look at its outside.</summary>
    Worth WorthOf(Message message);

    /// <summary>What would be left of it if its process died now; null before it has written anything.</summary>
    Disk? Disk { get; }
}

/// <summary>What an unread message is worth to its receiver.</summary>
public enum Worth : byte
{
    /// <summary>It has to be checked and handled.</summary>
    Reading,

    /// <summary>It says what is known: it is thrown away without a check, as things stand.</summary>
    Nothing,

    /// <summary>It is past, and will be whatever happens, a restart included.</summary>
    NothingEver,
}

/// <summary>What reaches a core.</summary>
public enum InputKind : byte
{
    /// <summary>The process is up.</summary>
    Started,

    /// <summary>A checked message from a peer, or the node's own.</summary>
    Received,

    /// <summary>The view timer asked for last has expired.</summary>
    TimerFired,

    /// <summary>The synchronisation timer asked for last has expired.</summary>
    SyncTimerFired,

    /// <summary>A proposal's publication time has come.</summary>
    PublicationDue,

    /// <summary>One of the other timers has expired; the payload says which.</summary>
    EngineTimerFired,

    /// <summary>Work that the core began is done.</summary>
    JobDone,

    /// <summary>A client calls.</summary>
    Called,
}

/// <summary>The timers of a node.</summary>
public enum TimerKind : byte
{
    /// <summary>The main chain's view.</summary>
    View,

    /// <summary>Synchronisation of the main chain.</summary>
    Sync,

    /// <summary>Whatever the role's own engine waits for.</summary>
    Engine,

    /// <summary>The view of the cluster of an epoch with an even number.</summary>
    EvenClusterView,

    /// <summary>Synchronisation of that cluster.</summary>
    EvenClusterSync,

    /// <summary>The view of the cluster of an epoch with an odd number; two clusters of a node overlap.</summary>
    OddClusterView,

    /// <summary>Synchronisation of that cluster.</summary>
    OddClusterSync,

    /// <summary>What a node does for the epoch to come, or to join.</summary>
    Epoch,
}

/// <summary>One input of a core.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="From">The sender, for a message.</param>
/// <param name="Payload">The message, publication, timer, job or call.</param>
public readonly record struct Input(InputKind Kind, NodeId From, object? Payload);

/// <summary>A proposal on its way out.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Target">When the controller wants it published.</param>
/// <param name="Ready">When it is built, signed and persisted.</param>
public sealed record Publication(Message.Proposal Proposal, SimTime Target, SimTime Ready);

/// <summary>What a core asks the world for.</summary>
public enum EffectKind : byte
{
    /// <summary>One copy to one node, once the safety data is on disk.</summary>
    Send,

    /// <summary>A copy to every consensus node, itself included, once the safety data is on disk.</summary>
    BroadcastToConsensus,

    /// <summary>A copy to every node of any role, itself included, at once.</summary>
    BroadcastToAll,

    /// <summary>Publish a proposal at its target, or when it is built if that is later.</summary>
    Publish,

    /// <summary>Replace the node's view timer.</summary>
    SetTimer,

    /// <summary>Replace the node's synchronisation timer.</summary>
    SetSyncTimer,

    /// <summary>Check a proposal that came with others as if it had arrived by itself.</summary>
    Check,

    /// <summary>State something for observers.</summary>
    Report,

    /// <summary>A copy to each of an audience, the sender left out, at once.</summary>
    Multicast,

    /// <summary>Replace another of the node's timers; the payload says which.</summary>
    SetEngineTimer,

    /// <summary>Begin a piece of work.</summary>
    Begin,

    /// <summary>End the process, as an error that nobody handles does.</summary>
    Exit,
}

/// <summary>One effect of a step.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="To">The receiver; for a multicast, the number of the audience.</param>
/// <param name="At">When, by the node's own clock.</param>
/// <param name="Payload">The message, notice, timer, job or cause.</param>
public readonly record struct Effect(EffectKind Kind, NodeId To, SimTime At, object? Payload);

/// <summary>The effects of a step in order; re-used, so nothing is allocated per step.</summary>
public sealed class Effects
{
    private readonly List<Effect> list = new(64);

    public int Count => list.Count;

    /// <summary>What other nodes of the run may have just stated in the same words.</summary>
    internal CommonNotices Common { get; } = new();

    public Effect this[int index] => list[index];

    public void Send(NodeId to, Message message) => list.Add(new Effect(EffectKind.Send, to, default, message));

    public void BroadcastToConsensus(Message message) =>
        list.Add(new Effect(EffectKind.BroadcastToConsensus, default, default, message));

    public void BroadcastToAll(Message message) =>
        list.Add(new Effect(EffectKind.BroadcastToAll, default, default, message));

    public void Publish(Message.Proposal proposal, SimTime target) =>
        list.Add(new Effect(EffectKind.Publish, default, target, proposal));

    public void SetTimer(SimTime at) => list.Add(new Effect(EffectKind.SetTimer, default, at, null));

    public void SetSyncTimer(SimTime at) => list.Add(new Effect(EffectKind.SetSyncTimer, default, at, null));

    public void Multicast(Audience to, Message message) =>
        list.Add(new Effect(EffectKind.Multicast, new NodeId(to.Index), default, message));

    public void SetTimer(TimerKind timer, SimTime at) =>
        list.Add(new Effect(EffectKind.SetEngineTimer, default, at, TimerNames.Of(timer)));

    public void Begin(Job job) => list.Add(new Effect(EffectKind.Begin, default, default, job));

    /// <param name="cause">Why: what the one who runs the node reads in its log.</param>
    public void Exit(StopCause cause = StopCause.Failure) =>
        list.Add(new Effect(EffectKind.Exit, default, default, cause));

    /// <param name="from">Who sent it among others.</param>
    /// <param name="proposal">A proposal, or a cluster's proposal in its envelope.</param>
    public void Check(NodeId from, Message proposal) =>
        list.Add(new Effect(EffectKind.Check, from, default, proposal));

    public void Report(Notice notice) => list.Add(new Effect(EffectKind.Report, default, default, notice));

    /// <summary>Passes on an effect that another core asked for.</summary>
    public void Add(in Effect effect) => list.Add(effect);

    public void Clear() => list.Clear();
}

/// <summary>Timers as payloads; made once, so that setting a timer allocates nothing.</summary>
public static class TimerNames
{
    public const int Count = (int)TimerKind.Epoch + 1;

    private static readonly object[] Names = Make();

    public static object Of(TimerKind timer) => Names[(int)timer];

    private static object[] Make()
    {
        object[] names = new object[Count];
        for (int i = 0; i < Count; i++) names[i] = (TimerKind)i;
        return names;
    }
}
