using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>One replica and a chain that crosses an epoch: what it can judge, and what it may sign.</summary>
public sealed class ReplicaEpochsTests
{
    private const int Old = 10;

    private static readonly RunSpec Spec = Some.World(8) with { Epochs = Some.Epochs(Old, 1_000) };
    private static readonly Block Root = Block.Root(default);

    private static readonly IReadOnlyList<CommittedEpoch> Epochs = CommittedEpoch.Planned(
        [.. Spec.Nodes.Select((node, i) => node with { FirstEpoch = i < 4 ? 0 : 1, LastEpoch = i < 4 ? 0 : 1 })],
        Spec.Epochs, new Luck(1));

    private static readonly Message.Proposal[] Chain = ChainOf(Epochs, 14);

    [Test]
    public void A_block_of_an_unknown_epoch_waits_for_its_parent_and_is_judged_then()
    {
        var epochs = new KnownEpochs([Epochs[0]]);
        Replica replica = Replica(0, epochs, new Told(epochs));
        foreach (Message.Proposal early in Chain[Old..]) Assert.That(Notices(Take(replica, early)), Is.Empty);
        foreach (Message.Proposal proposal in Chain[..Old]) Take(replica, proposal);
        Assert.That(replica.Disk.Finalized.View.Value, Is.EqualTo(12));
        Assert.That(replica.Disk.Liveness.CurrentView.Value, Is.EqualTo(14));
    }

    [Test]
    public void A_block_of_an_unknown_epoch_is_refused_if_its_parent_is_there()
    {
        Replica replica = Replica(0, new KnownEpochs([Epochs[0]]));
        foreach (Message.Proposal proposal in Chain[..9]) Take(replica, proposal);
        Assert.That(Reasons(Take(replica, Chain[9])), Is.EqualTo(new[] { RejectReason.UnknownEpoch }));
    }

    [Test]
    public void Votes_and_timeout_objects_of_an_unknown_epoch_are_refused()
    {
        Replica replica = Replica(0, new KnownEpochs([Epochs[0]]));
        Message[] unknown =
        [
            new Message.Vote(new View(Old), Root.Id, new NodeId(5), true),
            new Message.Timeout(new View(Old), Chain[9].Block.Qc, null, new NodeId(5), 0),
        ];
        foreach (Message message in unknown)
            Assert.That(Reasons(Take(replica, message)), Is.EqualTo(new[] { RejectReason.UnknownEpoch }));
    }

    [Test]
    public void A_member_signs_in_its_epoch_only()
    {
        Assert.That(VotesOf(0), Is.SubsetOf(Enumerable.Range(1, 9)).And.Not.Empty);
        Assert.That(VotesOf(5), Is.SubsetOf(Enumerable.Range(10, 5)).And.Not.Empty);
    }

    [Test]
    public void Nobody_votes_for_an_ejected_proposer_and_an_ejected_node_votes_for_nobody_else()
    {
        NodeId first = Chain[0].Block.Proposer;
        NodeId voter = Enumerable.Range(0, 4).Select(i => new NodeId(i)).First(id => id != first);
        Assert.That(VotesFor(voter, ejected: voter), Is.Empty);
        Assert.That(VotesFor(voter, ejected: first), Is.Empty);
        Assert.That(VotesFor(voter, ejected: new NodeId(7)), Has.Exactly(1).Items);

        IEnumerable<Notice.Voted> VotesFor(NodeId self, NodeId ejected) =>
            Notices(Take(Replica(self.Index, new KnownEpochs(Epochs), standings: new Ejected(ejected, Chain[0].Block)),
                Chain[0])).OfType<Notice.Voted>();
    }

    [Test]
    public void An_extension_moves_the_end_that_the_controller_steers_to()
    {
        EpochTiming longer = Epochs[0].Timing.Extended(new View(99));
        Message.Proposal[] chain = ChainOf([Epochs[0] with { Timing = longer }], 14);
        var epochs = new KnownEpochs([Epochs[0]]);
        Replica replica = Replica(0, epochs, new Told(epochs, longer));
        double[] errors =
        [
            .. chain.SelectMany(proposal => Notices(Take(replica, proposal))).OfType<Notice.ControllerUpdated>()
                .Select(updated => updated.Observation.ErrorSeconds),
        ];
        Assert.That(errors, Has.Length.EqualTo(13), "views 2 to 14");
        Assert.That(errors[^1], Is.EqualTo((100 - 14) * 1.0 - (longer.TargetEndTimeSeconds - 1.0)).Within(1e-9));
    }

    private static IEnumerable<int> VotesOf(int node)
    {
        Replica replica = Replica(node, new KnownEpochs(Epochs));
        return [.. Chain.SelectMany(proposal => Notices(Take(replica, proposal))).OfType<Notice.Voted>()
            .Select(voted => (int)voted.Vote.View.Value)];
    }

    private static Replica Replica(
        int self, KnownEpochs epochs, IChainListener? listener = null, IStandings? standings = null) =>
        new(new ReplicaStart(new NodeId(self), Disk.Bootstrapped(Root), epochs, Spec.Pacemaker, Spec.CruiseControl,
            SafetyConstants.FlowGo, Listener: listener, Standings: standings));

    private static Message.Proposal[] ChainOf(IEnumerable<CommittedEpoch> known, int length)
    {
        var epochs = new KnownEpochs(known);
        var chain = new Message.Proposal[length];
        Block at = Root;
        for (int i = 0; i < length; i++)
        {
            View view = at.View.Next;
            at = Block.On(view, at, QuorumCertificate.Trusted(at.View, at.Id), epochs.Leader(view)!.Value);
            chain[i] = new Message.Proposal(at, null);
        }

        return chain;
    }

    private static Effects Take(Replica replica, Message message)
    {
        var effects = new Effects();
        replica.Step(SimTime.FromSeconds(1), new Input(InputKind.Received, new NodeId(1), message), effects);
        return effects;
    }

    private static Notice[] Notices(Effects effects) =>
        [.. Enumerable.Range(0, effects.Count).Select(i => effects[i].Payload).OfType<Notice>()];

    private static IEnumerable<RejectReason> Reasons(Effects effects) =>
        Notices(effects).OfType<Notice.Rejected>().Select(rejected => rejected.Reason);

    /// <summary>Learns at the fifth block that the epoch goes on, or else of the next one.</summary>
    private sealed class Told(KnownEpochs epochs, EpochTiming? longer = null) : IChainListener
    {
        public void Incorporated(SimTime now, Block block, Effects into)
        {
        }

        public void Finalized(SimTime now, Block block, Effects into)
        {
            if (block.View.Value != 5) return;
            if (longer is { } extended) epochs.Extend(extended);
            else epochs.Add(Epochs[1]);
        }
    }

    private sealed class Ejected(NodeId ejected, Block asOf) : IStandings
    {
        public bool IsEjected(NodeId node, Block block) => node == ejected && ReferenceEquals(block, asOf);
    }
}
