using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Oracles;
using FlowSim.ProtocolState;
using FlowSim.Tests.Clusters;
using FlowSim.Tests.Upgrades;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>A spork restarts everybody, and oracles see afterwards what they saw before.</summary>
public sealed class SporkOracleTests
{
    /// <summary>A view that is entered some time after the spork, whose root has one of about 40.</summary>
    private const ulong Later = 60;

    /// <summary>A spork after thirty seconds, from which one consensus node never comes back.</summary>
    private static readonly RunSpec World = StrategyWorld.Spec(
        new SporkUpgrade(new SporkPlan(1, SimTime.FromSeconds(30), SimDuration.Zero)),
        new ContractCall.SetFreezePeriod(10), StrategyWorld.Upgrade with { Releases = [] }) with
    {
        Pacemaker = AbsenceTests.Brisk,
        Sync = AbsenceTests.BriskSync,
        NodeFaults =
        [
            new NodeFault.Crash(new Window(SimTime.FromSeconds(31), SimTime.Never), StrategyWorld.Only(3)),
        ],
        Stop = new StopCondition(new View(390), SimTime.FromSeconds(300)),
    };

    [Test]
    public void All_are_silent() => Assert.That(() => Watched.Silently(World), Throws.Nothing);

    [Test]
    public void L5_holds_those_who_have_begun_anew() => Assert.That(Watched.Break("L5", World, Seams.Default with
    {
        Participant = start => start.Disk.Finalized.Height.Value == 0
            ? new Replica(start)
            : new Planted(new Replica(start), (_, effect, into) => into.Add(effect),
                input => input.Kind != InputKind.TimerFired),
    }), Does.Contain("a quorum is fit"));

    [Test]
    public void S1_is_broken_by_another_chain_above_the_root() => Assert.That(Watched.Break("S1", World,
        Plant.Saying(notice => notice is Notice.Finalized { Block: { View.Value: > Later } block }
            ? [new Notice.Finalized(block.Version(1))] : [notice])), Does.Contain("another node finalized"));

    [Test]
    public void D4_is_broken_by_fallback_above_the_root() => Assert.That(Watched.Break("D4", World,
        Plant.Saying(notice => notice is Notice.Finalized { Block: { View.Value: > Later } block }
            ? [new Notice.Finalized(InFallback(block))] : [notice])), Does.Contain("fallback mode begins"));

    [Test]
    public void P5_is_broken_by_another_seal_than_the_roots()
    {
        var oracle = new NoConflictingSeals(new Cast(World));
        Block parent = Block.Root(new View(1));
        Block root = Block.RootOn(parent, new View(5), Sealing(parent, 1));
        Block next = Block.On(new View(6), root, QuorumCertificate.Trusted(root.View, root.Id), new NodeId(0), 0,
            Sealing(parent, 2));
        oracle.On(new TraceEvent(SimTime.Zero, new NodeId(0), new Notice.Bootstrapped(root)));
        Assert.That(() => oracle.On(new TraceEvent(SimTime.Zero, new NodeId(0), new Notice.Finalized(next))),
            Throws.TypeOf<InvariantViolation>().With.Message.Contains("another one of the same block"));
    }

    /// <summary>The root is an epoch's first block: its clusters begin with it.</summary>
    [Test]
    public void P6_hears_that_an_epoch_begins_with_the_root()
    {
        RunSpec spec = ShortEpochs.World;
        int cluster = spec.Pipeline!.Clusters.Count;
        Assert.That(new ClusterPlan(spec, cluster).EpochOf(new ClusterId(cluster)), Is.EqualTo(1));
        Block root = Block.RootOn(Block.Root(default), spec.Epochs[1].FirstView, Sealing(Block.Root(default), 1));
        var works = new Notice.OfCluster(new ClusterId(cluster),
            new Notice.Built(Block.RootOf(new ClusterId(cluster)), SimTime.Zero));
        var oracle = new ClusterChains(new Cast(spec));
        Assert.That(() => oracle.On(At(works)), Throws.TypeOf<InvariantViolation>());
        oracle.On(At(new Notice.Bootstrapped(root)));
        Assert.That(oracle.Hears, Does.Contain(typeof(Notice.Bootstrapped)));
        Assert.That(() => oracle.On(At(works)), Throws.Nothing);
    }

    private static TraceEvent At(Notice notice) => new(SimTime.Zero, new NodeId(0), notice);

    private static Payload.Main Sealing(Block block, ulong previous)
    {
        var seal = new Seal(block.Id, block.Height,
            ExecutionResult.Of(block, new ResultId(previous), [new Chunk(0, 0, default, default)]));
        return new Payload.Main([], [], [seal], seal);
    }

    private static Block InFallback(Block block)
    {
        var payload = (Payload.Main)block.Payload!;
        var state = (KeyValueSnapshot)payload.State!;
        return block with
        {
            Payload = payload with { State = state with { Epochs = state.Epochs with { IsFallback = true } } },
        };
    }
}
