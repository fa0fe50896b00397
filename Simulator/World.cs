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

    private readonly RunSpec spec;
    private readonly Agenda agenda;
    private readonly Post post;
    private readonly Processing processing;
    private readonly Labour labour;
    private readonly Alarms alarms;
    private readonly Arrivals arrivals;
    private readonly Clocks clocks;
    private readonly Audiences audiences;
    private readonly Observation observation;
    private readonly PassageListener? passages;
    private readonly Fleet fleet;
    private readonly Processes processes;
    private readonly Effects effects = new();
    private SimTime now;
    private readonly long[] deliveries = new long[Enum.GetValues<MessageKind>().Length];
    private long events;

    public World(RunSpec spec, IReadOnlyList<IProbe> probes, Seams seams)
    {
        this.spec = spec;
        var luck = new Luck(spec.Seed);
        ulong[] keys = NodeSpec.Keys(spec.Nodes);

        observation = new Observation(probes, spec.Stop.View);
        passages = observation.Passages;
        agenda = new Agenda(seams.Queue());
        var boot = new Boot(spec, seams, keys, luck);
        audiences = new Audiences(spec.Nodes, keys, luck, boot.Clusters);
        fleet = new Fleet(boot.Core, spec.Nodes.Count);
        post = new Post(agenda, new Links(spec.Network, spec.Nodes, keys, luck), new OutboundQueues(spec.Nodes.Count),
            new Weather(spec.LinkFaults, keys, luck), audiences, fleet.IsPast, seams.Schedule, passages);
        processing = new Processing(spec.Processing, spec.NodeFaults, spec.Nodes, keys, luck);
        labour = new Labour(agenda, processing);
        alarms = new Alarms(agenda, spec.Nodes.Count);
        arrivals = new Arrivals(agenda, spec.Pipeline?.Workload, spec.Nodes, luck, spec.Protocol?.Governance);
        clocks = new Clocks(spec.NodeFaults);
        processes = new Processes(spec, agenda, boot, fleet, observation, Forget);
    }

    public RunResult Run(CancellationToken cancel)
    {
        processes.Begin();
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

        deliveries[(int)MessageKind.Timeout] += post.Spared;
        return new RunResult(observation.Digest.Text, observation.Checkpoints, end, deliveries, events);
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
            processes.CarryOut(now, due.Node, (Order)due.Payload!);
            return;
        }

        if (due is { Class: EventClass.Call, Payload: ClientCall { Contract: null } }) arrivals.Next();
        if (!fleet.IsUp(due.Node)
            || (due.Class is not (EventClass.Arrival or EventClass.Call) && !fleet.IsCurrent(due)))
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
                if (alarms.Fires(due, now, out InputKind timer)) Step(due, timer);
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
            case EventClass.JobDone:
                Step(due, InputKind.JobDone);
                break;
            case EventClass.Call:
                Step(due, InputKind.Called);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>What a process had going dies with it.</summary>
    private void Forget(int node)
    {
        alarms.Clear(node);
        processing.Forget(node);
    }

    private void OnArrival(in Event due)
    {
        Tell(PassageStage.Arrived, due);
        var message = (Message)due.Payload!;
        deliveries[(int)message.Kind]++;
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

    private void Step(in Event due, InputKind kind)
    {
        if (kind == InputKind.Received) Tell(PassageStage.Taken, due);
        ulong key = due.Payload switch
        {
            Message message => message.Key,
            Publication publication => publication.Proposal.Key,
            Job job => job.Occasion,
            ClientCall call => call.Id,
            _ => 0,
        };
        observation.Digest.Add(Place(due.Class, due.Node, due.From), (ulong)now.Nanoseconds, key, (ulong)kind);
        NodeId from = kind == InputKind.Received ? audiences.IdentityOf(due.From) : default;
        SimDuration offset = clocks.OffsetOf(due.Node, now);
        fleet.CoreOf(due.Node)!.Step(now + offset, new Input(kind, from, due.Payload), effects);
        StopCause? exit = null;
        for (int i = 0; i < effects.Count; i++)
        {
            CarryOut(due.Node, effects[i], offset);
            if (effects[i].Kind == EffectKind.Exit) exit ??= (StopCause)effects[i].Payload!;
        }

        effects.Clear();
        if (exit is { } cause) processes.Stop(now, due.Node, cause);
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
            case EffectKind.Send or EffectKind.BroadcastToConsensus or EffectKind.BroadcastToAll:
                Send(node, effect);
                break;
            case EffectKind.Publish:
                labour.Publish(now, node, (Message.Proposal)effect.Payload!, effect.At - offset);
                break;
            case EffectKind.SetTimer or EffectKind.SetSyncTimer:
                SetTimer(node, effect.Kind == EffectKind.SetTimer ? TimerKind.View : TimerKind.Sync,
                    effect.At - offset);
                break;
            case EffectKind.SetEngineTimer:
                SetTimer(node, (TimerKind)effect.Payload!, effect.At - offset);
                break;
            case EffectKind.Multicast:
                Multicast(node, new Audience(effect.To.Index), (Message)effect.Payload!);
                break;
            case EffectKind.Begin:
                labour.Begin(now, node, (Job)effect.Payload!, offset);
                break;
            case EffectKind.Exit:
                break;
            case EffectKind.Check:
                labour.Check(now, node, effect.To.Index, (Message)effect.Payload!);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Send(int node, in Effect effect)
    {
        var message = (Message)effect.Payload!;
        SimTime at = labour.Persisted(now, node, message);
        bool isSent = effect.Kind == EffectKind.Send
            ? post.TrySend(at, node, effect.To, message)
            : post.TryBroadcast(at, node, effect.Kind == EffectKind.BroadcastToAll
                ? audiences.Everyone : audiences.Consensus, message);
        if (!isSent) observation.Report(new TraceEvent(now, new NodeId(node), new Notice.Dropped(message)));
    }

    private void Multicast(int node, Audience to, Message message) =>
        post.Multicast(labour.Persisted(now, node, message), node, audiences.Of(to), message);

    private void SetTimer(int node, TimerKind kind, SimTime at) => alarms.Set(node, kind, SimTime.Max(at, now));

    internal static ulong Place(EventClass kind, int node, int from) =>
        (0x80UL << 56) | ((ulong)kind << 48) | ((ulong)(uint)(node & 0xFFFFFF) << 24) | (uint)(from & 0xFFFFFF);
}
