using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>Each oracle about safety ends a run with the bug that it is there for.</summary>
public sealed class SafetyOracleTests
{
    private static readonly NodeSet FirstHalf = SilenceTests.Of(8, 0, 1, 2, 3);
    private static readonly NodeSet SecondHalf = SilenceTests.Of(8, 4, 5, 6, 7);

    private static readonly RunSpec Alone = Some.World(1, views: 60) with
    {
        NodeFaults = [new NodeFault.Crash(SilenceTests.During(10, 11), SilenceTests.Of(1, 0))],
    };

    private static readonly RunSpec Parted = Some.World(8, views: 60) with
    {
        LinkFaults =
        [
            new LinkFault.Cut(SilenceTests.From(0), FirstHalf, SecondHalf),
            new LinkFault.Cut(SilenceTests.From(0), SecondHalf, FirstHalf),
        ],
    };

    private static readonly RunSpec OneDown = Some.World(7, views: 60) with
    {
        NodeFaults = [new NodeFault.Crash(SilenceTests.From(0), SilenceTests.Of(7, 2))],
    };

    /// <summary>After a restart the replica does not know what it has signed.</summary>
    private static readonly Seams Forgetful = Plant.Starting(start => start with
    {
        Disk = start.Disk with { Safety = new SafetyData(new View(0), new View(0), null) },
    });

    [Test]
    public void S1_is_broken_by_halves_of_a_parted_network_that_count_only_themselves() =>
        Assert.That(Watched.Break("S1", Parted, Selfish), Does.Contain("another node finalized"));

    [Test]
    public void S1_is_broken_by_a_node_that_skips_a_height() =>
        Assert.That(Watched.Break("S1", Some.World(4, views: 40), Plant.Saying(notice =>
            notice is Notice.Finalized { Block.Height.Value: 20 } ? [] : [notice])),
            Does.Contain("finalizes height 21"));

    [Test]
    public void S2_is_broken_by_halves_of_a_parted_network_that_count_only_themselves() =>
        Assert.That(Watched.Break("S2", Parted, Selfish), Does.Contain("there is a QC for"));

    [Test]
    public void S2_is_broken_by_a_leader_that_forgets_its_proposal_in_a_crash() =>
        Assert.That(Watched.Break("S2", Alone, Forgetful), Does.Contain("proposed"));

    [Test]
    public void S3_is_broken_by_a_replica_that_forgets_what_it_signed_in_a_crash() =>
        Assert.That(Watched.Break("S3", Alone, Forgetful), Does.Contain("it voted or proposed in view"));

    [Test]
    public void S3_is_broken_by_a_vote_after_giving_up() =>
        Assert.That(Watched.Break("S3", OneDown, Plant.Saying(notice => notice is Notice.TimedOut { Timeout: var late }
            ? [notice, new Notice.Voted(new Message.Vote(late.View, default, late.Signer, true))]
            : [notice])), Does.Contain("it gave up on view"));

    [Test]
    public void S3_is_broken_by_a_timeout_object_that_is_not_repeated_as_it_was() =>
        Watched.Break("S3", OneDown, Plant.Saying(notice => notice is Notice.TimedOut { Timeout: var late }
            ? [new Notice.TimedOut(late with { Tick = 0 }), new Notice.TimedOut(late with { Tick = 0 })]
            : [notice]));

    [Test]
    public void S4_is_broken_by_leaders_that_leave_the_TC_out() =>
        Assert.That(Watched.Break("S4", OneDown, Plant.Everywhere((_, effect, into) =>
        {
            if (effect is { Kind: EffectKind.Publish, Payload: Message.Proposal whole })
                into.Publish(whole with { LastViewTc = null }, effect.At);
            else into.Add(effect);
        })), Does.Contain("neither the QC nor the TC"));

    [Test]
    public void S4_is_broken_by_messages_that_honest_nodes_reject() =>
        Assert.That(Watched.Break("S4", OneDown, Plant.Everywhere((_, effect, into) =>
        {
            if (effect is { Kind: EffectKind.BroadcastToAll, Payload: Message.Proposal whole })
                into.BroadcastToAll(whole with { LastViewTc = null });
            else into.Add(effect);
        })), Does.Contain("MissingTc"));

    [Test]
    public void S5_is_broken_by_replicas_that_count_a_smaller_committee() =>
        Assert.That(Watched.Break("S5", Some.World(8, views: 40), Selfish), Does.Contain("claims weight"));

    [Test]
    public void S6_is_broken_by_a_replica_that_loses_its_view_in_a_crash()
    {
        RunSpec spec = Some.World(7, views: 60) with
        {
            NodeFaults = [new NodeFault.Crash(SilenceTests.During(10, 12), SilenceTests.Of(7, 3))],
        };
        var root = Block.Root(new View(0));
        Assert.That(Watched.Break("S6", spec, Plant.Starting(start => start with
        {
            Disk = start.Disk with { Liveness = Disk.Bootstrapped(root).Liveness, Proposals = [] },
        })), Does.Contain("consensus-004"));
    }

    [Test]
    public void S7_is_broken_by_finality_without_a_certified_child() =>
        Assert.That(Watched.Break("S7", Some.World(4, views: 40), Plant.Saying(notice => notice switch
        {
            Notice.Incorporated { Block: var block } => [notice, new Notice.Finalized(block)],
            Notice.Finalized => [],
            _ => [notice],
        })), Does.Contain("certified child"));

    [TestCase(typeof(Notice.QcAssembled))]
    [TestCase(typeof(Notice.PartialTcAssembled))]
    [TestCase(typeof(Notice.TcAssembled))]
    public void S8_is_broken_by_a_collector_that_crosses_its_threshold_twice(System.Type certificate) =>
        Watched.Break("S8", OneDown, Plant.Saying(notice =>
            notice.GetType() == certificate ? [notice, notice] : [notice]));

    /// <summary>Replicas of either half hardly count those of the other.</summary>
    private static Seams Selfish => Plant.Starting(start =>
    {
        bool isFirstHalf = start.Self.Index < 4;
        IReadOnlyList<NodeSpec> counted =
        [
            .. Parted.Nodes.Select((node, i) => i < 4 == isFirstHalf ? node : node with { Weight = 1 }),
        ];
        return start with { Epochs = KnownEpochs.Planned(counted, Parted.Epochs, new Luck(1)) };
    });
}
