using System;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Tests.Worlds;
using NUnit.Framework;

namespace FlowSim.Tests.ClosedForms;

/// <summary>A stall: nothing but timeout objects gets through, and they take no time.</summary>
public sealed class StallTests
{
    private const int Members = 7;

    /// <summary>Timeouts are cut to whole milliseconds, as flow-go's timer takes them.</summary>
    private const double Cut = 1e-3;

    [Test]
    public void Each_view_lasts_as_long_as_the_form_says()
    {
        double[] durations = Durations();
        foreach (Expected row in Expected.Rows("PM-T-"))
            Assert.That(row.Value - durations[row["r"]], Is.InRange(-1e-9, Cut), row.Id);
        foreach (Expected row in Expected.Rows("PM-SUM-"))
            Assert.That(row.Value - durations.Take(row["R"]).Sum(), Is.InRange(-1e-9, Cut * row["R"]), row.Id);
        Assert.That(durations.Take(29).Sum(), Is.EqualTo(347.2).Within(0.05));
    }

    [Test]
    public void All_nodes_enter_every_view_at_once_by_tc()
    {
        Progress run = Run(_ => true);
        foreach (IGrouping<View, (SimTime At, int Node, Notice.EnteredView Notice)> view
            in run.Of<Notice.EnteredView>().GroupBy(e => e.Notice.View))
        {
            Assert.That(view.Select(e => e.At).Distinct().Count(), Is.EqualTo(1));
            Assert.That(view.Count(), Is.EqualTo(Members));
            Assert.That(view.All(e => e.Notice.ByTc));
        }

        Assert.That(run.Of<Notice.Finalized>(), Is.Empty);
    }

    /// <summary>Three of seven are heard: with its own a node has four objects, and five are a quorum.</summary>
    [Test]
    public void Without_a_quorum_of_timeout_objects_the_view_stays_and_so_does_the_timeout()
    {
        Progress run = Run(sender => sender < 3, SimDuration.FromSeconds(8));
        Assert.That(run.Of<Notice.EnteredView>(), Is.Empty);
        Assert.That(run.Of<Notice.TcAssembled>(), Is.Empty);
        for (int node = 0; node < Members; node++)
        {
            SimTime[] own = [.. run.Of<Notice.TimedOut>().Where(e => e.Node == node).Select(e => e.At).Distinct()];
            Assert.That(own[0], Is.EqualTo(SimTime.FromSeconds(8)));
            Assert.That(own.Zip(own.Skip(1), (a, b) => b - a).Distinct(),
                Is.EqualTo(new[] { SimDuration.FromSeconds(5) }), "repeated after five seconds, not eight");
            Assert.That(own, Has.Length.GreaterThan(100));
        }
    }

    private static double[] Durations()
    {
        SimTime[] entered = [SimTime.Zero, .. Run(_ => true).Of<Notice.EnteredView>().Where(e => e.Node == 0)
            .Select(e => e.At)];
        return [.. entered.Zip(entered.Skip(1), (a, b) => (b - a).TotalSeconds)];
    }

    private static Progress Run(Predicate<int> speaks, SimDuration? timeout = null)
    {
        RunSpec plain = Some.World(Members);
        RunSpec spec = plain with
        {
            Network = Some.Network(SimDuration.Zero),
            Pacemaker = timeout is { } least ? plain.Pacemaker with { MinTimeout = least } : plain.Pacemaker,
            Stop = new StopCondition(new View(45), SimTime.FromSeconds(1_200)),
        };
        return Progress.Of(spec, (in Delivery d) =>
            d.Message is Message.Timeout && speaks(d.From) ? d.Arrival : SimTime.Never);
    }
}
