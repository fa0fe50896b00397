using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>Oracles hold each view to its own committee.</summary>
public sealed class SuccessionTests
{
    private const ulong Old = 40;

    private static readonly RunSpec World = Some.World(8, views: Old) with
    {
        Nodes =
        [
            .. Some.Nodes(8).Select((node, i) => node with
            {
                FirstEpoch = i < 4 ? 0 : 1, LastEpoch = i < 4 ? 0 : int.MaxValue,
            }),
        ],
        Stop = new StopCondition(new View(70), SimTime.FromSeconds(1_000)),
    };

    private static readonly RunSpec NextIsDown = World with
    {
        NodeFaults = [new NodeFault.Crash(SilenceTests.From(0), SilenceTests.Of(8, 5, 6))],
    };

    [Test]
    public void Liveness_is_owed_by_the_committee_at_work()
    {
        var cast = new Cast(NextIsDown);
        var calm = new Calm(cast);
        Assert.That(calm.IsLivenessOwed);
        calm.Succeed(cast.CommitteeAt(new View(Old))!, SimTime.FromSeconds(32));
        Assert.That(calm.IsLivenessOwed, Is.False, "two of four are down");
        calm.Succeed(cast.CommitteeAt(new View(0))!, SimTime.FromSeconds(33));
        Assert.That(calm.OwedFrom, Is.EqualTo(SimTime.FromSeconds(33)));
    }

    [Test]
    public void A_chain_that_stops_with_its_committee_breaks_nothing()
    {
        ulong highest = 0;
        Simulation.Run(NextIsDown,
        [
            new Listener(e => highest = e.Notice is Notice.Finalized { Block.View.Value: var view } ? view : highest),
            .. OracleCatalogue.All(NextIsDown),
        ]);
        Assert.That(highest, Is.InRange(30, Old));
    }

    [Test]
    public void A_committee_that_takes_over_and_does_nothing_is_found() => Assert.That(
        Watched.Break("L5", World, Plant.Starting(start => start with
        {
            Epochs = new KnownEpochs([start.Epochs.All[0]]),
        })), Does.Contain("a higher one was entered"));

    [Test]
    public void A_member_that_votes_on_after_its_epoch_is_found() => Assert.That(
        Watched.Break("D3", World, Plant.Starting(start => start with
        {
            Epochs = new KnownEpochs(start.Epochs.All.Select((epoch, i) => i == 0 ? epoch : epoch with
            {
                Committee = start.Epochs.All[0].Committee,
            })),
        })), Does.Contain("it is not in the committee"));

    [Test]
    public void A_certificate_of_an_epoch_that_nobody_committed_is_found()
    {
        var cast = new Cast(World, [CommittedEpoch.Planned(World.Nodes, World.Epochs, new Luck(World.Seed))[0]]);
        InvariantViolation? broken = Assert.Throws<InvariantViolation>(
            () => Simulation.Run(World, [new Panel(cast, [new CertificatesAddUp(cast)])]));
        Assert.That(broken!.Message, Does.StartWith("S5 at ").And.Contain("no epoch with this view is committed"));
    }

    [Test]
    public void The_cast_hears_of_an_epoch_once_and_of_an_extension()
    {
        var planned = CommittedEpoch.Planned(World.Nodes, World.Epochs, new Luck(World.Seed));
        var cast = new Cast(World, [planned[0]]);
        Assert.That(cast.IsMember(new NodeId(5), new View(Old)), Is.False);
        for (int node = 0; node < 2; node++) cast.Commit(planned[1]);
        Assert.That(cast.IsMember(new NodeId(5), new View(Old)));
        Assert.That(cast.IsMember(new NodeId(0), new View(Old)), Is.False);
        Assert.That(cast.IsMember(new NodeId(0), new View(Old - 1)));
        EpochTiming longer = planned[1].Timing.Extended(new View(200));
        for (int node = 0; node < 2; node++) cast.Extend(longer);
        Assert.That(cast.CommitteeAt(new View(200)), Is.SameAs(planned[1].Committee));
        Assert.That(cast.CommitteeAt(new View(201)), Is.Null);
    }

    [Test]
    public void Safety_is_owed_up_to_the_epoch_of_a_committee_of_liars()
    {
        RunSpec spec = World with { Liars = [new Liar.VoteWithholder(SilenceTests.Of(8, 5, 6))] };
        var cast = new Cast(spec);
        Assert.That(cast.IsSafetyOwed(new View(Old - 1)));
        Assert.That(cast.IsSafetyOwed(new View(Old)), Is.False);
    }
}
