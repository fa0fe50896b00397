using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Network;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Either side of one third, and how much one vote weighs when there is just a quorum.</summary>
public sealed class ThirdTests
{
    [Test]
    public void With_two_of_seven_down_blocks_become_final() =>
        Assert.That(FinalizedView(WithDown(2), null), Is.GreaterThan(new View(20)));

    [Test]
    public void With_three_of_seven_down_no_view_ends_and_nothing_becomes_final()
    {
        View highest = default;
        Simulation.Run(WithDown(3), [new Listener(e =>
        {
            if (e.Notice is Notice.EnteredView { View: var view }) highest = View.Max(highest, view);
        })]);
        Assert.That(highest, Is.EqualTo(default(View)), "neither QC nor TC can form");
        Assert.That(FinalizedView(WithDown(3), null), Is.EqualTo(default(View)));
    }

    /// <summary>With just a quorum up, every vote is needed: losing a single one costs its view.</summary>
    [Test]
    public void Dropping_one_named_vote_costs_its_view()
    {
        RunSpec spec = WithDown(2);
        (View View, NodeId Signer) victim = AVoteOnItsWay(spec);
        DeliverySchedule drop = (in Delivery d) =>
            d.Message is Message.Vote vote && (vote.View, vote.Signer) == victim ? SimTime.Never : d.Arrival;
        Assert.That(IsFinal(spec, victim.View, null), Is.True);
        Assert.That(IsFinal(spec, victim.View, drop), Is.False);
    }

    /// <summary>The first vote sent over the network for a block that becomes final.</summary>
    private static (View View, NodeId Signer) AVoteOnItsWay(RunSpec spec)
    {
        var votes = new System.Collections.Generic.List<(View View, NodeId Signer)>();
        Simulation.Run(spec, [], Seams.Default with
        {
            Schedule = (in Delivery d) =>
            {
                if (d.Message is Message.Vote vote) votes.Add((vote.View, vote.Signer));
                return d.Arrival;
            },
        });
        return votes.First(vote => IsFinal(spec, vote.View, null));
    }

    private static RunSpec WithDown(int down)
    {
        RunSpec spec = Some.World(7, views: 100);
        return spec with
        {
            NodeFaults =
            [
                new NodeFault.Crash(new Window(SimTime.Zero, SimTime.Never),
                    new NodeSet(7, Enumerable.Range(0, down))),
            ],
        };
    }

    private static View FinalizedView(RunSpec spec, DeliverySchedule? schedule)
    {
        View highest = default;
        Simulation.Run(spec, [new Listener(e =>
        {
            if (e.Notice is Notice.Finalized(var block)) highest = View.Max(highest, block.View);
        })], Seams.Default with { Schedule = schedule });
        return highest;
    }

    private static bool IsFinal(RunSpec spec, View view, DeliverySchedule? schedule)
    {
        bool isFinal = false;
        Simulation.Run(spec, [new Listener(e =>
            isFinal |= e.Notice is Notice.Finalized(var block) && block.View == view)],
            Seams.Default with { Schedule = schedule });
        return isFinal;
    }
}
