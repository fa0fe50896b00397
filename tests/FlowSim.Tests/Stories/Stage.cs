using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Roles;

namespace FlowSim.Tests.Stories;

/// <summary>Real cores with a clock and no network: only the story delivers, save a node's own messages.</summary>
/// <remarks>Timers and publications fire by themselves when the story's clock passes them, timers first.</remarks>
internal sealed class Stage(Setting setting)
{
    private readonly SortedDictionary<int, Actor> actors = [];
    private readonly List<string> lines = [];
    private readonly Effects effects = new();
    private SimTime now;

    public Library Library { get; } = new(setting);

    /// <summary>The names a command is about; "all" are those that have started.</summary>
    public IReadOnlyList<string> Actors(string who) =>
        who is "all" ? [.. actors.Keys.Select(node => setting.Nodes[node].Name)] : who.Split(' ');

    /// <summary>What was done since the last call.</summary>
    public IReadOnlyList<string> TakeLines()
    {
        string[] taken = lines.Count == 0 ? ["nothing"] : [.. lines];
        lines.Clear();
        return taken;
    }

    public void Start(string name) => Boot(Library.IndexOf(name), Disk.Bootstrapped(Setting.Root));

    public void Restart(string name) => Boot(Library.IndexOf(name), actors[Library.IndexOf(name)].Core.Disk!);

    public void Deliver(string to, NodeId from, Message message) =>
        Step(Library.IndexOf(to), new Input(InputKind.Received, from, message));

    /// <summary>Lets everything happen that is due up to an instant.</summary>
    public void PassTimeUntil(SimTime until)
    {
        if (until < now) throw new FormatException($"time goes backwards at {Setting.Time(until)}");
        while (NextDue() is { } due && actors[due].NextAt <= until)
        {
            Actor actor = actors[due];
            now = actor.NextAt;
            if (actor.Timer <= now)
            {
                actor.Timer = SimTime.Never;
                lines.Add($"{Setting.Time(now)} timer of {setting.Nodes[due].Name}");
                Step(due, new Input(InputKind.TimerFired, default, null));
                continue;
            }

            Publication publication = actor.Publications.MinBy(waiting => waiting.Target.Nanoseconds)!;
            actor.Publications.Remove(publication);
            lines.Add($"{Setting.Time(now)} publication of {setting.Nodes[due].Name}");
            Step(due, new Input(InputKind.PublicationDue, default, publication));
        }

        now = until;
    }

    private int? NextDue()
    {
        int? first = null;
        foreach ((int node, Actor actor) in actors)
        {
            if (actor.NextAt == SimTime.Never) continue;
            if (first is null || actor.NextAt < actors[first.Value].NextAt) first = node;
        }

        return first;
    }

    private void Boot(int node, Disk disk)
    {
        ICore core = setting.Nodes[node].Role == Role.Consensus
            ? new Replica(new ReplicaStart(new NodeId(node), disk, setting.Epochs,
                PacemakerConfig.ConsensusDefault, setting.CruiseControl, SafetyConstants.FlowGo))
            : new Follower(disk, setting.Epochs, null);
        actors[node] = new Actor(core);
        Step(node, new Input(InputKind.Started, default, null));
    }

    private void Step(int node, in Input input)
    {
        actors[node].Core.Step(now, input, effects);
        Effect[] done = [.. Enumerable.Range(0, effects.Count).Select(i => effects[i])];
        effects.Clear();
        foreach (Effect effect in done) CarryOut(actors[node], effect);
        string[] words = [.. done.Select(Library.Words).OfType<string>()];
        if (words.Length > 0) lines.Add($"{setting.Nodes[node].Name}: {string.Join("; ", words)}");
        foreach (Effect effect in done)
        {
            if (effect.Kind is EffectKind.BroadcastToAll or EffectKind.BroadcastToConsensus
                || (effect.Kind == EffectKind.Send && effect.To.Index == node))
                Step(node, new Input(InputKind.Received, new NodeId(node), effect.Payload));
        }
    }

    private void CarryOut(Actor actor, in Effect effect)
    {
        Library.Note(effect);
        if (effect.Kind == EffectKind.SetTimer) actor.Timer = effect.At;
        if (effect.Kind != EffectKind.Publish) return;
        SimTime at = SimTime.Max(effect.At, now);
        actor.Publications.Add(new Publication((Message.Proposal)effect.Payload!, at, now));
    }

    private sealed class Actor(ICore core)
    {
        public ICore Core { get; } = core;

        public SimTime Timer { get; set; } = SimTime.Never;

        public List<Publication> Publications { get; } = [];

        public SimTime NextAt => Publications.Select(waiting => waiting.Target).Append(Timer).Min();
    }
}
