using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim;

/// <summary>One loop that hands inputs to cores and carries out their effects. It holds no protocol rule.</summary>
internal sealed class World
{
    private const int EventsAtATime = 1 << 12;
    private const int TimerKinds = 2;

    private readonly RunSpec spec;
    private readonly Agenda agenda;
    private readonly Post post;
    private readonly Processing processing;
    private readonly Timers timers;
    private readonly Clocks clocks;
    private readonly Audiences audiences;
    private readonly Observation observation;
    private readonly PassageListener? passages;
    private readonly Fleet fleet;
    private readonly Effects effects = new();
    private SimTime now;
    private long deliveries;
    private long events;

    public World(RunSpec spec, IReadOnlyList<IProbe> probes, Seams seams)
    {
        this.spec = spec;
        var luck = new Luck(spec.Seed);
        ulong[] keys = NodeSpec.Keys(spec.Nodes);

        observation = new Observation(probes, spec.Stop.View);
        passages = observation.Passages;
        agenda = new Agenda(seams.Queue());
        audiences = new Audiences(spec.Nodes, keys, luck);
        var boot = new Boot(spec, seams, new Committee(spec.Nodes, spec.Epochs, luck), keys, luck);
        fleet = new Fleet(boot.Core, spec.Nodes.Count);
        post = new Post(agenda, new Links(spec.Network, spec.Nodes, keys, luck),
            new Weather(spec.LinkFaults, keys, luck), audiences, fleet.IsPast, seams.Schedule, passages);
        processing = new Processing(spec.Processing, spec.NodeFaults, spec.Nodes, keys, luck);
        timers = new Timers(spec.Nodes.Count * TimerKinds);
        clocks = new Clocks(spec.NodeFaults);
    }

    public RunResult Run(CancellationToken cancel)
    {
        Orders.Schedule(agenda, spec.Nodes.Count, spec.NodeFaults);
        SimTime end;
        try
        {
            while (RunSome()) cancel.ThrowIfCancellationRequested();
            end = observation.HasReachedStopView ? now : spec.Stop.Time;
            observation.End(end);
        }
        catch (InvariantViolation broken)
        {
            broken.Digest = observation.Digest.Text;
            throw;
        }

        return new RunResult(observation.Digest.Text, observation.Checkpoints, end, deliveries + post.Spared, events);
    }

    /// <summary>Some thousand events, so that the caller can ask now and then whether to go on.</summary>
    /// <returns>False once the run is over.</returns>
    private bool RunSome()
    {
        Event due = default;
        try
        {
            for (int i = 0; i < EventsAtATime; i++)
            {
                if (observation.HasReachedStopView || !agenda.TryPop(spec.Stop.Time, out due)) return false;
                events++;
                now = due.At;
                Handle(due);
            }

            return true;
        }
        catch (Exception broken) when (broken is not InvariantViolation)
        {
            throw new InvariantViolation(string.Create(CultureInfo.InvariantCulture,
                $"{spec.Nodes[due.Node].Name} at {now.TotalSeconds:F9} s: {broken.Message}"), broken);
        }
    }

