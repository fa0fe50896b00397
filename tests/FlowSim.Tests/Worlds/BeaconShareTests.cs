using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;
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
