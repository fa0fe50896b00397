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

    /// <summary>What would be left of it if its process died now.</summary>
    Disk Disk { get; }
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
}

/// <summary>One input of a core.</summary>
/// <param name="Kind">Which of the four.</param>
/// <param name="From">The sender, for a message.</param>
/// <param name="Payload">The message or publication.</param>
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
}

/// <summary>One effect of a step.</summary>
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

    public void Check(NodeId from, Message.Proposal proposal) =>
        list.Add(new Effect(EffectKind.Check, from, default, proposal));

    public void Report(Notice notice) => list.Add(new Effect(EffectKind.Report, default, default, notice));

    /// <summary>Passes on an effect that another core asked for.</summary>
    public void Add(in Effect effect) => list.Add(effect);

    public void Clear() => list.Clear();
}
