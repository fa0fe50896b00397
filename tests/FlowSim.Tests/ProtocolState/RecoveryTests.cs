using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.ProtocolState;

/// <summary>The way out of fallback mode; the cases of flow-go's fallback_statemachine_test.go and mutator_test.go.
/// </summary>
public sealed class RecoveryTests
{
    private const ulong Final = SomeEpochs.Final;
    private const ulong Deadline = Final - SomeEpochs.Threshold;
    private const ulong X = SomeEpochs.Extension;

    private static readonly ServiceEvent.EpochSetup Setup = SomeEpochs.Setup(2, Final + 1);
    private static readonly ServiceEvent.EpochCommit Commit = SomeEpochs.Commit(Setup);
    private static readonly KeyValueSnapshot Fallback = SomeEpochs.In(EpochPhase.Fallback);

    [Test]
    public void A_valid_recovery_ends_fallback_mode_with_a_committed_next_epoch()
    {
        EpochState after = Fallback.EpochsAfter(Deadline - 1, SomeEpochs.Recover(Setup));
        Assert.That((after.IsFallback, after.Phase, after.Next!.Setup, after.Next.Commit!.Key),
            Is.EqualTo((false, EpochPhase.Committed, Setup, Commit.Key)));
    }

    private static IEnumerable<TestCaseData> Invalid()
    {
        yield return Case("wrong first view", EpochEventFault.WrongFirstView, SomeEpochs.Setup(2, Final + 2));
        yield return Case("wrong counter", EpochEventFault.WrongCounter, Setup with { Counter = 3 });
        yield return Case("wrong participants", EpochEventFault.ParticipantsOutOfOrder,
            Setup with { Participants = [.. Setup.Participants.Reverse()] });
        yield return Case("wrong counter of the commit", EpochEventFault.WrongCounter, Setup,
            Commit with { Counter = 3 });
        yield return Case("wrong cluster certificates", EpochEventFault.WrongClusterVotes, Setup,
            Commit with { ClusterVotes = [] });
        yield return Case("no key", EpochEventFault.NoGroupKey, Setup, Commit with { GroupKey = 0 });
        yield return Case("wrong shares", EpochEventFault.WrongShares, Setup, Commit with { ParticipantKeys = [1] });
    }

    [TestCaseSource(nameof(Invalid))]
    public void An_invalid_recovery_is_passed_over(EpochEventFault fault, ServiceEvent.EpochRecover recovery)
    {
        Evolved after = Fallback.After(200, recovery);
        Assert.That(after.Snapshot, Is.SameAs(Fallback));
        Assert.That(after.Outcomes,
            Is.EqualTo(new[] { new EventOutcome(StateMachineKind.Epoch, 0, EventVerdict.InvalidEpochEvent, fault) }));
    }

    [Test]
    public void A_recovery_must_respect_the_extensions()
    {
        KeyValueSnapshot extended = Fallback.After(Deadline).Snapshot;
        Assert.That(FaultAt(extended, Deadline + 1, SomeEpochs.Recover(Setup)),
            Is.EqualTo(EpochEventFault.WrongFirstView));
        ServiceEvent.EpochSetup after = SomeEpochs.Setup(2, Final + X + 1);
        Assert.That(extended.EpochsAfter(Deadline + 1, SomeEpochs.Recover(after)).Phase,
            Is.EqualTo(EpochPhase.Committed));
    }

    [Test]
    public void The_block_that_extends_may_recover_by_the_extension()
    {
        ServiceEvent.EpochSetup after = SomeEpochs.Setup(2, Final + X + 1);
        Assert.That(FaultAt(Fallback, Deadline, SomeEpochs.Recover(Setup)), Is.EqualTo(EpochEventFault.WrongFirstView));
        Assert.That(FaultAt(Fallback, Deadline, SomeEpochs.Recover(after)), Is.EqualTo(EpochEventFault.None));
    }

    [Test]
    public void Past_the_deadline_of_an_unextended_epoch_it_is_too_late()
    {
        KeyValueSnapshot committed = SomeEpochs.In(EpochPhase.Committed);
        KeyValueSnapshot parent = committed with { Epochs = committed.Epochs with { IsFallback = true } };
        Assert.That(FaultAt(parent, Deadline, SomeEpochs.Recover(Setup)), Is.EqualTo(EpochEventFault.TooLate));
    }

    [Test]
    public void A_committed_next_epoch_stands_against_any_recovery()
    {
        KeyValueSnapshot committed = SomeEpochs.In(EpochPhase.Committed);
        KeyValueSnapshot parent = committed with { Epochs = committed.Epochs with { IsFallback = true } };
        ServiceEvent.EpochSetup other = SomeEpochs.Setup(2, Final + 1, length: 777);
        Assert.That(FaultAt(parent, 200, SomeEpochs.Recover(other)), Is.EqualTo(EpochEventFault.NextEpochPresent));
        Assert.That(FaultAt(parent, 200, SomeEpochs.Recover(Setup)), Is.EqualTo(EpochEventFault.NextEpochPresent));
    }

