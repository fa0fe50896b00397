using System.Linq;
using FlowSim.Analysis.Divergence;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Tests.Pipeline;
using FlowSim.Tests.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Divergence;

/// <summary>Each outcome by a trace told by hand, with nothing else counted beside it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OutcomeTests
{
    private readonly ToldUpgrade run = new();

    [Test]
    public void D1_another_behaviour_with_the_same_outcome()
    {
        run.Start((8, 2), (12, 2));
        Block block = run.Finalize();
        run.Execute(8, 2, block).Approve(12, 8, block).Execute(9, 0, block);
        Assert.That(run.End().Counted, Is.EqualTo("d1=2"));
        Assert.That(run.Starts[0] is { IsExposed: true, IsManifest: false });
    }

    [Test]
    public void D2_one_execution_node_parts_from_the_others()
    {
        run.Start((8, 1), (9, 0), (10, 0));
        (Block one, Block two) = (run.Finalize(), run.Finalize());
        foreach (Block block in (Block[])[one, two])
            run.Execute(8, 1, block).Execute(9, 0, block).Execute(10, 0, block);
        Assert.That(run.End().Counted, Is.EqualTo("d2=1"), "the second block only inherits");
        Assert.That(run.Starts[0].Heirs, Is.EqualTo(1));
        Assert.That(run.Starts[0].IsUndetected);
    }

    [Test]
    public void D3_two_part_from_two()
    {
        run.Start((8, 1), (9, 1), (10, 0), (11, 0));
        Block block = run.Finalize();
        foreach (int node in (int[])[8, 9, 10, 11]) run.Execute(node, node < 10 ? 1 : 0, block);
        run.Say(1, new Notice.ExecutionFork(run.SealOf(8, block), run.SealOf(10, block)));
        Assert.That(run.End().Counted, Is.EqualTo("d3=1"));
        Assert.That(run.Starts.Select(start => start.By),
            Is.EqualTo(new[] { Detector.Suppressor, Detector.Suppressor, Detector.Nobody, Detector.Nobody }));
    }

    [Test]
    public void D4_a_node_that_catches_up_parts_from_sealed_history()
    {
        run.Start((8, 1), (9, 0), (10, 0));
        Block block = run.Finalize();
        run.Execute(9, 0, block).Execute(10, 0, block);
        run.Finalize(9, block);
        run.Execute(8, 1, block).Say(8, new Notice.Diverged(run.SealOf(9, block), default));
        Assert.That(run.End().Counted, Is.EqualTo("d4=1"));
        Assert.That(run.Starts[0].By, Is.EqualTo(Detector.Checker));
    }

    [Test]
    public void D5_all_executors_are_wrong_and_verifiers_refuse()
    {
        run.Start((8, 1), (9, 1), (12, 0));
        Block block = run.Finalize();
        run.Execute(8, 1, block).Execute(9, 1, block).FindFault(12, 8, block);
        Assert.That(run.End().Counted, Is.EqualTo("d5=1"));
        Assert.That(run.Starts[0].By, Is.EqualTo(Detector.ChunkFault));
    }

    [Test]
    public void D6_and_D8_a_wrong_result_is_approved_and_sealed()
    {
        run.Start((8, 1), (9, 1), (12, 1));
        Block block = run.Finalize();
        run.Execute(8, 1, block).Execute(9, 1, block).Approve(12, 8, block);
        run.Finalize(8, block);
        Assert.That(run.End().Counted, Is.EqualTo("d6=1 d8=1"));
        Assert.That(run.Starts.Count(start => start.IsUndetected), Is.EqualTo(3));
    }

    [Test]
    public void D7_a_right_chunk_is_refused_by_those_who_should_approve()
    {
        run.Start((8, 0), (9, 0), (12, 1), (13, 1));
        (Block one, Block two) = (run.Finalize(), run.Finalize());
        run.Execute(8, 0, one).Execute(8, 0, two).FindFault(12, 8, one).FindFault(13, 8, one);
        run.FindFault(12, 8, two).Approve(14, 8, two);
        Assert.That(run.End().Counted, Is.EqualTo("d7=1"), "the second chunk has an approval");
    }

    [Test]
    public void D9_a_third_of_the_consensus_weight_refuses()
    {
        run.Say(0, new Notice.StateMismatch(SomeChain.Root, 1));
        Assert.That(run.Counted, Is.Empty);
        run.Say(0, new Notice.StateMismatch(SomeChain.Root, 1)).Say(1, new Notice.StateMismatch(SomeChain.Root, 1));
        Assert.That(run.End().Counted, Is.EqualTo("d9=1"));
    }

    [Test]
    public void D10_a_replica_refuses_what_becomes_final()
    {
        Block block = SomeChain.On(run.Head);
        run.Say(1, new Notice.StateMismatch(block, 1)).Say(0, new Notice.Finalized(block));
        Assert.That(run.End().Counted, Is.EqualTo("d10=1"));
    }

    [Test]
    public void D11_a_follower_ends_over_a_state()
    {
        run.Stop(9, StopCause.Failure).Say(8, new Notice.StateMismatch(SomeChain.Root, 1)).Stop(8, StopCause.Failure);
        Assert.That(run.End().Counted, Is.EqualTo("d11=1"));
    }

    [Test]
    public void D12_software_that_is_too_old_ends() =>
        Assert.That(run.Stop(8, StopCause.Outdated).End().Counted, Is.EqualTo("d12=1"));

    [Test]
    public void D13_consensus_loses_its_quorum()
    {
        run.Start((0, 0), (1, 0), (2, 0), (3, 0)).Stop(0);
        Assert.That(run.Counted, Is.Empty);
        run.Stop(1).Stop(2);
        Assert.That(run.End().Counted, Is.EqualTo("d13=1"));
    }

    [Test]
    public void D14_a_cluster_loses_its_quorum()
    {
        for (int node = 4; node < 8; node++)
            run.Start(node, 0).Say(node, new Notice.OfCluster(new ClusterId(0), new Notice.Stopped()));
        run.Stop(4);
        Assert.That(run.Counted, Is.Empty);
        Assert.That(run.Stop(5).End().Counted, Is.EqualTo("d14=1"));
    }

    [Test]
    public void D15_one_executor_alone_gets_on()
    {
        SimTime second = default;
        for (int i = 0; i < 15; i++)
        {
            Block block = run.Wait(1).Finalize();
            run.Execute(8, 0, block);
            if (i < 3) second = run.Execute(9, 0, block).Now;
        }

        Assert.That(run.End().Counted, Is.EqualTo("d15=1"));
        Assert.That(run.Availability.Execution.Seconds(run.Now),
            Is.EqualTo((run.Now - second).TotalSeconds - 10).Within(1e-9));
    }

    [Test]
    public void D16_fallback_mode_begins_while_nothing_is_sealed()
    {
        Block block = SomeChain.On(run.Head);
        var changed = new Notice.StateChanged(
            block, SomeEpochs.In(EpochPhase.Staking), SomeEpochs.In(EpochPhase.Fallback));
        Assert.That(new ToldUpgrade().Say(0, changed).End().Counted, Is.Empty, "it is early yet");
        run.Wait(10).Say(0, changed).Say(1, changed);
        Assert.That(run.End().Counted, Does.StartWith("d16=1").Or.Contains(" d16=1"));
    }

    [TestCase(2UL, "")]
    [TestCase(1UL, "d17=1")]
    public void D17_a_boundary_is_sealed_when_its_height_is_executed(ulong height, string expected)
    {
        run.Start((8, 0));
        Block block = run.Finalize();
        run.Execute(8, 0, block);
        run.Finalize(8, block, Beacon(height));
        Assert.That(run.End().Counted, Is.EqualTo(expected));
    }

    [Test]
    public void D17_a_protocol_upgrade_comes_too_late()
    {
        var asked = new ServiceEvent.ProtocolStateVersionUpgrade(3, new View(9));
        run.Say(0, new Notice.ServiceEventJudged(SomeChain.Root, asked, (byte)EventVerdict.Processed, 0));
        Assert.That(run.Counted, Is.Empty);
        var late = new Notice.ServiceEventJudged(SomeChain.Root, asked, (byte)EventVerdict.InvalidActivationView, 0);
        Assert.That(run.Say(0, late).Say(1, late).End().Counted, Is.EqualTo("d17=1"));
    }

    [Test]
    public void D18_a_new_node_executes_beyond_a_boundary_with_an_old_image()
    {
        run.Start((8, 0), (9, 0), (10, 1));
        Block one = run.Finalize();
        run.Execute(8, 0, one).Say(9, new Notice.Bootstrapped(one)).Say(10, new Notice.Bootstrapped(one));
        Block two = run.Finalize(8, one, Beacon(2));
        run.Execute(8, 0, two).Execute(9, 0, two, history: 8).Execute(10, 0, two, history: 8);
        Assert.That(run.End().Counted, Is.EqualTo("d1=1 d18=1"), "one is no new node, one has the image");
    }

    [Test]
    public void Another_outcome_is_a_class_and_a_line()
    {
        var own = new OutcomeKind("x-installs", "times", "images put on disks", () => new Installs());
        var with = new ToldUpgrade(1, [.. OutcomeCatalogue.All, own]);
        Assert.That(with.Say(8, new Notice.Installed(1)).End().Counted, Is.EqualTo("x=1"));
    }

    private static ServiceEvent.VersionBeacon Beacon(ulong height) =>
        new([new VersionBoundary(new Height(height), "0.42.0")], 1);

    private sealed class Installs : IOutcome
    {
        public long Count { get; private set; }

        public void On(Scene scene, in TraceEvent entry) => Count += entry.Notice is Notice.Installed ? 1 : 0;
    }
}
