using System;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Tests.ProtocolState;
using FlowSim.Tests.Worlds;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

/// <summary>Figures of key generations.</summary>
public sealed class EpochObserverTests
{
    /// <remarks>Node 9 is no participant.</remarks>
    [TestCase("0 1", 1.0)]
    [TestCase("0", 0.5)]
    [TestCase("9", 0.0)]
    [TestCase("", 0.0)]
    public void Who_is_not_done_when_the_epoch_is_committed_has_no_share(string inTime, double share)
    {
        int[] early = [.. inTime.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        Assert.That(Shares([.. early.Select(node => (node, 7UL, true))], [(0, 7, true), (1, 7, true)]),
            Is.EqualTo(share));
    }

    [TestCase(8UL, true)]
    [TestCase(7UL, false)]
    public void Another_key_is_none_and_a_key_without_a_share_neither(ulong key, bool hasShare) =>
        Assert.That(Shares([(0, key, hasShare), (1, 7, true)], []), Is.EqualTo(0.5));

    /// <summary>Node 0 is done at 1 s; the epoch is committed at 2 s.</summary>
    [TestCase(1500, DiskLoss.BeaconKeys, 0.5)]
    [TestCase(1500, DiskLoss.Everything, 0.5)]
    [TestCase(1500, DiskLoss.Nothing, 1)]
    [TestCase(500, DiskLoss.BeaconKeys, 1)]
    [TestCase(2500, DiskLoss.BeaconKeys, 1)]
    public void Who_lost_its_share_before_the_commit_has_none(long milliseconds, DiskLoss loses, double share)
    {
        SimTime from = SimTime.Zero + SimDuration.FromMilliseconds(milliseconds);
        var crash = new NodeFault.Crash(new Window(from, from + SimDuration.FromMilliseconds(100)),
            new NodeSet(FiveRoles.Spec.Nodes.Count, [0]), loses);
        Assert.That(Shares([(0, 7, true), (1, 7, true)], [], crash), Is.EqualTo(share));
    }

    /// <param name="before">Who ended with which key before the epoch was committed, and who after.</param>
    /// <param name="after">The same of those that come too late.</param>
    /// <param name="faults">What befalls nodes.</param>
    private static double Shares((int Node, ulong Key, bool HasShare)[] before,
        (int Node, ulong Key, bool HasShare)[] after, params NodeFault[] faults)
    {
        var observer = new EpochObserver(FiveRoles.Spec with { NodeFaults = faults });
        foreach ((int node, ulong key, bool has) in before)
            observer.On(node, new Notice.DkgEnded(2, key, has), SimTime.FromSeconds(1));
        KeyValueSnapshot committed = SomeEpochs.In(EpochPhase.Committed);
        Block root = Block.Root(new View(500));
        Block block = Block.On(new View(501), root, QuorumCertificate.Trusted(root.View, root.Id), new NodeId(0), 0);
        observer.On(0, new Notice.StateChanged(block, SomeEpochs.In(EpochPhase.Setup), committed),
            SimTime.FromSeconds(2));
        foreach ((int node, ulong key, bool has) in after)
            observer.On(node, new Notice.DkgEnded(2, key, has), SimTime.FromSeconds(3));
        var sheet = new MetricSheet();
        observer.Report(sheet, SimTime.FromSeconds(4));
        return sheet.Measured()
            .Single(value => string.Equals(value.Name, EpochMetrics.DkgShares.Name, StringComparison.Ordinal)).Value;
    }
}
