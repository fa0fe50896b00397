using System;
using FlowSim.Analysis.Divergence;
using FlowSim.Chain;
using FlowSim.Tests.Pipeline;
using FlowSim.Tests.ProtocolState;
using FlowSim.Tests.Worlds;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Divergence;

/// <summary>What nodes can tell afterwards of the version that holds for an old block.</summary>
public sealed class VersionAnswerTests
{
    private const int Nodes = 3;

    private readonly Block[] chain = Chain(20);

    [Test]
    public void Nothing_is_known_where_nobody_keeps_anything() =>
        Assert.That(Asked(new RollingUpgrade(), _ => { }), Is.EqualTo(1));

    [Test]
    public void Who_indexed_all_beacons_agrees_with_the_others() =>
        Assert.That(Asked(Hcu(BeaconKnowledge.Snapshot), _ => { }), Is.Zero);

    /// <remarks>The beacon is sealed at height 5 and said again at 14; the third node begins at 8, so that it has 13
    /// blocks, and cannot tell of 8 and 9 if it only remembers: 2 of 13 + 40.</remarks>
    [TestCase(BeaconKnowledge.MemoryOnly, 2d / 53)]
    [TestCase(BeaconKnowledge.Snapshot, 0)]
    [TestCase(BeaconKnowledge.ProtocolState, 0)]
    public void A_node_that_joins_knows_what_its_snapshot_tells(BeaconKnowledge knowledge, double share) =>
        Assert.That(Asked(Hcu(knowledge), _ => { }, joinsAt: 8), Is.EqualTo(share).Within(1e-12));

    [Test]
    public void A_block_tells_its_own_version_to_everybody_who_has_it() =>
        Assert.That(Asked(new ProtocolVersionUpgrade(), _ => { }, joinsAt: 8), Is.Zero);

    [Test]
    public void What_a_restored_node_has_not_got_back_is_not_asked_of_it() =>
        Assert.That(Asked(Hcu(BeaconKnowledge.Snapshot),
            answers => answers.On(1, new Notice.Restored(new Height(3), new Height(20)))), Is.EqualTo(3d / 43),
            "it has three blocks, and forgot the beacon that was sealed at 5");

    [Test]
    public void A_clone_knows_what_its_source_knows() =>
        Assert.That(Asked(Hcu(BeaconKnowledge.MemoryOnly), answers =>
        {
            answers.On(2, new Notice.Restored(new Height(20), new Height(20)));
            answers.On(2, new Notice.Cloned(new NodeId(0)));
        }, joinsAt: 8), Is.Zero, "alone the third node could not tell of two blocks");

    [Test]
    public void Of_two_answers_neither_counts()
    {
        Block other = SomeChain.On(chain[18], new Payload.Main([], [], [], SomeChain.RootSeal,
            SomeEpochs.In(FlowSim.ProtocolState.EpochPhase.Staking) with { Version = 7 }));
        double? share = Asked(new ProtocolVersionUpgrade(), answers =>
        {
            answers.On(1, new Notice.Restored(new Height(19), new Height(20)));
            answers.On(1, new Notice.Finalized(other));
        });
        Assert.That(share, Is.EqualTo(3d / 60));
    }

    /// <summary>Three nodes finalize the chain, of which the last may begin in its midst.</summary>
    private double? Asked(Strategy strategy, Action<VersionAnswers> also, int? joinsAt = null)
    {
        var answers = new VersionAnswers(FiveRoles.Spec with
        {
            Upgrade = new UpgradeSpec { Images = [], Strategy = strategy },
        });
        for (int height = 1; height <= chain.Length; height++)
        {
            for (int node = 0; node < Nodes; node++)
            {
                if (node == Nodes - 1 && height == joinsAt)
                    answers.On(node, new Notice.Bootstrapped(chain[height - 1]));
                else if (node < Nodes - 1 || joinsAt is null || height > joinsAt)
                    answers.On(node, new Notice.Finalized(chain[height - 1]));
            }
        }

        also(answers);
        return answers.Ambiguity(chain[^1].Height, node => node < Nodes);
    }

    private static HeightCoordinatedUpgrade Hcu(BeaconKnowledge knowledge) => new(knowledge);

    /// <summary>A chain whose block at height 5 seals a beacon of height 10, and the one at 14 it again.</summary>
    private static Block[] Chain(int length)
    {
        var blocks = new Block[length];
        Block parent = SomeChain.Root;
        for (int i = 0; i < length; i++)
        {
            ServiceEvent[] events = i + 1 == 5 ? [Beacon((0, "0.0.0"), (10, "0.42.0"))]
                : i + 1 == 14 ? [Beacon((10, "0.42.0"))]
                : [];
            Seal[] seals = events.Length == 0 ? [] : [new Seal(parent.Id, parent.Height,
                SomeChain.RootSeal.Result with { ServiceEvents = events })];
            parent = blocks[i] = SomeChain.On(parent, new Payload.Main([], [], seals, SomeChain.RootSeal));
        }

        return blocks;
    }

    private static ServiceEvent.VersionBeacon Beacon(params (ulong Height, string Version)[] boundaries) => new(
        Array.ConvertAll(boundaries, entry => new VersionBoundary(new Height(entry.Height), entry.Version)), 1);
}
