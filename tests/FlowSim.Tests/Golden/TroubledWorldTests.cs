using System.Linq;
using FlowSim.Chain;
using FlowSim.Tests.Worlds;
using NUnit.Framework;

namespace FlowSim.Tests.Golden;

/// <summary>What goes wrong in the worlds on record does go wrong there.</summary>
public sealed class TroubledWorldTests
{
    [Test]
    public void Who_was_down_has_the_chain_again()
    {
        Progress run = Progress.Of(TroubledWorlds.CrashAndSync());
        int most = run.FinalViews(2).Length;
        Assert.That(run.Of<Notice.Started>().Count(e => e.Notice.IsRestart), Is.EqualTo(3));
        Assert.That(most, Is.GreaterThan(60));
        Assert.That(run.LeastFinalCount(0, 1, 7), Is.GreaterThan(most - 12));
    }

    [Test]
    public void A_partition_ends_views_by_tc_once_it_is_over()
    {
        Progress run = Progress.Of(TroubledWorlds.PartitionAndLoss());
        Assert.That(run.Of<Notice.Finalized>().Any(e => e.At.TotalSeconds is > 21 and < 40), Is.False);
        Assert.That(run.Of<Notice.TcAssembled>(), Is.Not.Empty);
        Assert.That(run.LeastFinalCount(0, 7), Is.GreaterThan(30));
    }

    [Test]
    public void Liars_are_noticed()
    {
        Progress run = Progress.Of(TroubledWorlds.LiarsAndTwins());
        Assert.That(run.Of<Notice.DoubleProposal>(), Is.Not.Empty);
        Assert.That(run.Of<Notice.Voted>().Any(e => e.Node == 0), Is.False);
        Assert.That(run.Of<Notice.TimedOut>().Count(e => e.Node == 3), Is.GreaterThan(100));
        Assert.That(run.LeastFinalCount(5, 6), Is.GreaterThan(30));
    }

    [Test]
    public void All_roles_work_in_bursts_over_two_epochs()
    {
        Progress run = Progress.Of(PipelineWorlds.FiveRolesInBursts());
        Assert.That(run.Of<Notice.StatusChanged>().Count(e => e.Notice.Status == TransactionStatus.Sealed),
            Is.GreaterThan(400));
        Assert.That(run.Of<Notice.ScriptAnswered>().Any(e => e.Notice.State is not null), Is.True);
        Assert.That(run.Of<Notice.Pledged>().Select(e => e.Notice.Guarantee.Cluster.Index).Distinct(),
            Is.EquivalentTo(new[] { 0, 1, 2, 3 }));
    }

    [Test]
    public void Wrong_nodes_are_found_out_and_those_down_work_again()
    {
        Progress run = Progress.Of(PipelineWorlds.WrongAndDown());
        Assert.That(run.Of<Notice.ChunkFault>(), Is.Not.Empty);
        Assert.That(run.Of<Notice.Diverged>(), Is.Not.Empty);
        Assert.That(run.Of<Notice.Executed>().Any(e => e.Node == 9 && e.At.TotalSeconds > 50), Is.True);
        Assert.That(run.Of<Notice.Approved>().Any(e => e.Node == 13 && e.At.TotalSeconds > 50), Is.True);
    }

    [Test]
    public void A_pause_is_a_silence()
    {
        Progress run = Progress.Of(TroubledWorlds.SlowAndSkewed());
        Assert.That(run.Of<Notice>().Any(e => e.Node == 3 && e.At.TotalSeconds is > 15 and < 25), Is.False);
        Assert.That(run.Of<Notice.TcAssembled>(), Is.Not.Empty);
        Assert.That(run.LeastFinalCount(3, 4), Is.GreaterThan(60));
    }
}
