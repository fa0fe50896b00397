using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Divergence;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Everybody begins anew from one root: where that holds, and where it fails as it must.</summary>
public sealed class SporkTests
{
    private const int Changing = 9;

    private static readonly SimTime At = SimTime.FromSeconds(30);

    private static readonly SporkUpgrade Spork = new(new SporkPlan(1, At, SimDuration.FromSeconds(5)));

    private static readonly Luck.Purpose Sensitivity = new Luck(Spec().Seed).For("sensitive chunk");

    [Test]
    public void A_network_that_begins_anew_executes_by_the_new_image_and_seals_on()
    {
        RunSpec spec = Spec();
        var observer = new RunObserver(new RunKey("spork", "one", spec.Seed), spec, 0);
        List<TraceEvent> run = StrategyWorld.Run(spec, observer);
        Measurement measured = observer.Measure(null);
        Notice.Sporked spork = TheSpork(run);
        SimTime last = run.First(e => e.Notice is Notice.Finalized { Block.Id: var id }
            && id == spork.Root.ParentId).At;
        SimTime first = run.First(e => e.Notice is Notice.Finalized && e.At > At).At;
        SimTime quorum = Starts(run, 0, 4)[2];
        Assert.Multiple(() =>
        {
            Assert.That(run.Where(e => e.Notice is Notice.Bootstrapped).Select(e => e.Node.Index),
                Is.EquivalentTo(Enumerable.Range(0, spec.Nodes.Count)));
            Assert.That(run.Select(e => e.Notice).OfType<Notice.Bootstrapped>().Select(n => n.Head),
                Has.All.EqualTo(spork.Root));
            Assert.That(run.Select(e => e.Notice).OfType<Notice.Bootstrapped>(), Is.Not.Empty);
            Assert.That(Starts(run, 0, spec.Nodes.Count)[0], Is.GreaterThan(At + SimDuration.FromSeconds(5)));
            Assert.That(first, Is.GreaterThan(quorum).And.LessThan(quorum + SimDuration.FromSeconds(8)),
                "three of four consensus nodes are a quorum");
            Assert.That(measured["finality-lost"], Is.EqualTo((first - last).TotalSeconds - 10).Within(1e-6));
            Assert.That(run.Forked(), Is.Empty);
            Assert.That(run.Who<Notice.ChunkFault>().Concat(run.Who<Notice.Diverged>()), Is.Empty);
            Assert.That(measured["d1-exposures"] + measured["exposed-restarts"], Is.Zero);
            Assert.That(measured["upgrades-passed"], Is.EqualTo(1));
            Assert.That(measured["rj9-starts"], Is.EqualTo(spec.Nodes.Count));
            Assert.That(measured["late-joiners"], Is.Null, "nobody joins");
            Assert.That(Pledged(run, spork.Root.Height), Is.Not.Empty.And.SubsetOf(Ordered(run)));
            Assert.That(Executed(run, SimTime.Zero, At), Has.All.Matches<ExecutionResult?>(
                r => IsOf(Behaviour.Specified, r!)));
            Assert.That(Executed(run, At, SimTime.Never), Has.All.Matches<ExecutionResult?>(
                r => IsOf(StrategyWorld.New.Behaviours[0].Behaviour, r!)));
            Assert.That(Executors(run, spork.Root.Height), Is.EqualTo(new[] { 8, 9, 10, 11 }));
            Assert.That(run.Reached().Sealed, Is.GreaterThan(spork.Root.Height.Value + 20));
        });
    }

