using System.Linq;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Flow-go's scenarios of epochs, prepared by execution, verification and sealing.</summary>
/// <remarks>consensus/integration/epoch_test.go.</remarks>
public sealed class EpochChainTests
{
    private const ulong Views = EpochWorld.Views;

    private static readonly EpochChange[] Life =
        [EpochChange.SetupPhaseStarted, EpochChange.CommittedPhaseStarted, EpochChange.Transition];

    [Test]
    public void A_static_committee_goes_from_epoch_to_epoch()
    {
        EpochLife life = EpochLife.Of(EpochWorld.Of(4, epochs: 2));
        Assert.Multiple(() =>
        {
            Assert.That(life.Order, Is.EqualTo(Life.Concat(Life)));
            Assert.That(Transitions(life), Is.EqualTo(new[] { Views, 2 * Views }));
            Assert.That(life.Chain.Select(b => b.View.Value), Is.EqualTo(Enumerable.Range(1, life.Chain.Count)));
            Assert.That(life.Heard<Notice.DkgEnded>().Count(e => e.Notice.HasShare), Is.EqualTo(8));
            Assert.That(life.Heard<Notice.StateMismatch>(), Is.Empty);
        });
    }

    [Test]
    public void One_node_leaves_and_one_joins()
    {
        const int Stays = EpochWorld.Stays;
        EpochLife life = EpochLife.Of(EpochWorld.Of(1,
            EpochWorld.Consensus((0, 0), (0, Stays), (0, Stays), (0, Stays), (1, Stays))));
        Assert.Multiple(() =>
        {
            Assert.That(life.Order, Is.EqualTo(Life));
            Assert.That(life.Voters(1, Views - 1), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(life.Voters(Views, Views + 15), Is.EqualTo(new[] { 1, 2, 3, 4 }));
            Assert.That(life.Heard<Notice.DkgEnded>().Where(e => e.Notice.HasShare).Select(e => e.Node).Order(),
                Is.EqualTo(new[] { 1, 2, 3, 4 }), "who joins makes the key of its first epoch with the others");
            Assert.That(life.FinalViewOf(0), Is.EqualTo(life.Head.View.Value), "who left follows");
        });
    }

    [Test]
    public void All_consensus_nodes_are_replaced()
    {
        const int Stays = EpochWorld.Stays;
        EpochLife life = EpochLife.Of(EpochWorld.Of(1, EpochWorld.Consensus(
            (0, 0), (0, 0), (0, 0), (0, 0), (1, Stays), (1, Stays), (1, Stays), (1, Stays))));
        Assert.Multiple(() =>
        {
            Assert.That(life.Order, Is.EqualTo(Life));
            Assert.That(life.Voters(1, Views - 1), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(life.Voters(Views, Views + 15), Is.EqualTo(new[] { 4, 5, 6, 7 }));
            Assert.That(life.Chain[(int)Views - 1].View.Value, Is.EqualTo(Views), "no view is lost between them");
        });
    }

    /// <remarks>In flow-go's scenario the epoch has four views; here it must hold its own preparation.</remarks>
    [Test]
    public void An_epoch_begins_a_few_views_after_it_is_committed()
    {
        const ulong Short = 137;
        EpochLife life = EpochLife.Of(EpochWorld.Of(4, epochs: 1).Shaped(Short, threshold: 3).Until(Short + 15));
        Assert.Multiple(() =>
        {
            Assert.That(life.Order, Is.EqualTo(Life));
            Assert.That(life.First(EpochChange.CommittedPhaseStarted).Block.View.Value,
                Is.InRange(Short - 8, Short - 4));
            Assert.That(Transitions(life), Is.EqualTo(new[] { Short }));
            Assert.That(life.Heard<Notice.NoLeaderKnown>(), Is.Empty);
        });
    }

    [Test]
    public void A_joiner_without_weight_is_a_participant_that_only_follows()
    {
        NodeSpec joiner = Some.Nodes(5)[4] with { Weight = 0, FirstEpoch = 1 };
        EpochLife life = EpochLife.Of(EpochWorld.Of(1, [.. Some.Nodes(4), joiner]));
        EpochEntry epoch = life.Epochs.Current;
        Assert.Multiple(() =>
        {
            Assert.That(epoch.Counter, Is.EqualTo(1));
            Assert.That(epoch.Setup.Participants, Does.Contain(new Participant(new NodeId(4), Role.Consensus, 0)));
            Assert.That(epoch.Active(Role.Consensus).Select(node => node.Index), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(life.Heard<Notice.Bootstrapped>().Select(e => e.Node), Is.EqualTo(new[] { 4 }));
            Assert.That(life.Voters(Views, Views + 15), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(life.Heard<Notice.DkgEnded>().Select(e => e.Node), Does.Not.Contain(4));
            Assert.That(life.FinalViewOf(4), Is.EqualTo(life.Head.View.Value));
        });
    }

    private static ulong[] Transitions(EpochLife life) =>
        [.. life.Changes.Where(c => c.Change == EpochChange.Transition).Select(c => c.Block.View.Value)];
}
