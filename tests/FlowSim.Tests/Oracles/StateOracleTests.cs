using System;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.ProtocolState;
using FlowSim.Tests.Worlds;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>Each oracle about protocol states ends a run with the bug that it is there for.</summary>
public sealed class StateOracleTests
{
    /// <summary>The second epoch begins with view 150 and is committed long before.</summary>
    private static readonly RunSpec Prepared = World([150, 5, 20, 30, 60]);

    /// <summary>Staking lasts beyond the deadline at view 90, so the first epoch is extended to view 269, and a
    /// recovery sets the second one up.</summary>
    private static readonly RunSpec Unprepared = World([150, 139, 3, 60, 120], 81);

    [Test]
    public void Both_worlds_break_nothing_and_come_to_their_second_epoch()
    {
        foreach (RunSpec spec in (RunSpec[])[Prepared, Unprepared])
        {
            ulong epoch = 0;
            Simulation.Run(spec, [new Listener(e => epoch = e.Notice is Notice.Finalized { Block.State: { } state }
                ? state.EpochCounter : epoch), .. FlowSim.Oracles.OracleCatalogue.All(spec)]);
            Assert.That(epoch, Is.GreaterThan(0));
        }
    }

    [Test]
    public void D1_is_broken_by_a_proposer_that_comes_to_another_state() => Assert.That(
        Watched.Break("D1", Prepared, PlantedKeeper.Everywhere(payload => new Payload.Main(payload.Guarantees,
            payload.Receipts, payload.Seals, payload.LastSeal,
            (KeyValueSnapshot)payload.State! with { EpochExtensionViewCount = 999 }))),
        Does.Contain("who is honest, put"));

    [Test]
    public void D1_is_broken_by_nodes_that_hear_of_another_state_than_the_blocks() => Assert.That(
        Watched.Break("D1", Prepared, Plant.Saying(notice => notice is Notice.StateChanged changed
            ? [changed with { After = changed.Before }] : [notice])),
        Does.Contain("the block commits to"));

    [Test]
    public void D2_is_broken_by_a_block_whose_own_state_is_in_the_epoch_before() => Assert.That(
        Watched.Break("D2", Prepared, Plant.Saying(notice => notice is Notice.Incorporated taken
            ? [new Notice.Incorporated(With(taken.Block, epochs => epochs.Previous is { } previous
                ? new EpochState(null, previous, epochs.Current, epochs.IsFallback) : epochs))]
            : [notice])), Does.Contain("the epoch of its own state is"));

    [Test]
    public void D2_is_broken_by_an_extension_that_nothing_asks_for() => Assert.That(
        Watched.Break("D2", Prepared, Finalizing((block, epochs) => block.View.Value < 50 ? epochs
            : epochs with { Current = Extended(epochs.Current, 60) })), Does.Contain("its end is more than 30 views"));

    [Test]
    public void D2_is_broken_by_an_extension_that_comes_late() => Assert.That(
        Watched.Break("D2", Unprepared, Finalizing((block, epochs) => block.View.Value > 100 ? epochs
            : epochs with { Current = Unextended(epochs.Current) })), Does.Contain("was near enough to the end"));

    [Test]
    public void D2_is_broken_by_an_epoch_that_ends_before_its_last_view() => Assert.That(
        Watched.Break("D2", Prepared, Finalizing((block, epochs) =>
            block.View.Value < 140 || epochs.Next is not { } next ? epochs
            : new EpochState(epochs.Current, next, null, epochs.IsFallback))), Does.Contain("goes on to view 149"));

    [Test]
    public void D4_is_broken_by_fallback_that_ends_by_itself() => Assert.That(
        Watched.Break("D4", Unprepared, Finalizing((block, epochs) => block.View.Value < 100 ? epochs
            : epochs with { IsFallback = false })), Does.Contain("seals no recovery"));

    [Test]
    public void D4_is_broken_by_fallback_without_a_reason() => Assert.That(
        Watched.Break("D4", Unprepared, Finalizing((block, epochs) => epochs with
        {
            IsFallback = block.View.Value > 50,
        })), Does.Contain("fallback mode begins"));

