using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.ProtocolState;

/// <summary>Epochs prepared as planned; the cases of flow-go's statemachine_test.go and
/// happy_path_statemachine_test.go.</summary>
public sealed class HappyPathTests
{
    private const ulong Deadline = SomeEpochs.Final - SomeEpochs.Threshold;

    private static readonly ServiceEvent.EpochSetup Next = SomeEpochs.Setup(2, SomeEpochs.Final + 1);
    private static readonly ServiceEvent.EpochCommit NextCommit = SomeEpochs.Commit(Next);

    [TestCase(EpochPhase.Staking, Deadline - 1, false)]
    [TestCase(EpochPhase.Staking, Deadline, true)]
    [TestCase(EpochPhase.Staking, SomeEpochs.Final - 1, true)]
    [TestCase(EpochPhase.Setup, Deadline - 1, false)]
    [TestCase(EpochPhase.Setup, Deadline, true)]
    [TestCase(EpochPhase.Setup, SomeEpochs.Final - 1, true)]
    [TestCase(EpochPhase.Committed, Deadline - 1, false)]
    [TestCase(EpochPhase.Committed, Deadline, false)]
    [TestCase(EpochPhase.Committed, SomeEpochs.Final - 1, false)]
    public void The_deadline_is_missed_without_a_committed_next_epoch(EpochPhase phase, ulong view, bool fallback) =>
        Assert.That(SomeEpochs.In(phase).EpochsAfter(view).IsFallback, Is.EqualTo(fallback));

    [Test]
    public void Setup_and_commit_prepare_the_next_epoch_phase_by_phase()
    {
        KeyValueSnapshot setUp = SomeEpochs.In(EpochPhase.Staking).After(200, Next).Snapshot;
        Assert.That((setUp.Epochs.Phase, setUp.Epochs.Next?.Setup), Is.EqualTo((EpochPhase.Setup, Next)));

        KeyValueSnapshot committed = setUp.After(201, NextCommit).Snapshot;
        Assert.That((committed.Epochs.Phase, committed.Epochs.Next?.Commit),
            Is.EqualTo((EpochPhase.Committed, NextCommit)));
        Assert.That(committed.Epochs.Current, Is.SameAs(setUp.Epochs.Current));
    }

    [Test]
    public void One_block_may_seal_setup_and_commit() =>
        Assert.That(SomeEpochs.In(EpochPhase.Staking).EpochsAfter(200, Next, NextCommit).Phase,
            Is.EqualTo(EpochPhase.Committed));

    [Test]
    public void The_first_block_past_the_end_enters_the_committed_epoch()
    {
        KeyValueSnapshot parent = SomeEpochs.In(EpochPhase.Committed);
        Assert.That(parent.EpochsAfter(SomeEpochs.Final), Is.SameAs(parent.Epochs), "the old epoch's final view");

        EpochState entered = parent.EpochsAfter(SomeEpochs.Final + 4);
        Assert.That(entered, Is.EqualTo(new EpochState(parent.Epochs.Current, parent.Epochs.Next!, null, false)));
        Assert.That(entered.Phase, Is.EqualTo(EpochPhase.Staking));
    }

    [Test]
    public void The_block_that_enters_an_epoch_may_set_up_the_one_after()
    {
        ServiceEvent.EpochSetup third = SomeEpochs.Setup(3, SomeEpochs.Final + 1 + SomeEpochs.Length);
        EpochState entered = SomeEpochs.In(EpochPhase.Committed).EpochsAfter(SomeEpochs.Final + 1, third);
        Assert.That((entered.Current.Counter, entered.Next?.Counter, entered.Phase),
            Is.EqualTo((2, 3, EpochPhase.Setup)));
    }

    private static IEnumerable<TestCaseData> Invalid()
    {
        var ejected = new ServiceEvent.EjectNode(new NodeId(1));
        yield return Case("a setup of another counter", EpochPhase.Staking, EpochEventFault.WrongCounter,
            Next with { Counter = 3 });
        yield return Case("a setup that leaves out a view", EpochPhase.Staking, EpochEventFault.WrongFirstView,
            SomeEpochs.Setup(2, SomeEpochs.Final + 2));
        yield return Case("a second setup", EpochPhase.Setup, EpochEventFault.NextEpochPresent, Next);
        yield return Case("a second setup in one block", EpochPhase.Staking, EpochEventFault.NextEpochPresent, Next,
            Next);
        yield return Case("unsorted participants", EpochPhase.Staking, EpochEventFault.ParticipantsOutOfOrder,
            Next with { Participants = [.. Next.Participants.Reverse()] });
        yield return Case("a node back that was ejected in the same block", EpochPhase.Staking,
            EpochEventFault.EjectedReadmitted, ejected, Next);
        yield return Case("a commit of another counter", EpochPhase.Setup, EpochEventFault.WrongCounter,
            NextCommit with { Counter = 3 });
        yield return Case("a commit without a setup", EpochPhase.Staking, EpochEventFault.NoSetup, NextCommit);
        yield return Case("a commit that contradicts the setup", EpochPhase.Setup, EpochEventFault.WrongClusterVotes,
            NextCommit with { ClusterVotes = [] });
        yield return Case("a second commit", EpochPhase.Committed, EpochEventFault.CommittedAlready, NextCommit);
        yield return Case("a second commit in one block", EpochPhase.Setup, EpochEventFault.CommittedAlready,
            NextCommit, NextCommit);
    }

