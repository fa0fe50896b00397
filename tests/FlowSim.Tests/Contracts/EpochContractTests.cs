using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.ProtocolState;
using NUnit.Framework;
using static FlowSim.Tests.Contracts.SomeContracts;

namespace FlowSim.Tests.Contracts;

/// <summary>The epoch contract's clock (FlowEpoch.cdc).</summary>
public sealed class EpochContractTests
{
    [Test]
    public void The_next_epoch_is_set_up_by_the_first_block_at_the_end_of_the_staking_auction()
    {
        Assert.That(Root.EventsAt(StakingEnd - 1), Is.Empty);
        Assert.That(Root.EventsAt(StakingEnd).Single(), Is.TypeOf<ServiceEvent.EpochSetup>());
        Assert.That(Root.EventsAt(StakingEnd + 30).Single(), Is.TypeOf<ServiceEvent.EpochSetup>());
        Assert.That(InSetup.EventsAt(StakingEnd + 1), Is.Empty, "once");
    }

    [Test]
    public void A_setup_follows_the_current_epoch_in_views_and_in_time()
    {
        var setup = (ServiceEvent.EpochSetup)Root.EventsAt(StakingEnd).Single();
        Assert.Multiple(() =>
        {
            Assert.That(setup.Counter, Is.EqualTo(1));
            Assert.That(setup.Views, Is.EqualTo(
                new EpochViews(new View(100), new View(139), new View(159), new View(179), new View(199))));
            Assert.That((setup.TargetDurationSeconds, setup.TargetEndTimeSeconds), Is.EqualTo((80, 160)));
            Assert.That(setup.RandomSource, Has.Count.EqualTo(16).And.EqualTo(Planner.Table[1].RandomSource));
            Assert.That(setup.Participants, Is.EqualTo(Planner.Table[1].Members));
            Assert.That(setup.Clusters, Is.EqualTo(Planner.Table[1].Clusters));
            Assert.That(EpochValidity.Of(setup), Is.EqualTo(EpochEventFault.None));
        });
    }

    [Test]
    public void An_epoch_is_committed_once_votes_and_keys_are_complete()
    {
        ContractCall[] all = Preparation;
        Assert.That(InSetup.EventsAt(30, [.. all.OfType<ContractCall.ClusterVote>()]), Is.Empty, "no keys");
        Assert.That(InSetup.EventsAt(30, [.. all.OfType<ContractCall.DkgResult>()]), Is.Empty, "no votes");
        (SystemContracts next, IReadOnlyList<ServiceEvent> events) = InSetup.At(30, all);
        var commit = (ServiceEvent.EpochCommit)events.Single();
        Assert.Multiple(() =>
        {
            Assert.That(commit.GroupKey, Is.EqualTo(7));
            Assert.That(commit.ShareHolders, Is.EqualTo(Enumerable.Range(0, 4)
                .Select(i => new ShareHolder(new NodeId(i), i))));
            Assert.That(commit.ParticipantKeys, Is.Unique.And.Exactly(4).Items);
            Assert.That(EpochValidity.Of(commit, InSetup.Clock.Next!), Is.EqualTo(EpochEventFault.None));
            Assert.That(next.EventsAt(31, all), Is.Empty, "once");
        });
    }

    [Test]
    public void A_block_takes_the_clock_one_step_at_most()
    {
        SystemContracts late = Root.After(End + 1);
        Assert.That(late.Clock.Phase, Is.EqualTo(ContractPhase.Setup));
        late = late.After(End + 2, Preparation);
        Assert.That(late.Clock.Phase, Is.EqualTo(ContractPhase.Committed));
        Assert.That(late.After(End + 3).Clock, Is.EqualTo(EpochClock.In(late.Clock.Next!)));
    }

    [Test]
    public void The_next_epoch_begins_at_the_last_view_if_it_is_committed()
    {
        SystemContracts committed = InSetup.After(30, Preparation);
        Assert.That(committed.After(End - 1).Clock.Current.Counter, Is.Zero);
        Assert.That(committed.After(End).Clock.Current.Counter, Is.EqualTo(1));
        Assert.That(InSetup.After(End + 50).Clock.Current.Counter, Is.Zero, "not ready");
    }

    [Test]
    public void An_epoch_prepared_after_its_time_is_committed_all_the_same() =>
        Assert.That(InSetup.EventsAt(End + 50, Preparation).Single(), Is.TypeOf<ServiceEvent.EpochCommit>());

    [Test]
    public void Epochs_follow_each_other_as_far_as_they_are_planned()
    {
        SystemContracts contracts = RootOf(Planned(Nodes, epochs: 2)).After(StakingEnd).After(30, Preparation)
            .After(End);
        Assert.That(contracts.EventsAt(100 + StakingEnd), Is.Empty);
        Assert.That(Root.After(StakingEnd).After(30, Preparation).After(End).EventsAt(100 + StakingEnd).Single(),
            Is.TypeOf<ServiceEvent.EpochSetup>());
    }

    [Test]
    public void Whoever_is_ejected_is_not_set_up_again()
    {
        SystemContracts without = Root.After(5, new ContractCall.Emit(new ServiceEvent.EjectNode(new NodeId(5))));
        var setup = (ServiceEvent.EpochSetup)without.EventsAt(StakingEnd).Single();
        Assert.That(setup.Participants.Select(p => p.Id.Index), Is.EqualTo(Enumerable.Range(0, 16).Where(i => i != 5)));
        Assert.That(setup.Clusters.SelectMany(c => c).Select(n => n.Index),
            Is.EquivalentTo(new[] { 4, 6, 7, 8, 9 }));
    }

    [Test]
    public void The_service_account_emits_what_it_wants()
    {
        ServiceEvent[] events =
            [new ServiceEvent.ProtocolStateVersionUpgrade(99, default), new ServiceEvent.SetEpochExtensionViewCount(0)];
        Assert.That(Root.EventsAt(1, [.. events.Select(e => new ContractCall.Emit(e))]), Is.EqualTo(events));
    }

    [Test]
    public void Events_of_transactions_come_before_those_of_the_system()
    {
        IReadOnlyList<ServiceEvent> events = Root.EventsAt(StakingEnd, Set(2_000, "1.0.0"),
            new ContractCall.Emit(new ServiceEvent.EjectNode(new NodeId(5))));
        Assert.That(events.Select(e => e.GetType()), Is.EqualTo(new[]
        {
            typeof(ServiceEvent.EjectNode), typeof(ServiceEvent.VersionBeacon), typeof(ServiceEvent.EpochSetup),
        }));
    }
}
