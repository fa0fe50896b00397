using System.Linq;
using FlowSim.Analysis.Divergence;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Executing;
using FlowSim.Kernel;
using FlowSim.Tests.Upgrades;
using FlowSim.Tests.Worlds;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Divergence;

/// <summary>What the recorder says of whole networks. Execution nodes are 8 to 11.</summary>
public sealed class DivergenceWorldTests
{
    /// <summary>After ten seconds away the first block that it executes is sealed, after a moment it is not.</summary>
    [TestCase(10_000, "d4-catch-up-forks", Detector.Checker)]
    [TestCase(100, "d2-lone-forks", Detector.ChunkFault)]
    public void An_execution_node_swapped_early_parts_from_the_others_once_and_its_own_checker_ends_it(
        long downtimeMs, string outcome, Detector first)
    {
        DivergenceObserver seen = Observe(Early(downtimeMs));
        Assert.That(OutcomeCatalogue.All.Where(kind => seen.CountOf(kind) > 0).Select(kind => kind.Name),
            Is.EqualTo(new[] { outcome }));
        Assert.That(OutcomeCatalogue.All.Sum(seen.CountOf), Is.EqualTo(1), "heirs are no forks of their own");

        ProcessStart start = seen.Notable.Single();
        Assert.Multiple(() =>
        {
            Assert.That(start.Class, Is.EqualTo(RejoinClass.Rj2));
            Assert.That((start.Node, start.Image), Is.EqualTo((8, 1)));
            Assert.That(start.ExposedBlocks, Is.EqualTo(start.Heirs + 1), "every chunk is sensitive");
            Assert.That(start.Heirs, Is.GreaterThan(40));
            Assert.That(start.ManifestChance, Is.EqualTo(1));
            Assert.That(start.ManifestHeight, Is.InRange(start.Head + 1, start.Head + 5));
            Assert.That(start.CheckedAtSeconds - start.StartedAtSeconds, Is.InRange(59.9, 62));
            Assert.That(start.By, Is.EqualTo(first));
        });
    }

    [Test]
    public void The_observer_does_not_change_what_it_observes()
    {
        RunSpec spec = Spec(SomeUpgrade.Spec with
        {
            Acts = [new OperatorAct.Swap(SomeUpgrade.Only(8, 12), SimTime.FromSeconds(10), 1)],
        });
        Assert.That(Simulation.Run(spec, [new Listening(new DivergenceObserver(spec))]).Digest,
            Is.EqualTo(Simulation.Run(spec, []).Digest));
        Assert.That(Simulation.Run(spec with
        {
            Upgrade = spec.Upgrade! with { Specified = [new SpecifiedChange.FromHeight(new Height(5), 1)] },
        }, []).Digest, Is.EqualTo(Simulation.Run(spec, []).Digest), "no node knows what is specified");
    }

    [Test]
    public void A_restored_backup_with_the_new_image_parts_from_sealed_history()
    {
        RunSpec spec = Spec(SomeUpgrade.Spec with
        {
            Acts =
            [
                new OperatorAct.Restore(SomeUpgrade.Only(8), SimTime.FromSeconds(50), SimTime.FromSeconds(20), 1),
            ],
            Specified = [new SpecifiedChange.FromHeight(new Height(45), 1)],
        });
        DivergenceObserver seen = Observe(spec);
        ProcessStart start = seen.Notable.Single(one => one.Class == RejoinClass.Rj6);
        Assert.That(start.Node, Is.EqualTo(8));
        Assert.That(start.IsRejoin);
        Assert.That(start.ExposedBlocks, Is.InRange(20, 30), "from the backup to the trigger");
        Assert.That(seen.CountOf(CatchUpFork.Kind), Is.EqualTo(1));
    }