    /// <summary>Blocks take almost as long to execute as to come, so the new root finds some without a result.
    /// </summary>
    [Test]
    public void What_is_final_and_not_executed_is_executed_by_the_new_image_once()
    {
        RunSpec spec = Spec();
        spec = spec with
        {
            Processing = spec.Processing with { ExecuteBlock = Quantiles.Constant(780_000_000) },
        };
        var observer = new RunObserver(new RunKey("spork", "one", spec.Seed), spec, 0);
        List<TraceEvent> run = StrategyWorld.Run(spec, observer);
        Notice.Sporked spork = TheSpork(run);
        Assert.That(spork.FirstExecuted, Is.LessThan(spork.Root.Height));
        Assert.That(((Payload.Main)spork.Root.Payload!).Seals, Is.Not.Empty);
        Assert.That(Executors(run, spork.FirstExecuted), Is.EqualTo(new[] { 8, 9, 10, 11 }));
        Assert.That(run.Forked(), Is.Empty);
        Assert.That(observer.Measure(null)["exposed-restarts"], Is.Zero);
        Assert.That(run.Reached().Sealed, Is.GreaterThan(spork.Root.Height.Value));
    }

    [Test]
    public void Until_a_spork_it_is_the_run_of_another_strategy()
    {
        RunSpec spec = Spec();
        RunSpec rolling = spec with { Upgrade = spec.Upgrade! with { Strategy = new RollingUpgrade() } };
        Assert.That(DigestUntil(spec, 29), Is.EqualTo(DigestUntil(rolling, 29)));
        Assert.That(DigestUntil(spec, 31), Is.Not.EqualTo(DigestUntil(rolling, 31)));
        Assert.That(DigestUntil(spec, 90), Is.EqualTo(DigestUntil(Spec(), 90)));
    }

    [Test]
    public void Who_returns_with_the_old_image_diverges_from_the_first_new_block_on()
    {
        RunSpec spec = Spec(new OperatorAct.Swap(StrategyWorld.Only(Changing), At + SimDuration.FromSeconds(1), 0));
        var observer = new RunObserver(new RunKey("spork", "one", spec.Seed), spec, 0);
        List<TraceEvent> run = StrategyWorld.Run(spec, observer);
        Measurement measured = observer.Measure(null);
        ProcessStart wrong = measured.Starts.First(start => start.Class == RejoinClass.Rj8);
        Assert.Multiple(() =>
        {
            Assert.That(run.At<Notice.Runs>(Changing)[1].Image, Is.Zero);
            Assert.That(run.Who<Notice.Diverged>(), Is.EqualTo(new[] { Changing }));
            Assert.That(run.Forked()[0], Is.EqualTo(TheSpork(run).FirstExecuted.Value));
            Assert.That(wrong.Node, Is.EqualTo(Changing));
            Assert.That(wrong.ManifestHeight, Is.EqualTo(TheSpork(run).FirstExecuted.Value));
            Assert.That(measured["d2-lone-forks"], Is.GreaterThan(0));
            Assert.That(run.Reached().Sealed, Is.GreaterThan(TheSpork(run).Root.Height.Value + 10));
        });
    }

    /// <summary>Two of four consensus nodes stay away.</summary>
    [Test]
    public void Without_a_quorum_the_network_stays_down()
    {
        List<TraceEvent> run = StrategyWorld.Run(Away(2, 3));
        Assert.That(run.Who<Notice.Bootstrapped>(), Has.Length.EqualTo(18));
        Assert.That(run.Where(e => e.Notice is Notice.Finalized && e.At > At), Is.Empty);
    }

    /// <summary>Three of four execution nodes stay away: one receipt seals nothing.</summary>
    [Test]
    public void Without_two_execution_nodes_nothing_is_sealed()
    {
        List<TraceEvent> run = StrategyWorld.Run(Away(9, 10, 11));
        Notice.Sporked spork = TheSpork(run);
        Assert.That(run.Reached().Final, Is.GreaterThan(spork.Root.Height.Value + 30));
        Assert.That(run.Reached().Sealed, Is.EqualTo(spork.FirstExecuted.Value - 1));
    }