    [Test]
    public void D4_is_broken_by_a_committed_epoch_that_is_given_up() => Assert.That(
        Watched.Break("D4", Prepared, Finalizing((block, epochs) => block.View.Value < 130 ? epochs
            : epochs with { Next = null })), Does.Contain("it was committed"));

    [Test]
    public void D5_is_broken_by_a_setup_that_counts_after_its_seal() => Assert.That(
        Watched.Break("D5", Prepared, Finalizing((block, epochs) => block.View.Value > 40 ? epochs
            : epochs with { Next = null })), Does.Contain("fallback mode is off"));

    [Test]
    public void D5_is_broken_by_a_commit_that_counts_before_its_seal() => Assert.That(
        Watched.Break("D5", Prepared, Finalizing((_, epochs) => epochs.Next is not { Commit: null } next ? epochs
            : epochs with { Next = EpochEntry.Of(next.Setup, epochs.Current.Commit!) })),
        Does.Contain("is committed, but the block seals no such event"));

    [Test]
    public void D5_is_broken_by_nodes_that_do_not_hear_of_a_change() => Assert.That(
        Watched.Break("D5", Prepared, Plant.Saying(notice => notice is Notice.StateChanged ? [] : [notice])),
        Does.Contain("it has not heard"));

    [Test]
    public void D5_is_broken_by_nodes_that_hear_of_a_change_twice() => Assert.That(
        Watched.Break("D5", Prepared, Plant.Saying(notice => notice is Notice.StateChanged
            ? [notice, notice] : [notice])), Does.Contain("the node has heard of it"));

    [Test]
    public void D6_is_broken_by_a_next_epoch_that_is_planned_to_end_late() => Assert.That(
        Watched.Break("D6", Prepared, Finalizing((_, epochs) => epochs.Next is not { Commit: { } commit } next ? epochs
            : epochs with
            {
                Next = EpochEntry.Of(
                    next.Setup with { TargetEndTimeSeconds = next.Setup.TargetEndTimeSeconds + 9 }, commit),
            })), Does.Contain("is to end at 249 s"));

    [Test]
    public void D6_is_broken_by_controllers_that_aim_at_another_end() => Assert.That(
        Watched.Break("D6", Unprepared, Plant.Saying(notice =>
            notice is Notice.ControllerUpdated { Observation: { View.Value: > 100 } seen }
                ? [new Notice.ControllerUpdated(seen with { ErrorSeconds = seen.ErrorSeconds + 1 })]
                : [notice])), Does.Contain("by its epoch's plan"));

    /// <summary>Every replica says that it finalizes blocks with other epochs than they have.</summary>
    private static Seams Finalizing(Func<Block, EpochState, EpochState> altered) => Plant.Saying(notice =>
        notice is Notice.Finalized { Block: var block }
            ? [new Notice.Finalized(With(block, epochs => altered(block, epochs)))] : [notice]);

    private static Block With(Block block, Func<EpochState, EpochState> altered)
    {
        var payload = (Payload.Main)block.Payload!;
        var state = (KeyValueSnapshot)payload.State!;
        return block with { Payload = payload with { State = state with { Epochs = altered(state.Epochs) } } };
    }

    private static EpochEntry Extended(EpochEntry epoch, ulong views) => epoch.With(
        new EpochExtension(epoch.FinalView.Next, new View(epoch.FinalView.Value + views)));

    private static EpochEntry Unextended(EpochEntry epoch) => EpochEntry.Of(epoch.Setup, epoch.Commit!);

    private static RunSpec World(int[] lengths, params int[] recoveries)
    {
        int[] nobody = [0, 0, 0, 0, 0];
        return new StormyEpochs(
            1, [4, 3, 3, 5, 2], nobody, nobody, lengths, 10, 0, [], recoveries, -1, JoinPhase.Setup, false).Spec();
    }
}
