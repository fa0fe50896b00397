using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Upgrades at a height that beacons announce: where they hold, and where they fail as flow-go's do.</summary>
public sealed class HeightCoordinatedTests
{
    private static readonly HeightCoordinatedUpgrade Hcu = new(Verifiers: VerifierStop.LikeExecution);

    /// <summary>Executors and verifiers stop at the boundary, and their operators change the image then.</summary>
    [Test]
    public void A_disciplined_upgrade_pauses_execution_and_sealing_and_nothing_else()
    {
        RunSpec spec = StrategyWorld.Spec(Hcu, StrategyWorld.TheBoundary);
        var observer = new RunObserver(new RunKey("hcu", "one", spec.Seed), spec, 0);
        List<TraceEvent> run = StrategyWorld.Run(spec, observer);
        var beyond = run.Where(e => e.Notice is Notice.Executed { Result.Height.Value: >= StrategyWorld.Boundary })
            .ToList();
        SimTime last = run
            .First(e => e.Notice is Notice.Executed { Result.Height.Value: StrategyWorld.Boundary - 1 }).At;
        SimTime second = beyond.First(e => e.Node != beyond[0].Node).At;
        Assert.Multiple(() =>
        {
            Assert.That(run.Who<Notice.StoppedAtBoundary>(),
                Is.SupersetOf(new[] { 8, 9, 10, 11 }).And.Some.InRange(12, 17));
            Assert.That(run.Select(e => e.Notice).OfType<Notice.StoppedAtBoundary>().Select(n => n.Boundary.Value),
                Has.All.EqualTo(StrategyWorld.Boundary));
            Assert.That(run.Where(e => e.Notice is Notice.Ending).Select(e => ((Notice.Ending)e.Notice).Cause),
                Has.All.EqualTo(StopCause.Outdated));
            Assert.That(run.Forked(), Is.Empty);
            Assert.That(run.Who<Notice.Diverged>(), Is.Empty);
            Assert.That(run.Who<Notice.ChunkFault>(), Is.Empty);
            Assert.That((second - last).TotalSeconds, Is.InRange(5, 40), "until the second executor is back");
            Assert.That(observer.Measure(null)[ExecutionPauses.Pause.Name], Is.EqualTo((second - last).TotalSeconds));
            Assert.That(Finalized(run, last, second), Is.GreaterThan((second - last).TotalSeconds));
            Assert.That(run.Reached().Final, Is.GreaterThan(130));
            Assert.That(run.Reached().Sealed, Is.GreaterThan(StrategyWorld.Boundary + 10));
        });
    }

    [Test]
    public void An_executor_that_changes_before_the_boundary_is_found_out()
    {
        List<TraceEvent> run = StrategyWorld.Run(StrategyWorld.Spec(Hcu, StrategyWorld.TheBoundary,
            StrategyWorld.Upgrade with
            {
                Acts = [new OperatorAct.Swap(StrategyWorld.Only(8), SimTime.FromSeconds(10), 1)],
            }));
        Assert.That(run.Who<Notice.Diverged>(), Is.EqualTo(new[] { 8 }));
        Assert.That(run.Forked(), Is.Not.Empty);
        Assert.That(run.Forked()[0], Is.LessThan(StrategyWorld.Boundary));
        Assert.That(run.At<Notice.StoppedAtBoundary>(8), Is.Empty, "nothing holds an image that is too new");
    }

    /// <summary>It began from a snapshot of after the beacon's seal, with the old image.</summary>
    /// <remarks>The contract says the boundary again at the boundary: when that is sealed it stops after all.</remarks>
    [Test]
    public void A_joiner_that_snapshots_tell_nothing_executes_beyond_the_boundary()
    {
        List<TraceEvent> run = StrategyWorld.Run(StrategyWorld.Spec(
            Hcu with { Learning = BeaconKnowledge.MemoryOnly }, StrategyWorld.TheBoundary).WithJoiner());
        Assert.That(Head(run), Is.InRange(30, StrategyWorld.Boundary - 1));
        Assert.That(run.Forked(), Does.Contain(StrategyWorld.Boundary).And.All.GreaterThanOrEqualTo(
            StrategyWorld.Boundary));
        Assert.That(run.Who<Notice.Diverged>(), Is.SubsetOf(new[] { StrategyWorld.Joiner }));
        Assert.That(run.At<Notice.Runs>(StrategyWorld.Joiner)[0].Image, Is.Zero);
    }

