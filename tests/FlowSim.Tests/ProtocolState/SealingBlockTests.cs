using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.ProtocolState;

/// <summary>When an event takes effect, and how an extended epoch is planned; the cases of flow-go's mutator_test.go.
/// </summary>
public sealed class SealingBlockTests
{
    private static readonly ServiceEvent.EpochSetup Next = SomeEpochs.Setup(2, SomeEpochs.Final + 1);

    [Test]
    public void An_invalid_event_acts_in_the_block_that_seals_it()
    {
        // Block 1 emits it, block 2 carries its receipt, block 3 its seal.
        Snapshots snapshots = Chain(out List<BlockId> blocks, 3, Next with { Counter = 9 });
        Assert.That(Epochs(snapshots, blocks[1]).IsFallback, Is.False);
        Assert.That(Epochs(snapshots, blocks[2]).IsFallback, Is.True);
        Assert.That(EpochChanges.Between(Epochs(snapshots, blocks[1]), Epochs(snapshots, blocks[2])),
            Is.EqualTo(new[] { EpochChange.FallbackTriggered }));
    }

    [Test]
    public void A_fork_without_the_seal_knows_nothing_of_it()
    {
        Snapshots snapshots = Chain(out List<BlockId> blocks, 3, Next);
        snapshots.Add(new BlockId(90), blocks[1], new View(190), []);
        Assert.That(Epochs(snapshots, new BlockId(90)).Phase, Is.EqualTo(EpochPhase.Staking));
        Assert.That(Epochs(snapshots, blocks[2]).Phase, Is.EqualTo(EpochPhase.Setup));
    }

    [TestCase(0, 800, 1_800)]
    [TestCase(1, 1_040, 2_040)]
    [TestCase(3, 1_520, 2_520)]
    public void Extensions_move_the_planned_end_by_the_setups_view_time(int extensions, int duration, int end)
    {
        // 800 s over 1,000 views: each extension of 300 views takes 240 s.
        ServiceEvent.EpochSetup setup = SomeEpochs.Setup(1, 100) with { TargetEndTimeSeconds = 1_800 };
        EpochEntry epoch = EpochEntry.Of(setup);
        for (int i = 0; i < extensions; i++)
            epoch = epoch.With(new EpochExtension(
                epoch.FinalView.Next, new View(epoch.FinalView.Value + SomeEpochs.Extension)));
        Assert.That(epoch.Timing, Is.EqualTo(
            new EpochTiming(new View(100), epoch.FinalView, (ulong)duration, (ulong)end)));
    }

    [Test]
    public void Extensions_count_together_not_one_by_one()
    {
        // 1,000 s over 3 views: one view takes 333 1/3 s, three take 1,000 s and not three times 333 s.
        EpochViews views = new(new View(1), new View(1), new View(2), new View(2), new View(3));
        EpochEntry epoch = EpochEntry.Of(SomeEpochs.Setup(1, 1) with
        {
            Views = views, TargetDurationSeconds = 1_000, TargetEndTimeSeconds = 5_000,
        });
        for (ulong view = 4; view <= 6; view++)
            epoch = epoch.With(new EpochExtension(new View(view), new View(view)));
        Assert.That((epoch.Timing.TargetDurationSeconds, epoch.Timing.TargetEndTimeSeconds),
            Is.EqualTo((2_000, 6_000)));
    }

    private static EpochState Epochs(Snapshots snapshots, BlockId block) => snapshots.Of(block)!.Epochs;

    /// <summary>A chain of blocks, the last of which seals an event.</summary>
    private static Snapshots Chain(out List<BlockId> blocks, int length, ServiceEvent sealedLast)
    {
        var root = new BlockId(1);
        var snapshots = new Snapshots(root, SomeEpochs.In(EpochPhase.Staking), VersionSupport.FlowGo);
        blocks = [];
        for (int i = 0; i < length; i++)
        {
            var block = new BlockId((ulong)i + 2);
            snapshots.Add(block, i == 0 ? root : blocks[^1], new View(150 + (ulong)i),
                i == length - 1 ? [new SealedEvents(new Height(1), [sealedLast])] : []);
            blocks.Add(block);
        }

        return snapshots;
    }
}
