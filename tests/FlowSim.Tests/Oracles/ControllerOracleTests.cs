using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>Each oracle about the controller, blocks and epochs ends a run with the bug that it is there
/// for.</summary>
public sealed class ControllerOracleTests
{
    [Test]
    public void C1_is_broken_by_leaders_that_dawdle() =>
        Assert.That(Watched.Break("C1", Some.World(views: 40), Plant.Everywhere((_, effect, into) =>
        {
            if (effect is { Kind: EffectKind.Publish, Payload: Message.Proposal proposal })
                into.Publish(proposal, effect.At + SimDuration.FromMilliseconds(1));
            else into.Add(effect);
        })), Does.Contain("publishes at"));

    [Test]
    public void C1_is_broken_by_leaders_that_aim_elsewhere_than_the_controller() =>
        Assert.That(Watched.Break("C1", Some.World(views: 40), Plant.Saying(notice =>
            notice is Notice.Built { Block: var block, Target: var target }
                ? [new Notice.Built(block, target + SimDuration.FromMilliseconds(-1))]
                : [notice])), Does.Contain("means to publish"));

    [Test]
    public void C2_is_broken_by_a_controller_that_does_not_steer() =>
        Assert.That(Watched.Break("C2", Some.World(views: 300), Plant.Starting(start => start with
        {
            CruiseControl = start.CruiseControl with { Kp = 0, Ki = 0, Kd = 0 },
        })), Does.Contain("its target is 240 s"));

    [Test]
    public void C3_is_broken_by_other_limits_than_the_configured() =>
        Assert.That(Watched.Break("C3", Some.World(views: 40), Plant.Starting(start => start with
        {
            CruiseControl = start.CruiseControl with { MinViewDuration = SimDuration.FromMilliseconds(900) },
        })), Does.Contain("within its limits"));

    [Test]
    public void C4_is_broken_by_a_controller_that_takes_a_block_twice() =>
        Assert.That(Watched.Break("C4", Some.World(views: 40), Plant.Saying(notice =>
            notice is Notice.ControllerUpdated ? [notice, notice] : [notice])), Does.Contain("it has observed"));

    [TestCase(OwnBlockObservation.AtPublication, OwnBlockObservation.AtConstruction)]
    [TestCase(OwnBlockObservation.AtConstruction, OwnBlockObservation.AtPublication)]
    public void C4_is_broken_by_leaders_that_observe_their_own_block_at_the_other_time(
        OwnBlockObservation due, OwnBlockObservation actual)
    {
        RunSpec spec = Some.World(views: 40);
        spec = spec with { CruiseControl = spec.CruiseControl with { OwnBlock = due } };
        Assert.That(Watched.Break("C4", spec, Plant.Starting(start => start with
        {
            CruiseControl = start.CruiseControl with { OwnBlock = actual },
        })), Does.Contain("the block just taken in"));
    }

    [Test]
    public void D1_is_broken_by_a_block_that_changes_on_its_way() =>
        Assert.That(Watched.Break("D1", Some.World(views: 40), Plant.Everywhere((_, effect, into) =>
        {
            if (effect is { Kind: EffectKind.BroadcastToAll, Payload: Message.Proposal { Block: var block } whole })
                into.BroadcastToAll(whole with { Block = block with { Height = block.Height.Next } });
            else into.Add(effect);
        })), Does.Contain("elsewhere it is"));

    [Test]
    public void D1_is_broken_by_a_leader_sequence_of_another_seed()
    {
        RunSpec spec = Some.World(views: 40);
        Assert.That(Watched.Break("D1", spec, Plant.Starting(start => start with
        {
            Epochs = KnownEpochs.Planned(spec.Nodes, spec.Epochs, new Luck(spec.Seed + 1)),
        })), Does.Contain("leads the view"));
    }

    [Test]
    public void D2_is_broken_by_replicas_that_know_of_an_epoch_too_many()
    {
        RunSpec spec = Some.World(4, views: 20);
        IReadOnlyList<EpochTiming> more =
            [.. spec.Epochs, new EpochTiming(new View(40), new View(59), 16, 48)];
        Assert.That(Watched.Break("D2", spec with { Stop = new StopCondition(new View(50), SimTime.FromSeconds(100)) },
            Plant.Starting(start => start with
            {
                Epochs = KnownEpochs.Planned(spec.Nodes, more, new Luck(spec.Seed)),
            })), Does.Contain("the epochs are views 0 to 39"));
    }

    [Test]
    public void D2_is_broken_by_epochs_with_a_gap()
    {
        RunSpec spec = Some.World(4, views: 20);
        EpochTiming late = spec.Epochs[1] with { FirstView = new View(22) };
        Assert.That(Watched.Break("D2", spec with { Epochs = [spec.Epochs[0], late] }, Seams.Default),
            Does.Contain("the one before at 19"));
    }

    [Test]
    public void D3_is_broken_by_replicas_that_sign_for_their_neighbour() =>
        Assert.That(Watched.Break("D3", Some.World(4, views: 40), Plant.Starting(start => start with
        {
            Self = new NodeId((start.Self.Index + 1) % 4),
        })), Does.Contain("that is not its name"));

    [Test]
    public void Every_oracle_has_a_test_that_breaks_it()
    {
        Type[] tests = [typeof(SafetyOracleTests), typeof(LivenessOracleTests), typeof(ControllerOracleTests)];
        string[] names = [.. tests.SelectMany(type => type.GetMethods()).Select(method => method.Name)];
        var ids = new List<string>();
        OracleCatalogue.Watching(Some.World(4), id =>
        {
            ids.Add(id);
            return true;
        });
        Assert.That(ids, Has.Count.GreaterThan(20).And.Unique);
        Assert.That(ids.Where(id =>
            !names.Any(name => name.StartsWith(id + "_is_broken_by_", StringComparison.Ordinal))), Is.Empty);
    }
}
