using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Executing;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Oracles;
using FlowSim.Tests.Worlds;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Images in whole networks. Execution nodes are 8 to 11; all oracles watch.</summary>
public sealed class UpgradeWorldTests
{
    private static readonly Luck.Purpose Sensitivity = new Luck(FiveRoles.Spec.Seed).For("sensitive chunk");

    [Test]
    public void An_execution_node_swapped_early_ends_itself_while_the_network_goes_on()
    {
        List<TraceEvent> run = Run(SomeUpgrade.Spec with
        {
            Acts = [new OperatorAct.Swap(SomeUpgrade.Only(8), SimTime.FromSeconds(10), 1)],
            Operators = SomeUpgrade.Spec.Operators with { RestartsAfterFailure = false },
        });
        Assert.Multiple(() =>
        {
            Assert.That(At<Notice.Runs>(run, 8).Select(n => n.Image), Is.EqualTo(new[] { 0, 1 }));
            Assert.That(At<Notice.Runs>(run, 8)[1].Head.Value, Is.InRange(5, 12), "a second per view, ten seconds");
            Assert.That(At<Notice.Ending>(run, 8).Select(n => n.Cause),
                Is.EqualTo(new[] { StopCause.Plan, StopCause.Failure }));
            Assert.That(run.Where(e => e.Notice is Notice.Diverged).Select(e => e.Node.Index),
                Is.EqualTo(new[] { 8 }));
            Assert.That(run.Select(e => e.Notice).OfType<Notice.ExecutionFork>(), Is.Empty);
            Assert.That(Sealed(run), Is.GreaterThan(90));
            Assert.That(Executed(run, 8).Count(IsSpecified), Is.InRange(1, 15));
            Assert.That(Executed(run, 8).Count(result => !IsSpecified(result)), Is.GreaterThan(40));
            Assert.That(Executed(run, 9).All(IsSpecified));
        });
    }