    /// <summary>A disk of the chain before is of no use, so the node begins at the root a second time.</summary>
    [Test]
    public void A_backup_from_before_is_refused()
    {
        List<TraceEvent> run = StrategyWorld.Run(Spec(new OperatorAct.Restore(StrategyWorld.Only(8, 12, 18),
            SimTime.FromSeconds(80), SimTime.FromSeconds(10), 1)));
        Notice.Sporked spork = TheSpork(run);
        Assert.Multiple(() =>
        {
            foreach (int node in (int[])[8, 12, 18])
            {
                Assert.That(run.At<Notice.Bootstrapped>(node), Has.Count.EqualTo(2));
                Assert.That(run.At<Notice.Restored>(node).Single().Head, Is.EqualTo(spork.Root.Height));
                Assert.That(run.At<Notice.Finalized>(node)[^1].Block.Height.Value,
                    Is.GreaterThan(run.Reached().Final - 12), "it has caught up");
            }
        });
        Assert.That(run.Forked(), Is.Empty);
        Assert.That(run.Who<Notice.Diverged>(), Is.Empty);
    }

    /// <summary>The backup is taken before the node is up again, so it is of nothing.</summary>
    [Test]
    public void A_backup_between_spork_and_start_is_the_root()
    {
        List<TraceEvent> run = StrategyWorld.Run(Spec(new OperatorAct.Restore(StrategyWorld.Only(8),
            SimTime.FromSeconds(80), At + SimDuration.FromSeconds(2), 1)));
        Assert.That(run.At<Notice.Bootstrapped>(8), Has.Count.EqualTo(2));
        SimTime back = run.Last(e => e is { Node.Index: 8, Notice: Notice.Bootstrapped }).At;
        Assert.That(run.Where(e => e is { Node.Index: 8, Notice: Notice.Executed } && e.At > back)
            .Select(e => ((Notice.Executed)e.Notice).Result.Height), Does.Contain(TheSpork(run).FirstExecuted));
        Assert.That(run.Forked(), Is.Empty);
    }

    [Test]
    public void A_world_that_cannot_have_a_spork_is_refused() => Assert.That(
        () => Simulation.Run(Spec() with { Sync = null }, []), Throws.ArgumentException);

    /// <summary>One that was down at the spork, and one that loses everything afterwards.</summary>
    [Test]
    public void Whoever_has_no_disk_of_the_new_chain_begins_at_its_root()
    {
        RunSpec spec = Spec();
        List<TraceEvent> run = StrategyWorld.Run(spec with
        {
            NodeFaults =
            [
                Down(10, 75, DiskLoss.Nothing, 9), Down(75, 80, DiskLoss.Everything, 13),
                Down(0, 70, DiskLoss.Nothing, 14),
            ],
        });
        Notice.Sporked spork = TheSpork(run);
        Assert.That(run.At<Notice.Bootstrapped>(9), Has.Count.EqualTo(1));
        Assert.That(run.At<Notice.Runs>(9)[^1], Is.EqualTo(new Notice.Runs(1, spork.Root.Height)));
        Assert.That(run.At<Notice.Bootstrapped>(13), Has.Count.EqualTo(2));
        Assert.That(run.At<Notice.Bootstrapped>(14), Has.Count.EqualTo(1));
        foreach (int node in (int[])[9, 13, 14])
            Assert.That(run.At<Notice.Finalized>(node)[^1].Block.Height.Value,
                Is.GreaterThan(run.Reached().Final - 12));
    }

    [Test]
    public void A_database_of_a_newer_layout_is_wiped_with_the_rest()
    {
        RunSpec spec = Spec(new OperatorAct.Swap(StrategyWorld.Only(Changing), SimTime.FromSeconds(5), 4));
        List<TraceEvent> run = StrategyWorld.Run(spec with
        {
            Upgrade = spec.Upgrade! with
            {
                Images = [.. spec.Upgrade!.Images, StrategyWorld.Old with { Name = "layout", Schema = 1 }],
            },
        });
        Assert.That(run.At<Notice.Runs>(Changing).Select(n => n.Image), Is.EqualTo(new[] { 0, 4, 1 }));
        Assert.That(run.Who<Notice.RefusedToStart>(), Is.Empty);
    }

