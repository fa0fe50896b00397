using System.Linq;
using FlowSim.Chain;
using FlowSim.Contracts;
using NUnit.Framework;
using static FlowSim.Tests.Contracts.SomeContracts;

namespace FlowSim.Tests.Contracts;

/// <summary>The whiteboard of the key generation and its results (FlowDKG.cdc).</summary>
public sealed class KeyGenerationTests
{
    private static KeyGeneration Fresh => InSetup.Dkg!;

    [TestCase(1, 0, 0)]
    [TestCase(2, 0, 0)]
    [TestCase(3, 0, 1)]
    [TestCase(4, 0, 1)]
    [TestCase(94, 0, 46)]
    [TestCase(94, 62, 58)]
    [TestCase(94, 10, 46)]
    public void More_than_the_threshold_must_agree(int members, int percent, int threshold) =>
        Assert.That(KeyGeneration.ThresholdOf(members, percent), Is.EqualTo(threshold));

    [Test]
    public void A_key_is_found_when_more_than_the_threshold_came_to_it()
    {
        KeyGeneration dkg = Stated(Fresh, (0, 7), (1, 8), (2, 0), (3, 0));
        Assert.That(dkg.GroupKey, Is.Zero, "one each, and two came to none");
        Assert.That(Stated(Fresh, (0, 7), (1, 8), (2, 7)).GroupKey, Is.EqualTo(7));
        Assert.That(Stated(Fresh, (0, 7), (2, 7), (1, 8), (3, 8)).GroupKey, Is.EqualTo(7), "the first one stays");
    }

    [Test]
    public void A_safe_share_asks_for_more()
    {
        KeyGeneration safe = RootOf(Planned(Nodes, Spec with { DkgSafePercent = 60 })).After(StakingEnd).Dkg!;
        Assert.That(Stated(safe, (0, 7), (2, 7)).GroupKey, Is.Zero);
        Assert.That(Stated(safe, (0, 7), (2, 7), (3, 7)).GroupKey, Is.EqualTo(7));
    }

    [Test]
    public void A_participant_states_one_result()
    {
        KeyGeneration dkg = Stated(Fresh, (0, 7));
        Assert.That(Stated(dkg, (0, 8)), Is.SameAs(dkg));
        Assert.That(dkg.HasResultOf(new NodeId(0)), Is.True);
        Assert.That(dkg.HasResultOf(new NodeId(1)), Is.False);
        Assert.That(Stated(dkg, (0, 7), (0, 7)).GroupKey, Is.Zero);
    }

    [Test]
    public void Only_participants_of_the_running_one_are_listened_to()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Stated(Fresh, (4, 7)).Results, Is.Empty);
            Assert.That(Fresh.With((ContractCall.DkgResult)Result(0, epoch: 2)).Results, Is.Empty);
            Assert.That(Fresh.With((ContractCall.DkgPost)Post(4)).Whiteboard, Is.Empty);
            Assert.That(Fresh.With((ContractCall.DkgPost)Post(0, epoch: 0)).Whiteboard, Is.Empty);
            Assert.That(Root.After(5, Post(0), Result(0)).After(StakingEnd).Dkg!.Whiteboard, Is.Empty, "too early");
            Assert.That(InSetup.After(30, Preparation).After(31, Post(0)).Dkg!.Whiteboard, Is.Empty, "too late");
        });
    }

    [Test]
    public void The_whiteboard_keeps_everything_in_order()
    {
        ContractCall[] posts = [Post(1, 2), Post(0, 2), Post(1, 2), Post(3)];
        SystemContracts contracts = InSetup.After(30, posts[..3]).After(31, posts[3], Result(1));
        Assert.That(contracts.Dkg!.Whiteboard, Is.EqualTo(posts));
        Assert.That(contracts.Dkg.Members, Is.EqualTo(Enumerable.Range(0, 4).Select(i => new NodeId(i))));
    }

    [Test]
    public void Nodes_without_weight_take_no_part()
    {
        NodeSpec[] nodes = [.. Nodes];
        nodes[2] = nodes[2] with { Weight = 0 };
        KeyGeneration dkg = RootOf(Planned(nodes)).After(StakingEnd).Dkg!;
        Assert.That(dkg.Members.Select(m => m.Index), Is.EqualTo(new[] { 0, 1, 3 }));
        Assert.That(Stated(dkg, (2, 7)), Is.SameAs(dkg));
    }

    private static KeyGeneration Stated(KeyGeneration dkg, params (int From, ulong Key)[] results) => results.Aggregate(
        dkg, (before, result) => before.With((ContractCall.DkgResult)Result(result.From, result.Key)));
}
