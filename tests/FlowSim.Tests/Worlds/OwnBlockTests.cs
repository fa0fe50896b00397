using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.HotStuff;
using FlowSim.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>A leader of consecutive views that observes its own block too early makes a small committee run
/// fast.</summary>
/// <remarks>Seen on a devnet of seven nodes in August 2024 (cruisectl/README.md).</remarks>
public sealed class OwnBlockTests
{
    [Test]
    public void Views_are_shorter_than_their_target_only_when_own_blocks_are_observed_at_construction()
    {
        int[] seeds = [1, 2, 3];
        double[] early = [.. seeds.Select(seed => Shortfall(seed, OwnBlockObservation.AtConstruction))];
        double[] due = [.. seeds.Select(seed => Shortfall(seed, OwnBlockObservation.AtPublication))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.All.GreaterThan(0.01));
            Assert.That(due, Is.All.LessThan(0));
        }
    }

    /// <summary>By how much the mean view time falls short of the mean target, as a share of the target.</summary>
    private static double Shortfall(int seed, OwnBlockObservation own)
    {
        RunSpec spec = Some.World(7, (ulong)seed, views: 500) with
        {
            CruiseControl = CruiseControlConfig.Default with { OwnBlock = own },
        };
        var observer = new RunObserver(new RunKey("own-block", "set", spec.Seed), spec, warmupViews: 100);
        Simulation.Run(spec, [observer, .. OracleCatalogue.All(spec)]);
        Measurement run = observer.Measure();
        return 1 - run["mean-view-time"]!.Value / run["target-view-duration"]!.Value;
    }
}
