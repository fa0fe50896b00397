using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Recoveries that come twice, too late or wrong, and who is in the epoch that one brings.</summary>
public sealed class EpochRecoveryTests
{
    private const int Stays = EpochWorld.Stays;

    /// <summary>The last view of the first epoch with one extension.</summary>
    private const ulong OnceExtended = EpochWorld.Views + EpochWorld.Extension;

    private static readonly (EventVerdict, EpochEventFault) Taken = (EventVerdict.Processed, EpochEventFault.None);

    [Test]
    public void A_second_recovery_is_refused_and_brings_fallback_again_with_the_first_ones_epoch()
    {
        EpochLife life = EpochLife.Of(EpochFallbackTests.FailedKeys(1, EpochWorld.Recover(140), EpochWorld.Recover(165))
            .Until(260));
        Assert.Multiple(() =>
        {
            Assert.That(Verdicts(life), Is.EqualTo(new[]
            {
                Taken, (EventVerdict.InvalidEpochEvent, EpochEventFault.NextEpochPresent),
            }));
            Assert.That(life.Order.Skip(1), Is.EqualTo(new[]
            {
                EpochChange.FallbackTriggered, EpochChange.Extended,
                EpochChange.FallbackExited, EpochChange.CommittedPhaseStarted,
                EpochChange.FallbackTriggered, EpochChange.Transition,
            }));
            Assert.That(life.Epochs, Has.Property(nameof(EpochState.IsFallback)).True);
            Assert.That(life.First(EpochChange.Transition).Block.View.Value, Is.EqualTo(OnceExtended));
        });
    }

    [Test]
    public void A_recovery_prepared_before_an_extension_and_sealed_after_it_begins_at_a_wrong_view()
    {
        EpochLife life = EpochLife.Of(EpochFallbackTests.FailedKeys(1, EpochWorld.Recover(172), EpochWorld.Recover(184))
            .Until(OnceExtended + EpochWorld.Extension + 15));
        Assert.Multiple(() =>
        {
            Assert.That(Verdicts(life), Is.EqualTo(new[]
            {
                (EventVerdict.InvalidEpochEvent, EpochEventFault.WrongFirstView), Taken,
            }));
            Assert.That(life.Changes.Count(c => c.Change == EpochChange.Extended), Is.EqualTo(2));
            Assert.That(life.First(EpochChange.Transition).Block.View.Value,
                Is.EqualTo(OnceExtended + EpochWorld.Extension));
        });
    }

    [Test]
    public void A_recovery_with_a_counter_too_far_ahead_changes_nothing()
    {
        EpochLife life = EpochLife.Of(
            EpochFallbackTests.FailedKeys(1, EpochWorld.Recover(135, counterAhead: 1), EpochWorld.Recover(150))
                .Until(OnceExtended + 15));
        Assert.Multiple(() =>
        {
            Assert.That(Verdicts(life), Is.EqualTo(new[]
            {
                (EventVerdict.InvalidEpochEvent, EpochEventFault.WrongCounter), Taken,
            }));
            Assert.That(life.Epochs.Current.Counter, Is.EqualTo(1));
            Assert.That(life.First(EpochChange.FallbackExited).Block,
                Is.SameAs(life.Judged<ServiceEvent.EpochRecover>().Last().Block));
        });
    }

    /// <summary>On a happy path governance has nothing to recover; what it sends is an invalid event.</summary>
    [Test]
    public void A_recovery_that_nobody_needs_brings_the_fallback_that_it_should_end()
    {
        EpochLife life = EpochLife.Of(EpochWorld.Of(4, epochs: 1, EpochWorld.Recover(108)));
        Assert.That(Verdicts(life), Is.EqualTo(new[]
        {
            (EventVerdict.InvalidEpochEvent, EpochEventFault.NextEpochPresent),
        }));
        Assert.That(life.Order, Does.Contain(EpochChange.FallbackTriggered));
        Assert.That(life.Epochs, Has.Property(nameof(EpochState.IsFallback)).True);
    }

    /// <remarks>
    /// It goes from unprepared to committed in one block, and of that flow-go tells nobody (mutator.go): no node knows
    /// a leader of the next epoch's first view, and finality stops before it. Whoever starts again would know.
    /// </remarks>
    [Test]
    public void A_recovery_before_the_setup_is_taken_and_nobody_hears_of_its_epoch()
    {
        RunSpec spec = EpochWorld.Of(4, epochs: 1, EpochWorld.Recover(5));
        EpochLife life = EpochLife.Of(spec with { Stop = spec.Stop with { Time = SimTime.FromSeconds(200) } });
        Assert.Multiple(() =>
        {
            Assert.That(Verdicts(life), Is.EqualTo(new[] { Taken }));
            Assert.That(life.Epochs.Phase, Is.EqualTo(EpochPhase.Committed));
            Assert.That(life.Order, Is.Empty);
            Assert.That(life.Heard<Notice.NoLeaderKnown>().Where(e => e.Node < 4).Select(e => e.Notice.View.Value)
                .Distinct(), Is.EqualTo(new[] { EpochWorld.Views }));
            Assert.That(life.Head.View.Value, Is.InRange(EpochWorld.Views - 5, EpochWorld.Views - 2));
        });
    }

    /// <summary>One leaves and one joins with the epoch that fails to be prepared: the recovered one has both.
    /// </summary>
    /// <remarks>The joiner has no share of the old keys, with which the recovered epoch goes on.</remarks>
    [Test]
    public void Who_was_to_join_or_leave_does_so_with_the_recovered_epoch()
    {
        EpochLife life = EpochLife.Of(EpochWorld.Of(1,
            EpochWorld.Consensus((0, 0), (0, Stays), (0, Stays), (0, Stays), (0, Stays), (0, Stays), (0, Stays),
                (1, Stays)), EpochWorld.Recover(140))
            .Down(50, 55, DiskLoss.Nothing, 1, 2).Down(65, 70, DiskLoss.Nothing, 3, 4).Until(OnceExtended + 25));
        Message.Vote[] votes = [.. life.Heard<Notice.Voted>()
            .Where(e => e.Node == 7 && e.Notice.Vote.View.Value >= OnceExtended).Select(e => e.Notice.Vote)];
        Assert.Multiple(() =>
        {
            Assert.That(Verdicts(life), Is.EqualTo(new[] { Taken }));
            Assert.That(life.Voters(EpochWorld.Views, OnceExtended - 1), Is.EqualTo(Enumerable.Range(0, 7)),
                "in the extension the old committee");
            Assert.That(life.Voters(OnceExtended, OnceExtended + 25), Is.EqualTo(Enumerable.Range(1, 7)));
            Assert.That(votes, Is.Not.Empty.And.All.Property(nameof(Message.Vote.HasBeaconShare)).False);
            Assert.That(life.FinalViewOf(0), Is.EqualTo(life.Head.View.Value));
        });
    }

    private static (EventVerdict, EpochEventFault)[] Verdicts(EpochLife life) =>
        [.. life.Judged<ServiceEvent.EpochRecover>().Select(judged => (judged.Verdict, judged.Fault))];
}
