using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Tests.Upgrades;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

/// <summary>How long execution stands still, told by hand: the boundary is at height 60.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ExecutionPauseTests
{
    private readonly ExecutionPauses pauses =
        new(StrategyWorld.Spec(new HeightCoordinatedUpgrade(), StrategyWorld.TheBoundary));

    [Test]
    public void It_lasts_from_the_last_new_height_below_until_the_second_node_is_beyond()
    {
        Tell(8, 58, 10).Tell(9, 58, 11).Tell(8, 59, 12).Tell(9, 59, 13).Tell(8, 60, 30).Tell(8, 61, 31);
        Assert.That(Pause(), Is.Null, "one node alone seals nothing");
        Tell(9, 60, 40).Tell(10, 60, 50);
        Assert.That(Pause(), Is.EqualTo(28));
    }

    [Test]
    public void Who_is_behind_does_not_shorten_it()
    {
        Tell(8, 59, 12).Tell(11, 40, 20).Tell(11, 59, 29).Tell(8, 60, 30).Tell(11, 41, 35).Tell(9, 60, 40);
        Assert.That(Pause(), Is.EqualTo(28));
    }

    private ExecutionPauseTests Tell(int node, ulong height, long at)
    {
        pauses.Executed(node, new Height(height), SimTime.FromSeconds(at));
        return this;
    }

    private double? Pause()
    {
        var sheet = new MetricSheet();
        pauses.Report(sheet);
        return sheet.Measured().Select(value => (double?)value.Value).SingleOrDefault();
    }
}
