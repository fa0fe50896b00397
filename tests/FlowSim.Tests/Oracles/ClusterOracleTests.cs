using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Tests.Clusters;
using FlowSim.Tests.Pipeline;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>Each oracle about clusters and what they collect ends a run with the bug that it is there for.</summary>
public sealed class ClusterOracleTests
{
    private static readonly RunSpec World = ShortEpochs.World;

    private static readonly Block Root = Block.Root(new View(0));

    [Test]
    public void P1_is_broken_by_leaders_that_order_a_collection_again() =>
        Assert.That(Watched.Break("P1", World, Ordering(_ => [Naming(Root, 7)])), Does.Contain("on the same fork"));

    [Test]
    public void P1_is_broken_by_a_leader_that_orders_a_collection_twice_in_a_block() =>
        Assert.That(Watched.Break("P1", World, Ordering(parent => parent.Height.Value == 20
            ? [Naming(parent, 8), Naming(parent, 8)] : [])), Does.Contain("orders collection"));

    [Test]
    public void P1_is_silent_about_a_collection_in_blocks_of_two_forks()
    {
        // The collection is named by the height, so that a block that replaces another one repeats it.
        RunSpec torn = World with { NodeFaults = [ShortEpochs.Crash(10, 30, 0)] };
        Assert.DoesNotThrow(() => Watch(torn, Ordering(parent => [Naming(parent, 100 + parent.Height.Value)])));
    }

    [Test]
    public void P1_is_broken_by_a_cluster_that_finalizes_a_transaction_again()
    {
        Payload? kept = null;
        Assert.That(Watched.Break("P1", World, Saying(notice =>
        {
            if (notice is not Notice.OfCluster { Inner: Notice.Finalized { Block: var block } } said) return [notice];
            if (block.Payload is Payload.OfCluster { Collection.Transactions.Count: > 0 }) kept ??= block.Payload;
            return kept is null
                ? [notice]
                : [said with { Inner = new Notice.Finalized(block with { Payload = kept }) }];
        })), Does.Contain("contains transaction"));
    }

    [Test]
    public void P6_is_broken_by_clusters_that_do_not_hear_of_the_next_epoch() =>
        Assert.That(Watched.Break("P6", World, Hearing(block => block.View.Value < ShortEpochs.Views ? [block] : [])),
            Does.Contain("the cluster stops at height"));

    [Test]
    public void P6_is_broken_by_a_cluster_that_begins_before_its_epoch() =>
        Assert.That(Watched.Break("P6", World, Hearing(block => block.Height.Value < 10 ? [block]
            : [block with { View = new View(block.View.Value + ShortEpochs.Views) }])),
            Does.Contain("before that epoch"));

    [Test]
    public void P6_is_broken_by_a_member_that_skips_a_height() =>
        Assert.That(Watched.Break("P6", World, Saying(notice =>
            notice is Notice.OfCluster { Inner: Notice.Finalized { Block.Height.Value: 5 } } ? [] : [notice])),
            Does.Contain("the next height is 5"));

    [Test]
    public void P6_is_broken_by_a_member_that_finalizes_another_block()
    {
        int said = 0;
        Assert.That(Watched.Break("P6", World, Saying(notice =>
            notice is Notice.OfCluster { Inner: Notice.Finalized { Block: var block } } whole && ++said == 50
                ? [whole with { Inner = new Notice.Finalized(block.Version(1)) }] : [notice])),
            Does.Contain("another member finalized"));
    }

    [Test]
    public void P7_is_broken_by_leaders_that_order_what_has_expired() =>
        Assert.That(Watched.Break("P7", World, Ordering(parent =>
            [Naming(Root, 1_000 + parent.Height.Value)])), Does.Contain("refers to height 0"));

    [Test]
    public void P7_is_broken_by_a_collection_that_refers_to_its_own_block() =>
        Assert.That(Watched.Break("P7", World, Ordering(parent => parent.Height.Value == 20
            ? [Naming(Root, 9) with { ReferenceHeight = parent.Height.Next }] : [])),
            Does.Contain("refers to height 21"));

    private static Guarantee Naming(Block reference, ulong collection) =>
        new(new CollectionId(collection), reference.Id, reference.Height, new ClusterId(0), [new NodeId(4)]);

    private static Seams Ordering(Func<Block, IReadOnlyList<Guarantee>> orders) => Seams.Default with
    {
        Engine = (start, engine) => start.Roster.RoleOf(start.Self) == Role.Consensus
            ? new StubbornOrderer(orders, Seal.OfRoot(start.Root)) : engine,
    };

    private static Seams Saying(Func<Notice, IEnumerable<Notice>> says) => OfCollectors((meant, into) =>
    {
        if (meant is not { Kind: EffectKind.Report, Payload: Notice notice }) into.Add(meant);
        else foreach (Notice said in says(notice)) into.Report(said);
    });

    private static Seams Hearing(Func<Block, IEnumerable<Block>> hears) =>
        OfCollectors((meant, into) => into.Add(meant), hears);

    private static Seams OfCollectors(
        Action<Effect, Effects> edit, Func<Block, IEnumerable<Block>>? hears = null) => Seams.Default with
    {
        Engine = (start, engine) => start.Roster.RoleOf(start.Self) == Role.Collection
            ? new PlantedEngine(engine!, edit, hears) : engine,
    };

    private static void Watch(RunSpec spec, Seams seams) => Simulation.Run(spec,
        [FlowSim.Oracles.OracleCatalogue.Watching(spec, id => id.Equals("P1", StringComparison.Ordinal))], seams);
}
