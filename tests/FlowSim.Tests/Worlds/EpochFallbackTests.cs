using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Epoch fallback mode entered in each phase, and left by governance.</summary>
/// <remarks>state/protocol/badger/mutator_test.go has the same for blocks that a test makes.</remarks>
public sealed class EpochFallbackTests
{
    private const ulong Views = EpochWorld.Views;

    [Test]
    public void Without_execution_nothing_is_set_up_and_governance_brings_the_next_epoch()
    {
        EpochLife life = EpochLife.Of(EpochWorld.Of(4, epochs: 2, EpochWorld.Recover(190))
            .Down(10, 150, DiskLoss.Nothing, 8, 9).Until(320));
        Assert.Multiple(() =>
        {
            Assert.That(life.Order, Is.EqualTo(new[]
            {
                EpochChange.FallbackTriggered, EpochChange.Extended, EpochChange.Extended,
                EpochChange.FallbackExited, EpochChange.CommittedPhaseStarted, EpochChange.Transition,
            }));
            Assert.That(life.First(EpochChange.FallbackTriggered).Block.View.Value, Is.EqualTo(EpochWorld.Deadline));
            Assert.That(life.Judged<ServiceEvent.EpochSetup>().Single().Fault,
                Is.EqualTo(EpochEventFault.NotInFallback), "the contract knows nothing of fallback mode");
            Assert.That(life.First(EpochChange.Transition).Block.View.Value,
                Is.EqualTo(Views + 2 * EpochWorld.Extension));
            Assert.That(life.Epochs.IsFallback, Is.False);
        });
    }

    [Test]
    public void Too_many_restarts_fail_the_key_generation_and_governance_brings_the_next_epoch()
    {
        EpochLife life = EpochLife.Of(FailedKeys(epochs: 2, EpochWorld.Recover(160)).Until(380));
        Assert.Multiple(() =>
        {
            Assert.That(life.Order, Is.EqualTo(new[]
            {
                EpochChange.SetupPhaseStarted, EpochChange.FallbackTriggered, EpochChange.Extended,
                EpochChange.FallbackExited, EpochChange.CommittedPhaseStarted, EpochChange.Transition,
                EpochChange.SetupPhaseStarted, EpochChange.CommittedPhaseStarted,
            }));
            Assert.That(life.Heard<Notice.DkgEnded>().Where(e => e.Notice is { Epoch: 1, HasShare: false })
                .Select(e => e.Node).Order(), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(life.First(EpochChange.Transition).Block.View.Value,
                Is.EqualTo(Views + EpochWorld.Extension));
            Assert.That(life.Epochs.Current.Commit!.GroupKey, Is.EqualTo(RootKey(life)), "the old keys again");
            Assert.That(life.Epochs.Next!.Commit!.GroupKey, Is.Not.EqualTo(RootKey(life)), "and then new ones");
        });
    }

    /// <remarks>⌊(7-1)/2⌋ = 3 is not enough, four is.</remarks>
    [Test]
    public void One_restart_less_leaves_enough_that_come_to_the_same_key()
    {
        EpochLife life = EpochLife.Of(EpochWorld.Of(7, epochs: 1)
            .Down(50, 55, DiskLoss.Nothing, 0, 1).Down(65, 70, DiskLoss.Nothing, 2));
        Assert.That(life.Heard<Notice.DkgEnded>().Count(e => e.Notice.HasShare), Is.EqualTo(4));
        Assert.That(life.Order, Is.EqualTo(new[]
        {
            EpochChange.SetupPhaseStarted, EpochChange.CommittedPhaseStarted, EpochChange.Transition,
        }));
    }

    [Test]
    public void A_second_setup_after_the_commitment_brings_fallback_into_the_next_epoch()
    {
        EpochLife life = EpochLife.Of(EpochWorld.Of(4, epochs: 2,
            EpochWorld.At(108, new ContractCall.Emit(SetUpAgain)), EpochWorld.Recover(300)).Until(430));
        Assert.Multiple(() =>
        {
            Assert.That(life.Order, Is.EqualTo(new[]
            {
                EpochChange.SetupPhaseStarted, EpochChange.CommittedPhaseStarted, EpochChange.FallbackTriggered,
                EpochChange.Transition, EpochChange.Extended, EpochChange.FallbackExited,
                EpochChange.CommittedPhaseStarted, EpochChange.Transition,
            }));
            Block fallback = life.First(EpochChange.FallbackTriggered).Block;
            Assert.That(life.Judged<ServiceEvent.EpochSetup>().Skip(1).First().Block, Is.SameAs(fallback),
                "from the block that seals the event");
            Assert.That(life.First(EpochChange.Transition).Block.View.Value, Is.EqualTo(Views),
                "what is committed comes");
            Assert.That(life.First(EpochChange.Extended).Block.View.Value, Is.EqualTo(Views + EpochWorld.Deadline));
            Assert.That(life.Epochs.Current.Counter, Is.EqualTo(2));
        });
    }

    private static ServiceEvent.EpochSetup SetUpAgain { get; } = new(1, default, [], [], new byte[16], 144, 288);

    /// <summary>A world in which four of seven participants start again while the key is made, never three at a time.
    /// </summary>
    internal static RunSpec FailedKeys(ulong epochs, params GovernanceAct[] governance) =>
        EpochWorld.Of(7, epochs, governance)
            .Down(50, 55, DiskLoss.Nothing, 0, 1).Down(65, 70, DiskLoss.Nothing, 2, 3);

    private static ulong RootKey(EpochLife life) =>
        ((KeyValueSnapshot)life.Chain[0].State!).Epochs.Current.Commit!.GroupKey;
}