    [TestCaseSource(nameof(Invalid))]
    public void An_invalid_event_leads_to_fallback_mode(
        EpochPhase phase, EpochEventFault fault, ServiceEvent[] events)
    {
        Assert.That(FaultOf(phase, events), Is.EqualTo(fault));

        KeyValueSnapshot parent = SomeEpochs.In(phase);
        EpochState after = parent.EpochsAfter(200, events);
        Assert.That(after.IsFallback, Is.True);
        Assert.That(after.Next, phase == EpochPhase.Committed ? Is.SameAs(parent.Epochs.Next) : Is.Null);
        Assert.That(after.Current.Extensions, Is.Empty, "the end is far");
    }

    [Test]
    public void A_node_that_was_ejected_earlier_may_not_come_back()
    {
        KeyValueSnapshot ejected =
            SomeEpochs.In(EpochPhase.Staking).After(200, new ServiceEvent.EjectNode(new NodeId(1))).Snapshot;
        Assert.That(ejected.EpochsAfter(201, Next).IsFallback, Is.True);

        Participant[] others = [.. SomeEpochs.Members.Where(m => m.Id.Index != 1)];
        ServiceEvent.EpochSetup without = SomeEpochs.Setup(2, SomeEpochs.Final + 1, others);
        Assert.That(ejected.EpochsAfter(201, without).Phase, Is.EqualTo(EpochPhase.Setup));
    }

    [Test]
    public void An_ejection_holds_in_the_previous_current_and_next_epoch()
    {
        KeyValueSnapshot committed = SomeEpochs.In(EpochPhase.Committed);
        ServiceEvent.EpochSetup third = SomeEpochs.Setup(3, SomeEpochs.Final + 1 + SomeEpochs.Length);
        KeyValueSnapshot parent = committed.After(SomeEpochs.Final + 1, third).Snapshot;

        EpochState after = parent.EpochsAfter(SomeEpochs.Final + 2, new ServiceEvent.EjectNode(new NodeId(4)));

        EpochEntry[] all = [after.Previous!, after.Current, after.Next!];
        Assert.That(all.Select(epoch => epoch.Ejected), Is.All.EqualTo(new[] { new NodeId(4) }));
        Assert.That(after.Phase, Is.EqualTo(EpochPhase.Setup));
        Assert.That(parent.Epochs.Current.Ejected, Is.Empty, "the parent stays as it was");
    }

    [Test]
    public void Ejecting_an_unknown_node_or_the_same_again_changes_nothing()
    {
        KeyValueSnapshot parent = SomeEpochs.In(EpochPhase.Setup);
        Assert.That(parent.After(200, new ServiceEvent.EjectNode(new NodeId(99))).Snapshot, Is.SameAs(parent));

        KeyValueSnapshot once = parent.After(200, new ServiceEvent.EjectNode(new NodeId(1))).Snapshot;
        Assert.That(once.After(201, new ServiceEvent.EjectNode(new NodeId(1))).Snapshot, Is.SameAs(once));
    }

    [Test]
    public void A_recovery_on_the_happy_path_replaces_an_uncommitted_next_epoch_at_once(
        [Values(EpochPhase.Staking, EpochPhase.Setup)] EpochPhase phase)
    {
        ServiceEvent.EpochSetup recovered = SomeEpochs.Setup(2, SomeEpochs.Final + 1, length: 777);
        KeyValueSnapshot parent = SomeEpochs.In(phase);

        EpochState after = parent.EpochsAfter(200, SomeEpochs.Recover(recovered));

        Assert.That((after.Next?.Setup, after.Phase, after.IsFallback),
            Is.EqualTo((recovered, EpochPhase.Committed, false)));
        Assert.That(EpochChanges.Between(parent.Epochs, after), phase == EpochPhase.Setup
            ? Is.EqualTo(new[] { EpochChange.CommittedPhaseStarted })
            : Is.Empty, "flow-go tells nobody when the setup phase is skipped");
    }

    [Test]
    public void A_recovery_that_contradicts_a_committed_next_epoch_leads_to_fallback_mode()
    {
        KeyValueSnapshot parent = SomeEpochs.In(EpochPhase.Committed);
        EpochState after = parent.EpochsAfter(
            200, SomeEpochs.Recover(SomeEpochs.Setup(2, SomeEpochs.Final + 1, length: 777)));
        Assert.That((after.IsFallback, after.Next), Is.EqualTo((true, parent.Epochs.Next)));
    }

    private static TestCaseData Case(
        string name, EpochPhase phase, EpochEventFault fault, params ServiceEvent[] events) =>
        new TestCaseData(phase, fault, events).SetArgDisplayNames(name);

    /// <summary>What the happy path finds wrong; the outcomes of a block tell only of the second pass.</summary>
    private static EpochEventFault FaultOf(EpochPhase phase, ServiceEvent[] events)
    {
        var rules = new HappyPathRules(SomeEpochs.In(phase).Epochs, new View(200));
        EpochEventFault fault = EpochEventFault.None;
        foreach (ServiceEvent e in events)
        {
            Assert.That(fault, Is.EqualTo(EpochEventFault.None), "only the last event is wrong");
            fault = e switch
            {
                ServiceEvent.EpochSetup setup => rules.Process(setup),
                ServiceEvent.EpochCommit commit => rules.Process(commit),
                ServiceEvent.EjectNode eject => rules.Eject(eject.Id) ? EpochEventFault.None : fault,
                _ => throw new ArgumentOutOfRangeException(nameof(events)),
            };
        }

        return fault;
    }
}