    private void Handle(in Event due)
    {
        if (due.Class == EventClass.Order)
        {
            OnOrder(due.Node, (Order)due.Payload!);
            return;
        }

        if (!fleet.IsUp(due.Node) || (due.Class != EventClass.Arrival && !fleet.IsCurrent(due)))
        {
            Tell(PassageStage.Dropped, due);
            return;
        }

        if (fleet.StandsUntil(due.Node) > now)
        {
            agenda.Push(fleet.StandsUntil(due.Node), due.Class, due.Node, due.From, due.Payload);
            return;
        }

        switch (due.Class)
        {
            case EventClass.Start:
                Step(due, InputKind.Started);
                break;
            case EventClass.Timer:
                OnTimer(due);
                break;
            case EventClass.Publication:
                Step(due, InputKind.PublicationDue);
                break;
            case EventClass.Arrival:
                OnArrival(due);
                break;
            case EventClass.Processed:
                Step(due, InputKind.Received);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void OnOrder(int node, Order order)
    {
        observation.Digest.Add(Place(EventClass.Order, node, 0), (ulong)now.Nanoseconds, (ulong)order.Kind, 0);
        switch (order.Kind)
        {
            case OrderKind.Start:
                if (fleet.IsUp(node)) return;
                Start(node);
                break;
            case OrderKind.Stop:
                if (!fleet.IsUp(node)) return;
                fleet.Stop(node);
                observation.Report(new TraceEvent(now, new NodeId(node), new Notice.Stopped()));
                break;
            case OrderKind.Freeze:
                fleet.Freeze(node, order.Until);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Start(int node)
    {
        bool isRestart = fleet.HasRun(node);
        fleet.Start(node, agenda.Pushed);
        for (int kind = 0; kind < TimerKinds; kind++) timers.Clear(node * TimerKinds + kind);
        processing.Forget(node);
        observation.Report(new TraceEvent(now, new NodeId(node), new Notice.Started(isRestart)));
        agenda.Push(now, EventClass.Start, node, node, null);
    }

    private void OnArrival(in Event due)
    {
        deliveries++;
        Tell(PassageStage.Arrived, due);
        var message = (Message)due.Payload!;
        observation.Digest.Add(
            Place(EventClass.Arrival, due.Node, due.From), (ulong)now.Nanoseconds, message.Key, 0);
        bool isIgnored = fleet.CoreOf(due.Node)!.WorthOf(message) != Worth.Reading;
        SimTime done = isIgnored ? now : processing.Checked(now, due.Node, due.From, message);
        if (isIgnored) Tell(PassageStage.Ignored, due);
        else if (done == SimTime.Never)
            observation.Report(new TraceEvent(now, new NodeId(due.Node), new Notice.Dropped(message)));
        else if (done > now) agenda.Push(done, EventClass.Processed, due.Node, due.From, message);
        else Step(due, InputKind.Received);
    }

    /// <remarks>For a timer, an event's sender is its generation and its payload its kind.</remarks>
    private void OnTimer(in Event due)
    {
        int slot = due.Node * TimerKinds + (due.Payload is null ? 0 : 1);
        switch (timers.Wake(slot, due.From, now))
        {
            case Timers.Verdict.Fire:
                Step(due, due.Payload is null ? InputKind.TimerFired : InputKind.SyncTimerFired);
                break;
            case Timers.Verdict.Sleep:
                QueueTimer(due.Node, slot);
                break;
            case Timers.Verdict.Stale:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Step(in Event due, InputKind kind)
    {
        if (kind == InputKind.Received) Tell(PassageStage.Taken, due);
        ulong key = due.Payload switch
        {
            Message message => message.Key,
            Publication publication => publication.Proposal.Key,
            _ => 0,
        };
        observation.Digest.Add(Place(due.Class, due.Node, due.From), (ulong)now.Nanoseconds, key, (ulong)kind);
        NodeId from = kind == InputKind.Received ? audiences.IdentityOf(due.From) : default;
        SimDuration offset = clocks.OffsetOf(due.Node, now);
        fleet.CoreOf(due.Node)!.Step(now + offset, new Input(kind, from, due.Payload), effects);
        for (int i = 0; i < effects.Count; i++) CarryOut(due.Node, effects[i], offset);
        effects.Clear();
    }

    /// <summary>Tells whoever watches the network; nothing is made when nobody does.</summary>
    private void Tell(PassageStage stage, in Event due)
    {
        if (passages is not null && due.Payload is Message message)
            passages(new Passage(stage, now, due.From, due.Node, message, now));
    }

    /// <param name="node">Whose effect it is.</param>
    /// <param name="effect">What it asks for, in its own time.</param>
    /// <param name="offset">How far its clock is ahead.</param>
    private void CarryOut(int node, in Effect effect, SimDuration offset)
    {
        if (effect.Kind == EffectKind.Report)
        {
            observation.Report(new TraceEvent(now, new NodeId(node), (Notice)effect.Payload!));
            return;
        }

        observation.Digest.Add(((ulong)effect.Kind << 56) | (uint)node, (ulong)effect.To.Index,
            unchecked((ulong)effect.At.Nanoseconds), effect.Payload is Message message ? message.Key : 0);
        switch (effect.Kind)
        {
            case EffectKind.Send:
                post.Send(Persisted(node, effect), node, effect.To, (Message)effect.Payload!);
                break;
            case EffectKind.BroadcastToConsensus:
                post.Broadcast(Persisted(node, effect), node, audiences.Consensus, (Message)effect.Payload!);
                break;
            case EffectKind.BroadcastToAll:
                post.Broadcast(now, node, audiences.Everyone, (Message)effect.Payload!);
                break;
            case EffectKind.Publish:
                Publish(node, (Message.Proposal)effect.Payload!, effect.At - offset);
                break;
            case EffectKind.SetTimer:
                SetTimer(node, 0, effect.At - offset);
                break;
            case EffectKind.SetSyncTimer:
                SetTimer(node, 1, effect.At - offset);
                break;
            case EffectKind.Check:
                Check(node, effect.To.Index, (Message.Proposal)effect.Payload!);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Check(int node, int from, Message.Proposal proposal) => agenda.Push(
        processing.CheckedWithOthers(now, node, from, proposal), EventClass.Processed, node, from, proposal);

    /// <remarks>Votes and timeout objects wait for the safety data; a proposal's was written before.</remarks>
    private SimTime Persisted(int node, in Effect effect) => effect.Payload is Message.Vote or Message.Timeout
        ? processing.Persisted(now, node, (Message)effect.Payload)
        : now;

    private void Publish(int node, Message.Proposal proposal, SimTime target)
    {
        SimTime ready = processing.Built(now, node, proposal);
        agenda.Push(SimTime.Max(target, ready), EventClass.Publication, node, node,
            new Publication(proposal, target, ready));
    }

    private void SetTimer(int node, int kind, SimTime at)
    {
        int slot = node * TimerKinds + kind;
        if (timers.Set(slot, SimTime.Max(at, now))) QueueTimer(node, slot);
    }

    private void QueueTimer(int node, int slot) => agenda.Push(timers.DeadlineOf(slot), EventClass.Timer, node,
        timers.GenerationOf(slot), slot % TimerKinds == 0 ? null : SyncTimer);

    private static readonly object SyncTimer = new();

    private static ulong Place(EventClass kind, int node, int from) =>
        (0x80UL << 56) | ((ulong)kind << 48) | ((ulong)(uint)(node & 0xFFFFFF) << 24) | (uint)(from & 0xFFFFFF);
}
