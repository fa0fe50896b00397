using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Upgrades by the version of the protocol state, and rolling ones.</summary>
public sealed class ProtocolVersionTests
{
    private const ulong Activation = 60;

    private static readonly ProtocolVersionUpgrade ByVersion = new();

    /// <summary>One of each role has the old image: consensus 3, collection none (its cluster would stop), execution 8,
    /// verification 12, access 19.</summary>
    [Test]
    public void Software_without_support_ends_at_the_first_view_of_the_version()
    {
        int[] old = [3, 8, 12, 19];
        List<TraceEvent> run = StrategyWorld.Run(StrategyWorld.Spec(ByVersion, StrategyWorld.Version3From(Activation),
            StrategyWorld.Upgrade with { Initial = StrategyWorld.Initial(2, 0, old), Releases = [] }));
        Notice.UnsupportedVersion[] ends = [.. run.Select(e => e.Notice).OfType<Notice.UnsupportedVersion>()];
        Assert.Multiple(() =>
        {
            Assert.That(run.Who<Notice.UnsupportedVersion>(), Is.EqualTo(old));
            Assert.That(ends.Select(n => n.Version), Has.All.EqualTo(3));
            Assert.That(ends.Min(n => n.View.Value), Is.EqualTo(FirstView(run, Activation)));
            Assert.That(run.Where(e => e.Notice is Notice.Ending).Select(e => ((Notice.Ending)e.Notice).Cause),
                Has.All.EqualTo(StopCause.Outdated));
            Assert.That(run.Forked(), Is.Empty);
            Assert.That(run.Reached().Final, Is.GreaterThan(90));
        });
    }

    [Test]
    public void Software_with_both_versions_neither_ends_nor_diverges()
    {
        List<TraceEvent> run = StrategyWorld.Run(StrategyWorld.Spec(ByVersion, StrategyWorld.Version3From(Activation),
            StrategyWorld.Upgrade with { Initial = StrategyWorld.Initial(2, 2) }));
        Assert.Multiple(() =>
        {
            Assert.That(run.Who<Notice.Ending>(), Is.Empty);
            Assert.That(run.Forked(), Is.Empty);
            Assert.That(run.Who<Notice.ChunkFault>(), Is.Empty);
            Assert.That(Specified(run), Is.EqualTo(Views(run).Where(view => view < Activation)));
            Assert.That(Views(run).Max(), Is.GreaterThan(Activation + 50));
            Assert.That(run.Reached().Sealed, Is.GreaterThan(120));
        });
    }

    [Test]
    public void An_activation_that_is_too_near_changes_nothing()
    {
        List<TraceEvent> run = StrategyWorld.Run(StrategyWorld.Spec(ByVersion, StrategyWorld.Version3From(30)));
        Assert.That(run.At<Notice.ServiceEventJudged>(0).Select(n => (EventVerdict)n.Verdict),
            Is.EqualTo(new[] { EventVerdict.InvalidActivationView }));
        Assert.That(run.Who<Notice.Ending>(), Is.Empty);
        Assert.That(run.Reached().Sealed, Is.GreaterThan(120));
    }

    [Test]
    public void A_patch_that_breaks_forks_execution_and_one_that_does_not_is_no_event()
    {
        UpgradeSpec upgrade = StrategyWorld.Upgrade with
        {
            Acts = [new OperatorAct.Swap(StrategyWorld.Only(8), SimTime.FromSeconds(20), 3)],
            Operators = StrategyWorld.Upgrade.Operators with { RestartsAfterFailure = false },
        };
        List<TraceEvent> broken = StrategyWorld.Run(StrategyWorld.Spec(
            new RollingUpgrade(), StrategyWorld.TheBoundary, upgrade));
        Assert.That(broken.Who<Notice.Diverged>(), Is.EqualTo(new[] { 8 }));
        Assert.That(broken.Forked(), Is.Not.Empty);

        List<TraceEvent> right = StrategyWorld.Run(StrategyWorld.Spec(new RollingUpgrade(), StrategyWorld.TheBoundary,
            upgrade with { Images = [StrategyWorld.Old, StrategyWorld.New, StrategyWorld.Dual,
                StrategyWorld.Mislabelled with { Behaviours = [] }] }));
        Assert.That(right.Forked(), Is.Empty);
        Assert.That(right.Where(e => e.Notice is Notice.Ending).Select(e => ((Notice.Ending)e.Notice).Cause),
            Is.EqualTo(new[] { StopCause.Plan }));
        Assert.That(right.Who<Notice.StoppedAtBoundary>(), Is.Empty, "a boundary holds nobody here");
        Assert.That(right.Reached().Sealed, Is.GreaterThan(120));
    }

    [Test]
    public void Strategies_meet_the_same_run_until_something_is_upgraded()
    {
        string[] digests =
        [
            .. new Strategy[]
            {
                new HeightCoordinatedUpgrade(), ByVersion, new RollingUpgrade(),
                new HeightCoordinatedUpgrade(BeaconKnowledge.MemoryOnly, VerifierStop.LikeExecution),
            }.Select(strategy => Simulation.Run(StrategyWorld.Spec(strategy, StrategyWorld.TheBoundary) with
            {
                Stop = new StopCondition(new View(150), SimTime.FromSeconds(39)),
            }, []).Digest),
        ];
        Assert.That(digests, Has.All.EqualTo(digests[0]));
    }

    private static ulong FirstView(List<TraceEvent> run, ulong from) => run.Select(e => e.Notice)
        .OfType<Notice.Built>().Select(n => n.Block.View.Value).First(view => view >= from);

    /// <summary>Views of the final blocks that some node executed, ascending.</summary>
    private static IEnumerable<ulong> Views(List<TraceEvent> run) => Executed(run).Select(e => e.View);

    /// <summary>Those of them in whose execution the specified behaviour counted.</summary>
    private static IEnumerable<ulong> Specified(List<TraceEvent> run)
    {
        Luck.Purpose sensitivity = new Luck(1).For("sensitive chunk");
        return Executed(run).Where(e => e.Result.Chunks.All(chunk =>
            Behaviour.Specified.Execute(sensitivity, chunk.Start, chunk.Content) == chunk.End)).Select(e => e.View);
    }

    private static List<(ulong View, ExecutionResult Result)> Executed(List<TraceEvent> run)
    {
        Dictionary<BlockId, ExecutionResult> results = [];
        foreach (Notice.Executed executed in run.At<Notice.Executed>(8))
            results.TryAdd(executed.Result.BlockId, executed.Result);
        return [.. run.At<Notice.Finalized>(0).Where(n => results.ContainsKey(n.Block.Id))
            .Select(n => (n.Block.View.Value, results[n.Block.Id]))];
    }
}
