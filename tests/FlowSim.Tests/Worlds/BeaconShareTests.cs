using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Executing;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Consensus nodes without a key of the random beacon, and how many the beacon can spare.</summary>
public sealed class BeaconShareTests
{
    [Test]
    public void A_participant_that_starts_again_in_the_midst_has_no_share_in_the_next_epoch()
    {
        EpochLife life = EpochLife.Of(EpochWorld.Of(4, epochs: 1).Down(60, 62, DiskLoss.Nothing, 2));
        var votes = life.Heard<Notice.Voted>().Where(e => e.Node == 2).Select(e => e.Notice.Vote).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(life.Order, Is.EqualTo(new[]
            {
                EpochChange.SetupPhaseStarted, EpochChange.CommittedPhaseStarted, EpochChange.Transition,
            }));
            Assert.That(life.Heard<Notice.DkgEnded>().Where(e => !e.Notice.HasShare).Select(e => e.Node),
                Is.EqualTo(new[] { 2 }));
            Assert.That(votes.Where(v => v.View.Value < EpochWorld.Views),
                Is.Not.Empty.And.All.Property(nameof(Message.Vote.HasBeaconShare)).True);
            Assert.That(votes.Where(v => v.View.Value >= EpochWorld.Views),
                Is.Not.Empty.And.All.Property(nameof(Message.Vote.HasBeaconShare)).False);
        });
    }

    /// <remarks>It fetches the chain from its root within the first phase, and deals another secret than before.
    /// </remarks>
    [Test]
    public void A_participant_that_lost_its_disk_deals_anew_and_comes_to_another_key()
    {
        RunSpec spec = EpochWorld.Of(4, epochs: 1).Shaped(320, threshold: 20).Down(45, 47, DiskLoss.Everything, 2)
            .Until(335);
        EpochLife life = EpochLife.Of(spec with { Protocol = spec.Protocol! with { DkgPhaseViews = 80 } });
        Notice.DkgEnded[] ends = [.. life.Heard<Notice.DkgEnded>().OrderBy(e => e.Node).Select(e => e.Notice)];
        Assert.Multiple(() =>
        {
            Assert.That(ends, Has.Length.EqualTo(4));
            Assert.That(new[] { ends[0].GroupKey, ends[1].GroupKey, ends[3].GroupKey },
                Is.All.EqualTo(life.Epochs.Current.Commit!.GroupKey));
            Assert.That(ends[2].GroupKey, Is.Not.Zero.And.Not.EqualTo(ends[0].GroupKey));
            Assert.That(life.Heard<Notice.Voted>().Where(e => e.Node == 2 && e.Notice.Vote.View.Value >= 320)
                .Select(e => e.Notice.Vote.HasBeaconShare), Is.Not.Empty.And.All.False);
        });
    }

    /// <remarks>All deal within 16 s and wait up to 48 before they read the first vector; execution nodes serve 10
    /// heights otherwise.</remarks>
    [TestCase(1_000UL, true)]
    [TestCase(10UL, false)]
    public void Who_waits_before_it_reads_needs_contracts_as_of_blocks_long_past(ulong heights, bool allRead)
    {
        RunSpec spec = EpochWorld.Of(4, epochs: 1).Shaped(320, threshold: 20).Until(335);
        EpochLife life = EpochLife.Of(spec with
        {
            Pipeline = spec.Pipeline! with
            {
                Execution = new ExecutionSpec { ServedHeights = 10, ScriptHeights = heights },
            },
            Protocol = spec.Protocol! with
            {
                DkgPhaseViews = 80,
                Dkg = DkgSpec.FlowGo with
                {
                    StartDelay = SimDuration.FromSeconds(1), FirstVectorDelay = SimDuration.FromSeconds(3),
                },
            },
        });
        ulong[] keys = [.. life.Heard<Notice.DkgEnded>().Select(e => e.Notice.GroupKey)];
        Assert.That(keys, Has.Length.EqualTo(4));
        Assert.That(keys.Distinct().Count() == 1, Is.EqualTo(allRead));
    }

    /// <remarks>Of seven shares four are needed; keys vanish one node after the other, and all nodes are there.
    /// </remarks>
    [Test]
    public void Finality_stops_with_the_share_that_is_one_too_few()
    {
        EpochLife enough = EpochLife.Of(Losing(7 - Quorum.BeaconShares(7), requiresKey: false));
        EpochLife tooFew = EpochLife.Of(Losing(8 - Quorum.BeaconShares(7), requiresKey: false));
        double lastLoss = 20 + 5 * 3;
        Assert.Multiple(() =>
        {
            Assert.That(enough.Head.View.Value, Is.GreaterThan(110));
            Assert.That(tooFew.Heard<Notice.Finalized>().Max(e => e.At.TotalSeconds),
                Is.InRange(lastLoss - 3, lastLoss + 5));
            Assert.That(tooFew.Heard<Notice.Voted>().Where(e => e.At.TotalSeconds > lastLoss + 5)
                .Select(e => e.Node).Distinct().Order(), Is.EqualTo(Enumerable.Range(0, 7)), "all vote on in vain");
            Assert.That(tooFew.Heard<Notice.QcAssembled>().Select(e => e.Notice.Qc.BeaconShares),
                Has.All.GreaterThanOrEqualTo(Quorum.BeaconShares(7)));
        });
    }

    /// <remarks>Three ended processes of seven are more than the quorum of weight can spare.</remarks>
    [Test]
    public void Nodes_that_require_their_key_do_not_start_without_and_finality_stops_one_node_earlier()
    {
        EpochLife life = EpochLife.Of(Losing(3, requiresKey: true));
        Assert.That(life.Heard<Notice.BeaconKeyMissing>().Select(e => e.Node), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(life.Heard<Notice.Finalized>().Max(e => e.At.TotalSeconds), Is.InRange(27, 35));
    }

    private static RunSpec Losing(int nodes, bool requiresKey)
    {
        RunSpec spec = EpochWorld.Of(7, epochs: 1);
        for (int i = 0; i < nodes; i++) spec = spec.Down(20 + 5 * i, 21 + 5 * i, DiskLoss.BeaconKeys, i);
        return spec with
        {
            Protocol = spec.Protocol! with { Dkg = DkgSpec.FlowGo with { RequireBeaconKey = requiresKey } },
            Stop = new StopCondition(new View(115), SimTime.FromSeconds(120)),
        };
    }
}
