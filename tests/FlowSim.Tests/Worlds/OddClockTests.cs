using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>What flow-go's cruise-control README says of leaders whose controller is wrong about the time.</summary>
/// <remarks>
/// A wrong clock is bounded by the controller's limits, and a minority of such leaders is made good by the others
/// (cruisectl/README.md, edge cases). Seven nodes, one region, target view time 0.8 s, limits 0.125 and 0.91 s.
/// </remarks>
public sealed class OddClockTests
{
    private const ulong Views = 600;
    private static readonly Window Always = new(SimTime.Zero, SimTime.Never);

    /// <remarks>A clock ahead takes the epoch for late, one behind for early.</remarks>
    [TestCase(10, 0.125)]
    [TestCase(-10, 0.910)]
    public void A_wrong_clock_is_bounded_by_the_limits_and_made_good_by_the_others(int offset, double limit)
    {
        RunSpec spec = Some.World(views: Views) with
        {
            NodeFaults = [new NodeFault.Skew(Always, new NodeSet(7, [0]), SimDuration.FromSeconds(offset))],
        };
        (double[] waits, double viewTime) = Observed(spec, 0);
        Assert.That(waits, Has.Length.GreaterThan(50).And.All.EqualTo(limit).Within(1e-6));
        Assert.That(viewTime, Is.EqualTo(0.8).Within(0.008));
    }

    [Test]
    public void Clocks_that_are_all_wrong_move_the_end_of_the_epoch_by_their_error()
    {
        RunSpec spec = Some.World(views: Views) with
        {
            NodeFaults =
            [
                new NodeFault.Skew(Always, new NodeSet(7, [0, 1, 2, 3, 4, 5, 6]), SimDuration.FromSeconds(10)),
            ],
        };
        Assert.That(Measured(spec)[MetricCatalogue.EpochEndError.Name], Is.EqualTo(-10).Within(0.5));
    }

    /// <remarks>
    /// It sees in one go what the others saw one after the other, so it takes the epoch for late. The integral forgets
    /// that within some hundred views only: 50 of them take it down to a third.
    /// </remarks>
    [Test]
    public void A_node_that_catches_up_publishes_as_early_as_allowed_and_then_steers_as_the_others()
    {
        var away = new Window(SimTime.FromSeconds(60), SimTime.FromSeconds(240));
        RunSpec spec = Some.World(views: 2 * Views) with
        {
            NodeFaults = [new NodeFault.Crash(away, new NodeSet(7, [0]))],
        };
        List<double> targets = [];
        Simulation.Run(spec, [new Listener(entry =>
        {
            if (entry.Node.Index == 0 && entry.At > away.Until && entry.Notice is Notice.ControllerUpdated updated)
                targets.Add(updated.Observation.Target.TotalSeconds);
        })]);
        Assert.That(targets.Take(100), Has.All.EqualTo(0.125));
        Assert.That(targets.TakeLast(100).Average(), Is.EqualTo(0.8).Within(0.1));
    }

    /// <summary>How long a node waits from taking in a parent to publishing on it, and the mean view time.</summary>
    private static (double[] Waits, double ViewTime) Observed(RunSpec spec, int leader)
    {
        List<double> waits = [];
        SimTime observed = default;
        View last = default;
        Simulation.Run(spec, [new Listener(entry =>
        {
            if (entry.Node.Index != leader) return;
            if (entry.Notice is Notice.Incorporated { Block: var block }) (observed, last) = (entry.At, block.View);
            if (entry.Notice is Notice.Published { Block: var own } && own.View.Follows(last) && last.Value > 50)
                waits.Add((entry.At - observed).TotalSeconds);
        })]);
        return ([.. waits], Measured(spec)[MetricCatalogue.MeanViewTime.Name]!.Value);
    }

    private static Measurement Measured(RunSpec spec)
    {
        var observer = new RunObserver(new RunKey("odd clocks", "set", spec.Seed), spec, 50);
        Simulation.Run(spec, [observer]);
        return observer.Measure();
    }
}
