using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.ProtocolState;

/// <summary>Epoch fallback mode; the cases of flow-go's fallback_statemachine_test.go.</summary>
public sealed class FallbackTests
{
    private const ulong Final = SomeEpochs.Final;
    private const ulong Deadline = Final - SomeEpochs.Threshold;
    private const ulong X = SomeEpochs.Extension;

    private static readonly ServiceEvent.EpochSetup Next = SomeEpochs.Setup(2, Final + 1);
    private static readonly ServiceEvent Unfit = Next with { Counter = 9 };
    private static readonly KeyValueSnapshot Fallback = SomeEpochs.In(EpochPhase.Fallback);

    private static EpochExtension FirstExtension => new(new View(Final + 1), new View(Final + X));

    [TestCase(EpochPhase.Staking)]
    [TestCase(EpochPhase.Setup)]
    [TestCase(EpochPhase.Committed)]
    public void Before_the_threshold_an_invalid_event_sets_the_flag_only(EpochPhase phase)
    {
        EpochState after = SomeEpochs.In(phase).EpochsAfter(Deadline - 1, Unfit);
        Assert.That((after.IsFallback, after.Current.Extensions.Count, after.Next is not null),
            Is.EqualTo((true, 0, phase == EpochPhase.Committed)));
    }

    [TestCase(EpochPhase.Staking)]
    [TestCase(EpochPhase.Setup)]
    public void At_the_threshold_the_first_extension_comes_with_the_flag(EpochPhase phase)
    {
        EpochState after = SomeEpochs.In(phase).EpochsAfter(Deadline);
        Assert.That((after.IsFallback, after.Next, after.Phase),
            Is.EqualTo((true, (EpochEntry?)null, EpochPhase.Fallback)));
        Assert.That(after.Current.Extensions, Is.EqualTo(new[] { FirstExtension }));
        Assert.That(after.Current.FinalView, Is.EqualTo(new View(Final + X)));
    }

    [Test]
    public void At_the_threshold_a_committed_next_epoch_is_kept_and_nothing_extended()
    {
        KeyValueSnapshot parent = SomeEpochs.In(EpochPhase.Committed);
        EpochState after = parent.EpochsAfter(Deadline, Unfit);
        Assert.That(after, Is.EqualTo(parent.Epochs with { IsFallback = true }));
    }

    [Test]
    public void Extension_k_is_appended_from_k_minus_1_lengths_after_the_deadline_on()
    {
        KeyValueSnapshot state = Fallback;
        for (ulong k = 1; k <= 4; k++)
        {
            ulong due = Deadline + (k - 1) * X;
            KeyValueSnapshot before = state.After(due - 1).Snapshot;
            Assert.That(before.Epochs.Current.Extensions, Has.Count.EqualTo(k - 1));
            state = before.After(due).Snapshot;
            Assert.That(state.Epochs.Current.Extensions, Has.Count.EqualTo(k));
            Assert.That(state.Epochs.Current.Extensions[^1],
                Is.EqualTo(new EpochExtension(new View(Final + (k - 1) * X + 1), new View(Final + k * X))));
        }
    }

    [Test]
    public void A_committed_next_epoch_is_entered_in_fallback_mode_and_extended_near_its_own_end()
    {
        KeyValueSnapshot state = SomeEpochs.In(EpochPhase.Committed).After(200, Unfit).Snapshot;
        state = state.After(Final).Snapshot;
        Assert.That((state.Epochs.Current.Counter, state.Epochs.Current.Extensions.Count), Is.EqualTo((1, 0)));

        state = state.After(Final + 1).Snapshot;
        Assert.That((state.Epochs.Current.Counter, state.Epochs.Phase, state.Epochs.Next),
            Is.EqualTo((2, EpochPhase.Fallback, (EpochEntry?)null)));

        ulong nextFinal = Final + SomeEpochs.Length;
        for (ulong k = 1; k <= 3; k++)
        {
            ulong due = nextFinal + (k - 1) * X - SomeEpochs.Threshold;
            state = state.After(due - 1).Snapshot;
            Assert.That(state.Epochs.Current.Extensions, Has.Count.EqualTo(k - 1));
            state = state.After(due).Snapshot;
            Assert.That(state.Epochs.Current.FinalView, Is.EqualTo(new View(nextFinal + k * X)));
        }
    }