    [TestCase(BeaconKnowledge.Snapshot)]
    [TestCase(BeaconKnowledge.ProtocolState)]
    public void A_joiner_that_is_told_stops_at_the_boundary(BeaconKnowledge learning)
    {
        List<TraceEvent> run = StrategyWorld.Run(StrategyWorld.Spec(
            Hcu with { Learning = learning }, StrategyWorld.TheBoundary).WithJoiner());
        Assert.That(Head(run), Is.InRange(30, StrategyWorld.Boundary - 1));
        Assert.That(run.Forked(), Is.Empty);
        Assert.That(run.At<Notice.Ending>(StrategyWorld.Joiner).Select(n => n.Cause),
            Is.EqualTo(new[] { StopCause.Outdated }));
        Assert.That(run.Executed(StrategyWorld.Joiner), Does.Contain(StrategyWorld.Boundary - 1));
    }

    /// <summary>Nobody changes the image. One that finality reaches at the boundary ends at every start; one that was
    /// away executes its last block when finality is far beyond, and at the next start neither ends nor works.
    /// </summary>
    [Test]
    public void An_old_image_ends_again_and_again_or_stands_idle()
    {
        RunSpec spec = StrategyWorld.Spec(Hcu, StrategyWorld.TheBoundary, StrategyWorld.Upgrade with { Releases = [] });
        List<TraceEvent> run = StrategyWorld.Run(spec with
        {
            NodeFaults =
            [
                .. spec.NodeFaults,
                new NodeFault.Crash(new Window(SimTime.FromSeconds(35), SimTime.FromSeconds(60)),
                    StrategyWorld.Only(9)),
            ],
        });
        Assert.That(run.At<Notice.StoppedAtBoundary>(8), Has.Count.GreaterThan(3));
        Assert.That(run.At<Notice.StoppedAtBoundary>(9), Has.Count.EqualTo(1));
        Assert.That(run.At<Notice.Runs>(9)[^1].Head.Value, Is.GreaterThan(StrategyWorld.Boundary));
        Assert.That(run.Executed(8).Concat(run.Executed(9)).Max(), Is.EqualTo(StrategyWorld.Boundary - 1));
        Assert.That(run.Reached().Final, Is.GreaterThan(130));
    }

    [Test]
    public void A_verifier_with_a_flag_ends_at_its_height_alone()
    {
        List<TraceEvent> run = StrategyWorld.Run(StrategyWorld.Spec(
            new HeightCoordinatedUpgrade(Verifiers: VerifierStop.Flag, StopHeight: new Height(40)),
            StrategyWorld.TheBoundary, StrategyWorld.Upgrade with { Releases = [] }));
        int[] ended = [.. run.Who<Notice.StoppedAtBoundary>().Where(node => node is >= 12 and < 18)];
        Assert.That(ended, Is.Not.Empty, "those to whom a chunk of that height was assigned");
        Assert.That(run.Select(e => e.Notice).OfType<Notice.Approved>().Select(n => n.Approval.BlockId),
            Is.SubsetOf(run.Select(e => e.Notice).OfType<Notice.Finalized>().Where(n => n.Block.Height.Value < 40)
                .Select(n => n.Block.Id)));
        Assert.That(run.Reached().Sealed, Is.LessThan(40));
    }

    private static ulong Head(List<TraceEvent> run) =>
        run.At<Notice.Bootstrapped>(StrategyWorld.Joiner).Single().Head.Height.Value;

    private static int Finalized(List<TraceEvent> run, SimTime from, SimTime until) =>
        run.Count(e => e is { Node.Index: 0, Notice: Notice.Finalized } && e.At > from && e.At < until);
}
