using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Tests.Upgrades;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class ExecutionPauseTests
{
    private const ulong Boundary = StrategyWorld.Boundary;

    /// <summary>Two nodes execute the last block below the boundary by 100.4 s, and both are beyond at 905 s.</summary>
    [TestCase(false)]
    [TestCase(true, Description = "the third was down, and executes what it missed during the pause")]
    public void A_node_that_comes_back_meanwhile_ends_no_pause(bool isOneBehind)
    {
        var pauses = new ExecutionPauses(StrategyWorld.Spec(
            new HeightCoordinatedUpgrade(), StrategyWorld.TheBoundary, StrategyWorld.Upgrade));
        foreach ((int node, double at) in ((int, double)[])[(0, 100), (1, 100.4)])
            for (ulong height = Boundary - 3; height < Boundary; height++)
                pauses.Executed(node, new Height(height), At(at - (Boundary - 1 - height)));
        if (isOneBehind)
            for (ulong height = Boundary - 3; height < Boundary; height++)
                pauses.Executed(2, new Height(height), At(400 + height));
        pauses.Executed(0, new Height(Boundary), At(900));
        pauses.Executed(0, new Height(Boundary + 1), At(901));
        pauses.Executed(1, new Height(Boundary), At(905));
        var sheet = new MetricSheet();
        pauses.Report(sheet);
        Assert.That(sheet.Measured().Single().Value, Is.EqualTo(905 - 100.4).Within(1e-6));
    }

    private static SimTime At(double seconds) => new((long)(seconds * SimDuration.NanosecondsPerSecond));
}