    [Test]
    public void In_one_block_the_first_valid_recovery_wins()
    {
        ServiceEvent invalid = SomeEpochs.Recover(SomeEpochs.Setup(2, Final + 2));
        ServiceEvent first = SomeEpochs.Recover(Setup);
        ServiceEvent other = SomeEpochs.Recover(SomeEpochs.Setup(2, Final + 1, length: 777));

        Evolved after = Fallback.After(200, invalid, first, other, first);

        Assert.That(after.Snapshot.Epochs.Next!.Setup, Is.EqualTo(Setup));
        Assert.That(after.Outcomes.Select(o => o.Fault), Is.EqualTo(new[]
        {
            EpochEventFault.WrongFirstView, EpochEventFault.None, EpochEventFault.NextEpochPresent,
            EpochEventFault.NextEpochPresent,
        }));
    }

    [Test]
    public void Setups_and_commits_beside_a_recovery_are_passed_over() =>
        Assert.That(Fallback.EpochsAfter(200, SomeEpochs.Recover(Setup), Setup, Commit),
            Is.EqualTo(Fallback.EpochsAfter(200, SomeEpochs.Recover(Setup)))
                .Using<EpochState>((a, b) => a.Id == b.Id));

    [Test]
    public void An_ejection_before_the_recovery_forbids_it_and_one_after_it_holds()
    {
        var eject = new ServiceEvent.EjectNode(new NodeId(1));
        EpochState before = Fallback.EpochsAfter(200, eject, SomeEpochs.Recover(Setup));
        Assert.That((before.IsFallback, before.Next), Is.EqualTo((true, (EpochEntry?)null)));
        Assert.That(before.Current.HasEjected(new NodeId(1)), Is.True);

        EpochState after = Fallback.EpochsAfter(200, SomeEpochs.Recover(Setup), eject);
        Assert.That((after.IsFallback, after.Next!.HasEjected(new NodeId(1))), Is.EqualTo((false, true)));
    }

    [Test]
    public void Nodes_ejected_in_earlier_blocks_are_not_readmitted()
    {
        KeyValueSnapshot ejected = Fallback.After(200, new ServiceEvent.EjectNode(new NodeId(1))).Snapshot;
        Assert.That(FaultAt(ejected, 201, SomeEpochs.Recover(Setup)), Is.EqualTo(EpochEventFault.EjectedReadmitted));
    }

    [TestCase(EpochPhase.Staking)]
    [TestCase(EpochPhase.Setup)]
    public void Entered_by_the_deadline_it_recovers_after_extensions_and_goes_on(EpochPhase phase)
    {
        KeyValueSnapshot state = SomeEpochs.In(phase).After(Deadline).Snapshot;
        state = state.After(Deadline + X).Snapshot;
        ServiceEvent.EpochSetup second = SomeEpochs.Setup(2, Final + 2 * X + 1);
        state = state.After(Deadline + X + 1, SomeEpochs.Recover(second)).Snapshot;
        Assert.That(state.EpochsAfter(Final + 2 * X).Current.Counter, Is.EqualTo(1));

        state = state.After(Final + 2 * X + 1).Snapshot;
        ServiceEvent.EpochSetup third = SomeEpochs.Setup(3, second.Views.FinalView.Value + 1);
        state = state.After(Final + 2 * X + 2, third).Snapshot;
        Assert.That((state.Epochs.Current.Counter, state.Epochs.Phase, state.Epochs.IsFallback),
            Is.EqualTo((2, EpochPhase.Setup, false)));
    }

    [Test]
    public void Entered_while_committed_it_transitions_extends_recovers_and_reaches_the_third_epoch()
    {
        KeyValueSnapshot state = SomeEpochs.In(EpochPhase.Committed).After(200, Setup).Snapshot;
        state = state.After(Final + 1).Snapshot;
        ulong final = Final + SomeEpochs.Length;
        state = state.After(final - SomeEpochs.Threshold).Snapshot;
        ServiceEvent.EpochSetup third = SomeEpochs.Setup(3, final + X + 1);
        state = state.After(final, SomeEpochs.Recover(third)).Snapshot;
        Assert.That((state.Epochs.Current.Counter, state.Epochs.Phase), Is.EqualTo((2, EpochPhase.Committed)));

        state = state.After(final + X + 1).Snapshot;
        Assert.That((state.Epochs.Current.Counter, state.Epochs.Phase), Is.EqualTo((3, EpochPhase.Staking)));
    }

    private static EpochEventFault FaultAt(KeyValueSnapshot parent, ulong view, ServiceEvent e) =>
        parent.After(view, e).Outcomes.Single().Fault;

    private static TestCaseData Case(string name, EpochEventFault fault, ServiceEvent.EpochSetup setup,
        ServiceEvent.EpochCommit? commit = null) =>
        new TestCaseData(fault, new ServiceEvent.EpochRecover(setup, commit ?? SomeEpochs.Commit(setup)))
            .SetArgDisplayNames(name);
}
