using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>The committee changes with the epoch: old members follow, new ones take over where the others stop.
/// </summary>
public sealed class EpochCrossingTests
{
    private const ulong LastOld = 39;

    [Test]
    public void A_disjoint_committee_takes_over_at_the_first_view_of_its_epoch()
    {
        RunSpec spec = World(8, old: [0, 1, 2, 3], next: [4, 5, 6, 7]);
        Progress run = Run(spec, Seams.Default);
        Assert.That(Voters(run, first: 0, final: LastOld), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(Voters(run, first: LastOld + 1, final: 79), Is.EqualTo(new[] { 4, 5, 6, 7 }));
        Assert.That(Leaders(run, first: 1, final: LastOld), Is.SubsetOf(new[] { 0, 1, 2, 3 }));
        Assert.That(Leaders(run, first: LastOld + 1, final: 79), Is.SubsetOf(new[] { 4, 5, 6, 7 }));
        Assert.That(run.LeastFinalView(Enumerable.Range(0, 8)), Is.GreaterThan(60), "those who left follow");
    }

    [Test]
    public void Votes_of_the_last_view_are_the_old_committees_and_the_new_leader_counts_them()
    {
        RunSpec spec = World(8, old: [0, 1, 2, 3], next: [4, 5, 6, 7]);
        var epochs = KnownEpochs.Planned(spec.Nodes, spec.Epochs, new Luck(spec.Seed));
        Progress run = Run(spec, Seams.Default);
        var (_, by, assembled) = run.Of<Notice.QcAssembled>().Single(e => e.Notice.Qc.View.Value == LastOld);
        Assert.That(new NodeId(by), Is.EqualTo(epochs.Leader(new View(LastOld + 1))));
        Assert.That(by, Is.GreaterThan(3));
        Assert.That(assembled.Qc.Weight, Is.EqualTo(300));
    }

    [Test]
    public void One_member_for_another_changes_nothing_for_the_rest()
    {
        RunSpec spec = World(5, old: [0, 1, 2, 3], next: [1, 2, 3, 4]);
        Progress run = Run(spec, Seams.Default);
        Assert.That(Voters(run, first: 0, final: LastOld), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(Voters(run, first: LastOld + 1, final: 79), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(run.LeastFinalView(Enumerable.Range(0, 5)), Is.GreaterThan(60));
    }

    /// <remarks>The TC of an old epoch's last view is what the new epoch's first leader proposes by.</remarks>
    [Test]
    public void Only_members_give_up_on_a_view()
    {
        RunSpec spec = World(8, old: [0, 1, 2, 3], next: [4, 5, 6, 7]);
        Progress run = Progress.Of(spec, (in Delivery d) =>
            d.Message is Message.Proposal { Block.View.Value: LastOld or LastOld + 2 } ? SimTime.Never : d.Arrival);
        Assert.That(GaveUp(run, LastOld), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(GaveUp(run, LastOld + 2), Is.EqualTo(new[] { 4, 5, 6, 7 }));
        Assert.That(run.LeastFinalView(Enumerable.Range(0, 8)), Is.GreaterThan(60));
    }

    [Test]
    public void Nodes_that_hear_of_the_next_epoch_by_finality_go_into_it()
    {
        RunSpec spec = World(8, old: [0, 1, 2, 3], next: [4, 5, 6, 7]);
        Progress run = Run(spec, Learning(spec, commitAt: 20));
        Assert.That(Voters(run, first: LastOld + 1, final: 79), Is.EqualTo(new[] { 4, 5, 6, 7 }));
        Assert.That(run.LeastFinalView(Enumerable.Range(0, 8)), Is.GreaterThan(60));
        Assert.That(run.Of<Notice.NoLeaderKnown>(), Is.Empty);
    }

    [Test]
    public void Nodes_that_hear_of_an_extension_by_finality_go_on()
    {
        RunSpec spec = World(8, old: [0, 1, 2, 3], next: [4, 5, 6, 7]);
        Progress run = Run(spec, Learning(spec, commitAt: 30, finalBefore: 19, extendAt: 10));
        Assert.That(run.LeastFinalView(Enumerable.Range(0, 8)), Is.GreaterThan(60));
    }

    /// <remarks>flow-go's nodes would stop there. The world of the oracles has the next epoch, so they are not asked.
    /// </remarks>
    [Test]
    public void Without_a_next_epoch_nobody_votes_in_the_last_view_and_the_world_goes_on()
    {
        RunSpec spec = World(8, old: [0, 1, 2, 3], next: [4, 5, 6, 7]);
        Progress run = Progress.Of(spec, null, Learning(spec, commitAt: 1_000));
        Assert.That(run.Of<Notice.NoLeaderKnown>().Select(e => e.Notice.View.Value), Is.All.EqualTo(LastOld + 1));
        Assert.That(run.Of<Notice.NoLeaderKnown>().Select(e => e.Node).Distinct().Order(),
            Is.EqualTo(Enumerable.Range(0, 8)));
        Assert.That(run.Of<Notice.Voted>().Max(e => e.Notice.Vote.View.Value), Is.EqualTo(LastOld - 1));
        Assert.That(GaveUp(run, LastOld), Is.EqualTo(new[] { 0, 1, 2, 3 }));
    }

    private static Progress Run(RunSpec spec, Seams seams)
    {
        var progress = new Progress();
        Simulation.Run(spec, [progress, .. OracleCatalogue.All(spec)], seams);
        return progress;
    }

    /// <summary>Replicas with a book of their own, told by a listener of finality.</summary>
    private static Seams Learning(RunSpec spec, ulong commitAt, ulong finalBefore = LastOld, ulong extendAt = 0)
    {
        IReadOnlyList<CommittedEpoch> all = CommittedEpoch.Planned(spec.Nodes, spec.Epochs, new Luck(spec.Seed));
        EpochTiming whole = all[0].Timing;
        EpochTiming shorter = whole with { FinalView = new View(finalBefore) };
        return Seams.Default with
        {
            Participant = start =>
            {
                var epochs = new KnownEpochs([all[0] with { Timing = shorter }]);
                return new Replica(start with
                {
                    Epochs = epochs,
                    Listener = new Told(block =>
                    {
                        if (block.View.Value >= extendAt && epochs.Newest.Timing == shorter && shorter != whole)
                            epochs.Extend(whole);
                        if (block.View.Value >= commitAt && epochs.All.Count == 1) epochs.Add(all[1]);
                    }),
                });
            },
        };
    }

    private static RunSpec World(int nodes, int[] old, int[] next) => Some.World(nodes, views: LastOld + 1) with
    {
        Nodes =
        [
            .. Some.Nodes(nodes).Select((node, i) => node with
            {
                FirstEpoch = old.Contains(i) ? 0 : 1,
                LastEpoch = next.Contains(i) ? int.MaxValue : 0,
            }),
        ],
        Stop = new StopCondition(new View(70), SimTime.FromSeconds(200)),
    };

    private static IEnumerable<int> Voters(Progress run, ulong first, ulong final) => run.Of<Notice.Voted>()
        .Where(e => e.Notice.Vote.View.Value >= first && e.Notice.Vote.View.Value <= final)
        .Select(e => e.Node).Distinct().Order();

    private static IEnumerable<int> Leaders(Progress run, ulong first, ulong final) => run.Of<Notice.Published>()
        .Where(e => e.Notice.Block.View.Value >= first && e.Notice.Block.View.Value <= final)
        .Select(e => e.Node).Distinct();

    private static IEnumerable<int> GaveUp(Progress run, ulong view) => run.Of<Notice.TimedOut>()
        .Where(e => e.Notice.Timeout.View.Value == view).Select(e => e.Node).Distinct().Order();

    private sealed class Told(System.Action<Block> finalized) : IChainListener
    {
        public void Incorporated(SimTime now, Block block, Effects into)
        {
        }

        public void Finalized(SimTime now, Block block, Effects into) => finalized(block);
    }
}
