using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Pipeline;

namespace FlowSim;

/// <summary>What a run came to, beside what its probes saw.</summary>
/// <param name="Digest">128-bit fingerprint of everything that happened.</param>
/// <param name="Checkpoints">The fingerprint at every thousandth view.</param>
/// <param name="EndedAt">When the run ended.</param>
/// <param name="ByKind">Messages handed to another node by <see cref="MessageKind"/>, each counted once per receiver;
/// those that were past at their receiver when they were sent included.</param>
/// <param name="Events">Events taken from the queue.</param>
public sealed record RunResult(
    string Digest, IReadOnlyList<Checkpoint> Checkpoints, SimTime EndedAt, IReadOnlyList<long> ByKind, long Events)
{
    /// <summary>Messages of all kinds.</summary>
    public long Deliveries => ByKind.Sum();

    /// <summary>Messages of one kind.</summary>
    public long Count(MessageKind kind) => ByKind[(int)kind];
}

/// <summary>Where another engine, a planted bug or an adversary takes the place of the honest default.</summary>
/// <param name="Queue">Makes the engine.</param>
/// <param name="Participant">Makes a consensus node's core.</param>
/// <param name="Schedule">Decides when each message arrives; null leaves that to the network.</param>
/// <param name="Engine">Puts another engine in the place of a node's own; null leaves all as they are.</param>
/// <param name="Keeper">Puts another keeper in the place of the one of a node's protocol state.</param>
public sealed record Seams(
    Func<IEventQueue> Queue, Func<ReplicaStart, ICore> Participant, DeliverySchedule? Schedule = null,
    Func<EngineStart, IEngine?, IEngine?>? Engine = null, Func<EngineStart, IEngine, IEngine>? Keeper = null)
{
    public static readonly Seams Default = new(() => new TimingWheel(), start => new Replica(start));
}

/// <summary>Runs a spec: the door to the simulator.</summary>
public static class Simulation
{
    /// <summary>Runs a spec to its end on the calling thread.</summary>
    /// <param name="spec">Everything that decides the run.</param>
    /// <param name="probes">Watch the run and cannot change it.</param>
    /// <param name="seams">Replacements for tests and other engines; the default is the honest protocol.</param>
    /// <param name="cancel">Ends the run early without a result.</param>
    /// <exception cref="InvariantViolation">FlowSim contradicts itself, or a node's rules would stop it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RunResult Run(
        RunSpec spec, IReadOnlyList<IProbe> probes, Seams? seams = null, CancellationToken cancel = default) =>
        new World(spec, probes, seams ?? Seams.Default).Run(cancel);
}