    /// <summary>It died a second before, and would be back ten seconds later.</summary>
    [Test]
    public void A_start_that_was_meant_before_is_off()
    {
        List<TraceEvent> run = StrategyWorld.Run(Spec(Spork.Plan with { Preparation = SimDuration.FromSeconds(20) },
            new OperatorAct.Crash(StrategyWorld.Only(8), SimTime.FromSeconds(29))));
        Assert.That(Starts(run, 8, 9).Single(), Is.GreaterThan(At + SimDuration.FromSeconds(20)));
    }

    /// <summary>A spork needs no upgrade: the same image begins anew, as after epoch fallback mode.</summary>
    [Test]
    public void A_first_second_and_an_unchanged_image_will_do()
    {
        List<TraceEvent> run = StrategyWorld.Run(Spec(new SporkPlan(0, SimTime.FromSeconds(1), SimDuration.Zero)));
        Assert.That(run.Reached().Sealed, Is.GreaterThan(30));
        Assert.That(run.Forked(), Is.Empty);
    }

    private static RunSpec Spec(params OperatorAct[] acts) => Spec(Spork.Plan, acts);

    private static RunSpec Spec(SporkPlan plan, params OperatorAct[] acts) => StrategyWorld.Spec(
        new SporkUpgrade(plan), new ContractCall.SetFreezePeriod(10),
        StrategyWorld.Upgrade with { Releases = [], Acts = acts });

    /// <summary>Collections of clusters that refer to a height.</summary>
    private static IEnumerable<CollectionId> Pledged(List<TraceEvent> run, Height reference) => run
        .Select(e => e.Notice).OfType<Notice.Pledged>().Where(n => n.Guarantee.ReferenceHeight == reference)
        .Select(n => n.Guarantee.CollectionId).Distinct();

    private static IEnumerable<CollectionId> Ordered(List<TraceEvent> run) => run
        .Select(e => e.Notice).OfType<Notice.Finalized>().Select(n => n.Block.Payload).OfType<Payload.Main>()
        .SelectMany(payload => payload.Guarantees).Select(guarantee => guarantee.CollectionId).Distinct();

    private static RunSpec Away(params int[] nodes) => Spec() with
    {
        NodeFaults = [Down(31, null, DiskLoss.Nothing, nodes)],
    };

    private static NodeFault.Crash Down(long from, long? until, DiskLoss loses, params int[] nodes) => new(
        new Window(SimTime.FromSeconds(from), until is { } end ? SimTime.FromSeconds(end) : SimTime.Never),
        StrategyWorld.Only(nodes), loses);

    private static Notice.Sporked TheSpork(List<TraceEvent> run) =>
        run.Select(e => e.Notice).OfType<Notice.Sporked>().Single();

    /// <summary>When nodes began at the root, in order of time.</summary>
    private static List<SimTime> Starts(List<TraceEvent> run, int from, int until) =>
        [.. run.Where(e => e.Notice is Notice.Bootstrapped && e.Node.Index >= from && e.Node.Index < until)
            .Select(e => e.At)];

    private static IEnumerable<ExecutionResult> Executed(List<TraceEvent> run, SimTime from, SimTime until) => run
        .Where(e => e.At >= from && e.At < until).Select(e => e.Notice).OfType<Notice.Executed>().Select(n => n.Result);

    private static IEnumerable<int> Executors(List<TraceEvent> run, Height height) => run
        .Where(e => e.At > At && e.Notice is Notice.Executed { Result.Height: var own } && own == height)
        .Select(e => e.Node.Index).Order();

    private static bool IsOf(Behaviour behaviour, ExecutionResult result) => result.Chunks.All(chunk =>
        behaviour.Execute(Sensitivity, chunk.Start, chunk.Content) == chunk.End);

    private static string DigestUntil(RunSpec spec, long seconds) => Simulation.Run(
        spec with { Stop = spec.Stop with { Time = SimTime.FromSeconds(seconds) } }, []).Digest;
}
