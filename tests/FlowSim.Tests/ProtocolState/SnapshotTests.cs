using System;
using System.Linq;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.ProtocolState;

/// <summary>What the recorded answers do not ask: identities, storage, gaps between seals.</summary>
public sealed class SnapshotTests
{
    private static readonly KeyValueSnapshot Root = SomeEpochs.In(EpochPhase.Staking);

    [Test]
    public void A_block_without_news_has_its_parents_state() =>
        Assert.That(Root.After(200).Snapshot, Is.SameAs(Root));

    [Test]
    public void Each_field_is_part_of_the_identity()
    {
        KeyValueSnapshot[] others =
        [
            Root with { Version = 1 }, Root with { Upgrade = new VersionUpgrade(3, new View(500)) },
            Root with { Upgrade = new VersionUpgrade(3, new View(501)) }, Root with { EpochExtensionViewCount = 301 },
            Root with { FinalizationSafetyThreshold = 101 }, SomeEpochs.In(EpochPhase.Setup),
            SomeEpochs.In(EpochPhase.Committed), SomeEpochs.In(EpochPhase.Fallback),
            Root with { Epochs = Root.EpochsAfter(200, new ServiceEvent.EjectNode(new NodeId(1))) },
            Root with { Epochs = Root.Epochs with { Previous = Root.Epochs.Current } },
            SomeEpochs.In(EpochPhase.Fallback) with
            {
                Epochs = SomeEpochs.In(EpochPhase.Fallback).EpochsAfter(SomeEpochs.Final),
            },
        ];
        Assert.That(others.Append(Root).Select(s => s.Id), Is.Unique);
        Assert.That(SomeEpochs.In(EpochPhase.Staking).Id, Is.EqualTo(Root.Id), "made again, the same");
    }

    [Test]
    public void Each_field_of_an_event_is_part_of_its_key()
    {
        ServiceEvent.EpochSetup setup = SomeEpochs.Setup(2, 1_100);
        ServiceEvent.EpochCommit commit = SomeEpochs.Commit(setup);
        ServiceEvent[] events =
        [
            setup, setup with { Counter = 3 }, SomeEpochs.Setup(2, 1_101),
            setup with { Participants = [.. setup.Participants.Skip(1)] }, setup with { Clusters = [] },
            setup with { RandomSource = [1] }, setup with { TargetDurationSeconds = 1 },
            setup with { TargetEndTimeSeconds = 1 },
            setup with { Views = setup.Views with { Phase1Final = new View(9) } },
            setup with { Views = setup.Views with { Phase2Final = new View(9) } },
            setup with { Views = setup.Views with { Phase3Final = new View(9) } },
            commit, commit with { Counter = 3 }, commit with { GroupKey = 8 }, commit with { ParticipantKeys = [] },
            commit with { ShareHolders = [] }, commit with { ClusterVotes = [] },
            new ServiceEvent.EpochRecover(setup, commit), new ServiceEvent.EjectNode(new NodeId(1)),
            new ServiceEvent.EjectNode(new NodeId(2)), new ServiceEvent.SetEpochExtensionViewCount(1),
            new ServiceEvent.ProtocolStateVersionUpgrade(1, new View(1)),
            new ServiceEvent.ProtocolStateVersionUpgrade(1, new View(2)),
            new ServiceEvent.VersionBeacon([], 1), new ServiceEvent.VersionBeacon([], 2),
            new ServiceEvent.VersionBeacon([new VersionBoundary(new Height(1), "1.0.0")], 1),
        ];
        Assert.That(events.Select(e => e.Key), Is.Unique);
    }

    [Test]
    public void A_chain_starts_with_versions_0_to_2_only()
    {
        Assert.That(Start(KeyValueSnapshot.DefaultVersion).Version, Is.EqualTo(2));
        Assert.That(() => Start(3), Throws.InstanceOf<ArgumentOutOfRangeException>());

        static KeyValueSnapshot Start(ulong version) =>
            KeyValueSnapshot.Bootstrap(VersionSupport.FlowGo, version, Root.Epochs, 300, 100);
    }

    [Test]
    public void Version_3_can_be_made_but_its_child_cannot_read_it()
    {
        KeyValueSnapshot asked =
            Root.After(200, new ServiceEvent.ProtocolStateVersionUpgrade(3, new View(301))).Snapshot;
        KeyValueSnapshot upgraded = asked.After(301).Snapshot;
        Assert.That(upgraded.Version, Is.EqualTo(3));
        Assert.That(() => upgraded.After(302), Fails(ProtocolStateFault.UndecodableVersion));
    }

    [Test]
    public void A_late_postponement_leaves_other_forks_with_the_old_activation()
    {
        KeyValueSnapshot asked =
            Root.After(200, new ServiceEvent.ProtocolStateVersionUpgrade(3, new View(301))).Snapshot;
        KeyValueSnapshot moved =
            asked.After(300, new ServiceEvent.ProtocolStateVersionUpgrade(3, new View(900))).Snapshot;
        Assert.That((moved.After(301).Snapshot.Version, asked.After(301).Snapshot.Version), Is.EqualTo((2, 3)));
    }

    [Test]
    public void Seals_are_in_any_order_but_leave_out_no_height()
    {
        SealedEvents Seal(ulong height, ulong value) =>
            new(new Height(height), [new ServiceEvent.SetEpochExtensionViewCount(value)]);

        Assert.That(Evolve(Seal(8, 800), Seal(7, 700)).EpochExtensionViewCount, Is.EqualTo(800));
        Assert.That(() => Evolve(Seal(7, 700), Seal(9, 900)), Fails(ProtocolStateFault.DiscontinuousSeals));
        Assert.That(() => Evolve(Seal(7, 700), Seal(9, 900), Seal(7, 700)),
            Fails(ProtocolStateFault.DuplicateSealHeight));

        static KeyValueSnapshot Evolve(params SealedEvents[] seals) =>
            Evolution.Next(Root, new View(200), seals, VersionSupport.FlowGo).Snapshot;
    }

    [Test]
    public void A_forgotten_block_has_no_children()
    {
        var snapshots = new Snapshots(new BlockId(1), Root, VersionSupport.FlowGo);
        snapshots.Add(new BlockId(2), new BlockId(1), new View(200), []);
        Assert.That(snapshots.Of(new BlockId(2)), Is.SameAs(Root));

        snapshots.Forget(new BlockId(2));
        Assert.That(snapshots.Of(new BlockId(2)), Is.Null);
        Assert.That(() => snapshots.Add(new BlockId(3), new BlockId(2), new View(201), []),
            Fails(ProtocolStateFault.ParentNotFound));
    }

    private static NUnit.Framework.Constraints.Constraint Fails(ProtocolStateFault fault) =>
        Throws.InstanceOf<ProtocolStateException>().With.Property(nameof(ProtocolStateException.Fault)).EqualTo(fault);
}