    [TestCase(EpochPhase.Staking, Final + 1, TestName = "No transition without a next epoch")]
    [TestCase(EpochPhase.Setup, Final + 1, TestName = "No transition to an uncommitted epoch")]
    [TestCase(EpochPhase.Committed, Final, TestName = "No transition before the end")]
    public void No_transition(EpochPhase phase, ulong view) =>
        Assert.That(SomeEpochs.In(phase).EpochsAfter(view, Unfit).Current.Counter, Is.EqualTo(1));

    [Test]
    public void Setups_and_commits_are_passed_over()
    {
        Evolved after = Fallback.After(200, Next, SomeEpochs.Commit(Next));
        Assert.That(after.Snapshot, Is.SameAs(Fallback));
        Assert.That(after.Outcomes.Select(o => o.Fault), Is.All.EqualTo(EpochEventFault.NotInFallback));
        Assert.That(after.Outcomes, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_extensions_length_is_the_parents()
    {
        EpochState after = Fallback.EpochsAfter(Deadline, new ServiceEvent.SetEpochExtensionViewCount(5_000));
        Assert.That(after.Current.Extensions, Is.EqualTo(new[] { FirstExtension }));
        KeyValueSnapshot longer = Fallback.After(200, new ServiceEvent.SetEpochExtensionViewCount(5_000)).Snapshot;
        Assert.That(longer.EpochsAfter(Deadline).Current.FinalView, Is.EqualTo(new View(Final + 5_000)));
    }

    [Test]
    public void A_deadline_missed_between_two_extensions_still_counts_by_the_setup()
    {
        KeyValueSnapshot extended = Fallback.After(Deadline).Snapshot;
        KeyValueSnapshot flagless = extended with { Epochs = extended.Epochs with { IsFallback = false } };
        Assert.That(flagless.EpochsAfter(Deadline + 1).IsFallback, Is.True,
            "the happy path looks at the setup's final view");
    }

    [Test]
    public void Nodes_hear_of_every_change_when_its_block_is_final()
    {
        KeyValueSnapshot staking = SomeEpochs.In(EpochPhase.Staking);
        KeyValueSnapshot setUp = staking.After(200, Next).Snapshot;
        KeyValueSnapshot committed = setUp.After(201, SomeEpochs.Commit(Next)).Snapshot;
        KeyValueSnapshot entered = committed.After(Final + 1).Snapshot;
        KeyValueSnapshot extended = staking.After(Deadline).Snapshot;
        ServiceEvent recovery = SomeEpochs.Recover(SomeEpochs.Setup(2, Final + X + 1));
        KeyValueSnapshot recovered = extended.After(Deadline + 1, recovery).Snapshot;

        Assert.That(Changes(staking, staking), Is.Empty);
        Assert.That(Changes(staking, setUp), Is.EqualTo(new[] { EpochChange.SetupPhaseStarted }));
        Assert.That(Changes(setUp, committed), Is.EqualTo(new[] { EpochChange.CommittedPhaseStarted }));
        Assert.That(Changes(committed, entered), Is.EqualTo(new[] { EpochChange.Transition }));
        Assert.That(Changes(staking, extended),
            Is.EqualTo(new[] { EpochChange.FallbackTriggered, EpochChange.Extended }));
        Assert.That(Changes(extended, recovered),
            Is.EqualTo(new[] { EpochChange.FallbackExited, EpochChange.CommittedPhaseStarted }));
    }

    private static IReadOnlyList<EpochChange> Changes(KeyValueSnapshot parent, KeyValueSnapshot child) =>
        EpochChanges.Between(parent.Epochs, child.Epochs);
}