    [Test]
    public void An_accident_brings_up_the_image_that_was_staged()
    {
        List<TraceEvent> run = Run(SomeUpgrade.Spec with
        {
            Acts =
            [
                new OperatorAct.Stage(SomeUpgrade.Only(8, 9), SimTime.FromSeconds(10), 1),
                new OperatorAct.Crash(SomeUpgrade.Only(9), SimTime.FromSeconds(20)),
            ],
        });
        Assert.That(At<Notice.Runs>(run, 8).Select(n => n.Image), Is.EqualTo(new[] { 0 }));
        Assert.That(At<Notice.Runs>(run, 9).Select(n => n.Image), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(At<Notice.Ending>(run, 9)[0].Cause, Is.EqualTo(StopCause.Crash));
    }

    [Test]
    public void A_restored_backup_begins_at_its_old_height_and_executes_again_with_the_new_image()
    {
        List<TraceEvent> run = Run(SomeUpgrade.Spec with
        {
            Acts =
            [
                new OperatorAct.Restore(SomeUpgrade.Only(8, 12, 18), SimTime.FromSeconds(50), SimTime.FromSeconds(20),
                    1),
            ],
        });
        Assert.Multiple(() =>
        {
            foreach (int node in (int[])[8, 12, 18])
            {
                Notice.Restored restored = At<Notice.Restored>(run, node).Single();
                Assert.That(restored.Lost.Value - restored.Head.Value, Is.InRange(25, 40), "thirty seconds");
                Assert.That(At<Notice.Runs>(run, node)[1], Is.EqualTo(new Notice.Runs(1, restored.Head)));
                Assert.That(At<Notice.Finalized>(run, node)[^1].Block.Height.Value, Is.GreaterThan(85),
                    "it has caught up");
            }

            ulong head = At<Notice.Restored>(run, 8)[0].Head.Value;
            Assert.That(Executed(run, 8).Where(result => !IsSpecified(result)).Min(result => result.Height.Value),
                Is.InRange(head + 1, head + 4), "what was executed since the backup it executes anew");
        });
    }

    /// <summary>Execution node 9 lies back as long as it is down, so node 8 goes back and node 9 forward.</summary>
    [Test]
    public void A_clone_goes_on_from_the_other_node_s_height_and_results()
    {
        List<TraceEvent> run = Run(SomeUpgrade.Spec with
        {
            Acts =
            [
                new OperatorAct.Crash(SomeUpgrade.Only(9), SimTime.FromSeconds(20)),
                new OperatorAct.CopyDisk(SomeUpgrade.Only(8), SimTime.FromSeconds(28), 9, null),
                new OperatorAct.Crash(SomeUpgrade.Only(10), SimTime.FromSeconds(45)),
                new OperatorAct.CopyDisk(SomeUpgrade.Only(10), SimTime.FromSeconds(52), 11, 1),
                new OperatorAct.CopyDisk(SomeUpgrade.Only(18), SimTime.FromSeconds(60), 19, null),
            ],
        });
        foreach ((int node, int from, int change) in ((int, int, int)[])[(8, 9, -8), (10, 11, 7), (18, 19, 0)])
        {
            Notice.Restored put = At<Notice.Restored>(run, node).Single();
            Assert.That(At<Notice.Cloned>(run, node).Single().From.Index, Is.EqualTo(from));
            Assert.That((int)put.Head.Value - (int)put.Lost.Value, Is.EqualTo(change * 5 / 4).Within(3));
            Assert.That(At<Notice.Runs>(run, node)[^1].Head, Is.EqualTo(put.Head));
            Assert.That(At<Notice.Finalized>(run, node)[^1].Block.Height.Value, Is.GreaterThan(85), "caught up");
        }

        Height head = At<Notice.Restored>(run, 8)[0].Head;
        Assert.That(Executed(run, 8).GroupBy(result => result.Height).Count(same => same.Count() > 1),
            Is.InRange(5, 12), "what node 9 had not executed it executes again");
        Assert.That(Executed(run, 8).All(IsSpecified));
        Assert.That(Executed(run, 10).Any(result => !IsSpecified(result)), "the image is node 10's own");
        Assert.That(head.Value, Is.GreaterThan(10));
    }

    [Test]
    public void A_node_that_a_fault_keeps_down_starts_with_the_image_that_it_got_meanwhile()
    {
        RunSpec spec = Spec(SomeUpgrade.Spec with
        {
            Acts = [new OperatorAct.Swap(SomeUpgrade.Only(8), SimTime.FromSeconds(20), 1)],
        }) with
        {
            NodeFaults = [new NodeFault.Crash(new Window(SimTime.FromSeconds(10), SimTime.FromSeconds(60)),
                SomeUpgrade.Only(8))],
        };
        List<TraceEvent> run = Run(spec);
        Assert.That(run.Where(e => e is { Node.Index: 8, Notice: Notice.Runs }).Select(e => e.At.TotalSeconds),
            Is.EqualTo(new[] { 0.0, 60 }));
        Assert.That(At<Notice.Runs>(run, 8)[1].Image, Is.EqualTo(1));
    }

    [Test]
    public void An_image_does_not_start_on_a_disk_of_a_newer_layout()
    {
        List<TraceEvent> run = Run(SomeUpgrade.Spec with
        {
            Acts =
            [
                new OperatorAct.Swap(SomeUpgrade.Only(8), SimTime.FromSeconds(10), 2),
                new OperatorAct.Swap(SomeUpgrade.Only(8), SimTime.FromSeconds(40), 0),
            ],
        });
        Assert.That(At<Notice.Runs>(run, 8).Select(n => n.Image), Is.EqualTo(new[] { 0, 2 }));
        Assert.That(At<Notice.RefusedToStart>(run, 8), Is.EqualTo(new[] { new Notice.RefusedToStart(0) }));
    }

    [Test]
    public void Images_and_deviations_exclude_each_other() => Assert.That(
        () => Run(FiveRoles.Wrong(1, 0, 1) with { Upgrade = SomeUpgrade.Spec }), Throws.ArgumentException);

    [Test]
    public void The_same_seed_is_the_same_run()
    {
        RunSpec spec = Spec(SomeUpgrade.Spec with
        {
            Rollouts =
            [
                SomeUpgrade.Rollout() with
                {
                    From = SimTime.Zero, Pace = new Pace.Window(SimDuration.FromSeconds(60)),
                },
            ],
        });
        string digest = Simulation.Run(spec, []).Digest;
        Assert.That(Simulation.Run(spec, []).Digest, Is.EqualTo(digest));
        Assert.That(digest, Is.Not.EqualTo(Simulation.Run(spec with
        {
            Upgrade = spec.Upgrade! with { Rollouts = [] },
        }, []).Digest));
    }

    /// <summary>Restarted execution nodes have their state at once.</summary>
    private static RunSpec Spec(UpgradeSpec upgrade) => FiveRoles.Spec with
    {
        Upgrade = upgrade,
        Processing = FiveRoles.Spec.Processing with { ReachLedger = Quantiles.Constant(0) },
        Pipeline = FiveRoles.Spec.Pipeline! with
        {
            Execution = ExecutionSpec.FlowGo with { Ledger = LedgerPlace.Service },
        },
    };

    private static List<TraceEvent> Run(UpgradeSpec upgrade) => Run(Spec(upgrade));

    private static List<TraceEvent> Run(RunSpec spec)
    {
        List<TraceEvent> heard = [];
        Simulation.Run(spec, [.. OracleCatalogue.All(spec), new Listener(heard.Add)]);
        return heard;
    }

    private static List<T> At<T>(List<TraceEvent> run, int node)
        where T : Notice => [.. run.Where(e => e.Node.Index == node).Select(e => e.Notice).OfType<T>()];

    private static IEnumerable<ExecutionResult> Executed(List<TraceEvent> run, int node) =>
        At<Notice.Executed>(run, node).Select(n => n.Result);

    private static bool IsSpecified(ExecutionResult result) => result.Chunks.All(chunk =>
        Behaviour.Specified.Execute(Sensitivity, chunk.Start, chunk.Content) == chunk.End);

    /// <summary>How many heights some consensus node knows to be sealed.</summary>
    private static ulong Sealed(List<TraceEvent> run) =>
        At<Notice.Finalized>(run, 0).Max(n => ((Payload.Main)n.Block.Payload!).LastSeal.Height.Value);
}
