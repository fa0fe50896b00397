using System.Linq;
using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Tests.ProtocolState;

/// <summary>Epochs of 1,000 views with small memberships: 100..1099 is epoch 1.</summary>
internal static class SomeEpochs
{
    public const ulong Threshold = 100;
    public const ulong Extension = 300;
    public const ulong Length = 1_000;

    /// <summary>Final view of epoch 1.</summary>
    public const ulong Final = 1_099;

    /// <summary>Members of epoch 1: two consensus and two collection nodes, one of each other role.</summary>
    public static readonly Participant[] Members =
    [
        new(new NodeId(0), Role.Consensus, 100), new(new NodeId(1), Role.Consensus, 100),
        new(new NodeId(2), Role.Collection, 100), new(new NodeId(3), Role.Collection, 100),
        new(new NodeId(4), Role.Execution, 100), new(new NodeId(5), Role.Verification, 100),
        new(new NodeId(6), Role.Access, 0),
    ];

    /// <summary>An epoch that begins at a view; as many views, seconds and members as all others.</summary>
    public static ServiceEvent.EpochSetup Setup(
        ulong counter, ulong first, Participant[]? members = null, ulong length = Length)
    {
        members ??= Members;
        NodeId[] collectors =
            [.. members.Where(m => m is { Role: Role.Collection, InitialWeight: > 0 }).Select(m => m.Id)];
        return new ServiceEvent.EpochSetup(counter,
            new EpochViews(new View(first), new View(first + 300), new View(first + 400), new View(first + 500),
                new View(first + length - 1)),
            members, [.. collectors.Select(c => new[] { c })], new byte[16], 800, 800 * counter);
    }

    public static ServiceEvent.EpochCommit Commit(ServiceEvent.EpochSetup setup)
    {
        NodeId[] committee =
            [.. setup.Participants.Where(m => m is { Role: Role.Consensus, InitialWeight: > 0 }).Select(m => m.Id)];
        return new ServiceEvent.EpochCommit(setup.Counter, [.. setup.Clusters], 7,
            [.. committee.Select(c => (ulong)c.Index + 70)], [.. committee.Select((c, i) => new ShareHolder(c, i))]);
    }

    public static ServiceEvent.EpochRecover Recover(ServiceEvent.EpochSetup setup) => new(setup, Commit(setup));

    /// <summary>Epoch 1, with the next one unprepared, set up or committed.</summary>
    public static KeyValueSnapshot In(EpochPhase phase)
    {
        ServiceEvent.EpochSetup setup = Setup(1, 100);
        ServiceEvent.EpochSetup next = Setup(2, Final + 1);
        EpochEntry? entry = phase switch
        {
            EpochPhase.Setup => EpochEntry.Of(next),
            EpochPhase.Committed => EpochEntry.Of(next, Commit(next)),
            _ => null,
        };
        return new KeyValueSnapshot(KeyValueSnapshot.DefaultVersion, null,
            new EpochState(null, EpochEntry.Of(setup, Commit(setup)), entry, phase == EpochPhase.Fallback), Extension,
            Threshold);
    }

    /// <summary>The state after a block with events of one seal.</summary>
    public static Evolved After(this KeyValueSnapshot parent, ulong view, params ServiceEvent[] events) =>
        Evolution.Next(parent, new View(view), [new SealedEvents(new Height(1), events)], VersionSupport.FlowGo);

    /// <summary>The epochs after a block with events of one seal.</summary>
    public static EpochState EpochsAfter(this KeyValueSnapshot parent, ulong view, params ServiceEvent[] events) =>
        parent.After(view, events).Snapshot.Epochs;
}