    /// <summary>Node 8 is wrong when node 9 gets its disk, and node 9 runs the specified image throughout. Nodes check
    /// themselves every 20 seconds.</summary>
    [Test]
    public void A_clone_of_a_diverged_node_inherits_its_state_and_its_own_checker_ends_it()
    {
        DivergenceObserver seen = Observe(Cloned(from: 8));
        ProcessStart start = seen.Starts.Last(one => one.Node == 9);
        Assert.Multiple(() =>
        {
            Assert.That(start.Class, Is.EqualTo(RejoinClass.Rj11));
            Assert.That((start.Image, start.ExposedBlocks, start.ManifestChance), Is.EqualTo((0, 0L, 1.0)));
            Assert.That(start.ManifestHeight, Is.EqualTo(start.Head), "wrong before it has executed anything");
            Assert.That(start.ManifestAtSeconds, Is.EqualTo(start.StartedAtSeconds));
            Assert.That(start.Heirs, Is.GreaterThan(20), "right steps from a wrong state");
            Assert.That(start.By, Is.EqualTo(Detector.Checker));
            Assert.That(start.CheckedAtSeconds - start.StartedAtSeconds, Is.InRange(19.9, 20.1), "at once");
            Assert.That(start.RepairedAtSeconds, Is.NaN);
        });
        Assert.That(seen.CountOf(CatchUpFork.Kind), Is.EqualTo(1), "what it inherits is no fork of its own");
    }

    [Test]
    public void A_clone_of_a_right_node_is_like_a_backup()
    {
        DivergenceObserver seen = Observe(Cloned(from: 10));
        ProcessStart start = seen.Starts.Last(one => one.Node == 9);
        Assert.That((start.Class, start.IsManifest, start.Heirs), Is.EqualTo((RejoinClass.Rj1, false, 0L)));
        Assert.That(start.CheckedAtSeconds, Is.NaN);
    }

    private static RunSpec Cloned(int from)
    {
        RunSpec early = Early(10_000);
        var copy = new OperatorAct.CopyDisk(SomeUpgrade.Only(9), SimTime.FromSeconds(35), from, null);
        return early with
        {
            Upgrade = early.Upgrade! with { Acts = [.. early.Upgrade.Acts, copy] },
            Pipeline = early.Pipeline! with
            {
                Execution = early.Pipeline.Execution with { CheckInterval = SimDuration.FromSeconds(20) },
            },
        };
    }

    [Test]
    public void The_figures_are_in_the_measurement()
    {
        RunSpec spec = Early(100);
        var observer = new RunObserver(new RunKey("s", "a", 1), spec, 0);
        RunResult result = Simulation.Run(spec, [observer]);
        Measurement measured = observer.Measure(result);
        Assert.That(measured["restarts"], Is.EqualTo(1));
        Assert.That(measured["exposed-restarts"], Is.EqualTo(1));
        Assert.That(measured["manifest-restarts"], Is.EqualTo(1));
        Assert.That(measured["undetected"], Is.Zero);
        Assert.That(measured["rj2-manifest"], Is.EqualTo(1));
        Assert.That(measured["rj5-starts"], Is.Zero);
        Assert.That(measured["d2-lone-forks"], Is.EqualTo(1));
        Assert.That(measured["node-hours"], Is.InRange(20 * 80 / 3_600.0, 20 * 130 / 3_600.0));
        Assert.That(measured.Starts, Is.Not.Empty);
    }

    private static RunSpec Early(long downtimeMs) => Spec(SomeUpgrade.Spec with
    {
        Acts = [new OperatorAct.Swap(SomeUpgrade.Only(8), SimTime.FromSeconds(10), 1)],
        Operators = SomeUpgrade.Spec.Operators with
        {
            RestartsAfterFailure = false, Downtime = Quantiles.Constant(downtimeMs * 1_000_000),
        },
        Specified = [new SpecifiedChange.FromHeight(new Height(10_000), 1)],
    });

    internal static DivergenceObserver Observe(RunSpec spec)
    {
        var observer = new DivergenceObserver(spec);
        Simulation.Run(spec, [new Listening(observer)]);
        return observer;
    }

    /// <summary>Restarted execution nodes have their state at once.</summary>
    internal static RunSpec Spec(UpgradeSpec upgrade) => FiveRoles.Spec with
    {
        Upgrade = upgrade,
        Processing = FiveRoles.Spec.Processing with { ReachLedger = Quantiles.Constant(0) },
        Pipeline = FiveRoles.Spec.Pipeline! with
        {
            Execution = ExecutionSpec.FlowGo with { Ledger = LedgerPlace.Service },
        },
    };

    private sealed class Listening(DivergenceObserver observer) : IProbe
    {
        public void On(in TraceEvent entry) => observer.On(in entry);

        public void End(SimTime at) => observer.End(at);
    }
}
