using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Roles;

namespace FlowSim;

/// <summary>One loop that hands inputs to cores and carries out their effects. It holds no protocol rule.</summary>
internal sealed class World
{
    private const int EventsBetweenCancelChecks = 1 << 14;

    private readonly RunSpec spec;
    private readonly IEventQueue queue;
    private readonly Links links;
    private readonly Processing processing;
    private readonly Timers timers;
    private readonly Audiences audiences;
    private readonly Observation observation;
    private readonly ICore[] cores;
    private readonly Effects effects = new();
    private SimTime now;
    private long sequence;
    private long deliveries;
    private long events;

    public World(RunSpec spec, IReadOnlyList<IProbe> probes, Seams seams)
    {
        this.spec = spec;
        var luck = new Luck(spec.Seed);
        ulong[] keys = KeysOf(spec.Nodes);
        queue = seams.Queue();
        links = new Links(spec.Network, spec.Nodes, keys, luck);
        processing = new Processing(spec.Processing, keys, luck);
        timers = new Timers(spec.Nodes.Count);
        audiences = new Audiences(spec.Nodes, keys, luck);
        observation = new Observation(probes, spec.Stop.View);
        cores = BuildCores(seams, new Committee(spec.Nodes, spec.Epochs, luck));
    }

    public RunResult Run(CancellationToken cancel)
    {
        for (int node = 0; node < cores.Length; node++) Push(SimTime.Zero, EventClass.Start, node, -1, null);
        while (!observation.HasReachedStopView && queue.TryPop(spec.Stop.Time, out Event due))
        {
            if ((++events & (EventsBetweenCancelChecks - 1)) == 0) cancel.ThrowIfCancellationRequested();
            now = due.At;
            try
            {
                Handle(due);
            }
            catch (Exception broken) when (broken is not (InvariantViolation or OperationCanceledException))
            {
                throw new InvariantViolation(string.Create(CultureInfo.InvariantCulture,
                    $"{spec.Nodes[due.Node].Name} at {now.TotalSeconds:F9} s: {broken.Message}"), broken);
            }
        }

        SimTime end = observation.HasReachedStopView ? now : spec.Stop.Time;
        observation.End(end);
        return new RunResult(observation.Digest.Text, observation.Checkpoints, end, deliveries, events);
    }

    /// <summary>The keys of the names; two nodes with one name would share all their chances.</summary>
    private static ulong[] KeysOf(IReadOnlyList<NodeSpec> nodes)
    {
        ulong[] keys = new ulong[nodes.Count];
        var seen = new HashSet<ulong>();
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = Mix64.OfText(nodes[i].Name);
            if (!seen.Add(keys[i])) throw new ArgumentException($"two nodes are called {nodes[i].Name}", nameof(nodes));
        }

        return keys;
    }

    private ICore[] BuildCores(Seams seams, Committee committee)
    {
        Block root = Block.Root(spec.Epochs[0].FirstView);
        var built = new ICore[spec.Nodes.Count];
        for (int i = 0; i < built.Length; i++)
        {
            built[i] = committee.IndexOf(new NodeId(i)) < 0
                ? new Follower(root, committee)
                : seams.Participant(new ReplicaStart(new NodeId(i), root, committee, spec.Pacemaker,
                    spec.CruiseControl, spec.Epochs, SafetyConstants.FlowGo));
        }

        return built;
    }

    private void Handle(in Event due)
    {
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

    private void OnArrival(in Event due)
    {
        deliveries++;
        var message = (Message)due.Payload!;
        observation.Digest.Add(Place(EventClass.Arrival, due), (ulong)now.Nanoseconds, message.Key, 0);
        SimTime done = processing.Checked(now, due.Node, due.From, message);
        if (done > now) Push(done, EventClass.Processed, due.Node, due.From, message);
        else Step(due, InputKind.Received);
    }

    private void OnTimer(in Event due)
    {
        switch (timers.Wake(due.Node, due.From, now))
        {
            case Timers.Verdict.Fire:
                Step(due, InputKind.TimerFired);
                break;
            case Timers.Verdict.Sleep:
                QueueTimer(due.Node);
                break;
            case Timers.Verdict.Stale:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Step(in Event due, InputKind kind)
    {
        ulong key = due.Payload switch
        {
            Message message => message.Key,
            Publication publication => publication.Proposal.Key,
            _ => 0,
        };
        observation.Digest.Add(Place(due.Class, due), (ulong)now.Nanoseconds, key, (ulong)kind);
        cores[due.Node].Step(now, new Input(kind, new NodeId(due.From), due.Payload), effects);
        for (int i = 0; i < effects.Count; i++) CarryOut(due.Node, effects[i]);
        effects.Clear();
    }

    private void CarryOut(int node, in Effect effect)
    {
        if (effect.Kind == EffectKind.Report)
        {
            observation.Report(new TraceEvent(now, new NodeId(node), (Notice)effect.Payload!));
            return;
        }

        observation.Digest.Add(((ulong)effect.Kind << 56) | (uint)node, (ulong)effect.To.Index,
            (ulong)effect.At.Nanoseconds, effect.Payload is Message message ? message.Key : 0);
        switch (effect.Kind)
        {
            case EffectKind.Send:
                Send(processing.Persisted(now, node, (Message)effect.Payload!), node, effect.To.Index,
                    (Message)effect.Payload!);
                break;
            case EffectKind.BroadcastToConsensus:
                Broadcast(processing.Persisted(now, node, (Message)effect.Payload!), node, audiences.Consensus,
                    (Message)effect.Payload!);
                break;
            case EffectKind.BroadcastToAll:
                Broadcast(now, node, audiences.Everyone, (Message)effect.Payload!);
                break;
            case EffectKind.Publish:
                Publish(node, (Message.Proposal)effect.Payload!, effect.At);
                break;
            case EffectKind.SetTimer:
                if (timers.Set(node, effect.At)) QueueTimer(node);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Publish(int node, Message.Proposal proposal, SimTime target)
    {
        SimTime ready = processing.Built(now, node, proposal);
        Push(SimTime.Max(target, ready), EventClass.Publication, node, node,
            new Publication(proposal, target, ready));
    }

    private void Send(SimTime at, int from, int to, Message message)
    {
        if (to == from) Push(at, EventClass.Processed, to, from, message);
        else Push(links.Begin(from, message).Arrival(at, to), EventClass.Arrival, to, from, message);
    }

    private void Broadcast(SimTime at, int from, int[] audience, Message message)
    {
        Push(at, EventClass.Processed, from, from, message);
        Links.Sending sending = links.Begin(from, message);
        int next = audiences.FirstServed(from, audience, message);
        for (int i = 0; i < audience.Length; i++)
        {
            int to = audience[next];
            if (to != from) Push(sending.Arrival(at, to), EventClass.Arrival, to, from, message);
            if (++next == audience.Length) next = 0;
        }
    }

    private void QueueTimer(int node) =>
        Push(timers.DeadlineOf(node), EventClass.Timer, node, timers.GenerationOf(node), null);

    private void Push(SimTime at, EventClass kind, int node, int from, object? payload)
    {
        if (at < now) throw new InvariantViolation($"an effect ({kind}) precedes its cause");
        queue.Push(new Event(at, kind, sequence++, node, from, payload));
    }

    private static ulong Place(EventClass kind, in Event due) =>
        (0x80UL << 56) | ((ulong)kind << 48) | ((ulong)(uint)(due.Node & 0xFFFFFF) << 24) | (uint)(due.From & 0xFFFFFF);
}
