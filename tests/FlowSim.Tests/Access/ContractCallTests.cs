using System.Linq;
using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;
using FlowSim.Tests.Contracts;
using FlowSim.Tests.Pipeline;
using NUnit.Framework;

namespace FlowSim.Tests.Access;

/// <summary>What an access node does with calls of system contracts.</summary>
public sealed class ContractCallTests
{
    private static readonly TransactionId Id = new(77);
    private static readonly ContractCall Vote = new ContractCall.ClusterVote(1, new NodeId(5));

    [Test]
    public void A_nodes_call_is_submitted_like_a_clients_and_nobody_is_told_of_it()
    {
        var node = new AccessNode();
        Block tip = node.Finalize(1);
        node.Asked();
        node.Message(2, new Message.Pipeline.NodeCall(Id, Vote), from: 5);
        Job.Serve job = node.Asked().Select(e => e.Payload).OfType<Job.Serve>().Single();
        node.Do((engine, into) => engine.Done(AccessNode.At(2), job, into));
        Message.Pipeline.Submission sent = node.Asked().Select(e => e.Payload)
            .OfType<Message.Pipeline.Submission>().Single();
        Assert.That(sent.Transaction.Id, Is.EqualTo(Id));
        Assert.That(sent.Transaction.Call, Is.EqualTo(Vote));
        Assert.That(sent.Transaction.ReferenceHeight, Is.LessThanOrEqualTo(tip.Height));
        Collection collection = Collection.Of([sent.Transaction], AccessNode.Root.Id, AccessNode.Root.Height);
        node.Message(2.1, new Message.Pipeline.Acceptance(Id, 1));
        node.Finalize(3, [node.GuaranteeOf(collection)]);
        node.Message(4, new Message.Pipeline.CollectionResponse([collection], 1));
        node.Timer(10);
        Assert.That(node.Asked().Where(e => e.Kind == EffectKind.Report
            || e.Payload is Message.Pipeline.Submission), Is.Empty);
    }

    [Test]
    public void A_nodes_call_that_nobody_takes_is_dropped_in_silence()
    {
        var node = new AccessNode();
        Serve(node, Id, Vote);
        node.Timer(2.1);
        node.Timer(4.2);
        node.Timer(6.3);
        Assert.That(node.Asked().Count(e => e.Payload is Message.Pipeline.Submission), Is.EqualTo(3));
        Assert.That(node.Statuses(), Is.Empty);
    }

    [Test]
    public void A_node_cannot_call_in_the_name_of_another_or_of_the_service_account()
    {
        var node = new AccessNode();
        Assert.That(node.Engine.WorthOf(new Message.Pipeline.NodeCall(Id, Vote)), Is.EqualTo(Worth.Reading));
        node.Message(2, new Message.Pipeline.NodeCall(Id, Vote), from: 6);
        node.Message(2, new Message.Pipeline.NodeCall(Id, new ContractCall.SetFreezePeriod(1)), from: 5);
        Assert.That(node.Asked(), Is.Empty);
    }

    [Test]
    public void The_same_call_again_is_submitted_once_while_it_is_under_way()
    {
        var node = new AccessNode();
        Serve(node, Id, Vote);
        Serve(node, Id, Vote);
        Assert.That(node.Asked().Count(e => e.Payload is Message.Pipeline.Submission), Is.EqualTo(1));
    }

    [Test]
    public void A_clients_call_is_in_its_transaction()
    {
        var call = new ContractCall.DeleteBoundary(new Height(9));
        Assert.That(SubmittedBy(new AccessNode(), call).Call, Is.EqualTo(call));
    }

    [Test]
    public void A_recovery_is_prepared_from_the_finalized_protocol_state()
    {
        ServiceEvent.EpochSetup setup = SomeContracts.Root.Clock.Current;
        var entry = EpochEntry.Of(setup, EpochPlanner.RootCommit(setup));
        var calm = new KeyValueSnapshot(KeyValueSnapshot.DefaultVersion, null,
            new EpochState(null, entry, null, false), 50, 10);
        KeyValueSnapshot extended = Evolution.Next(calm, new View(SomeContracts.End - 5), [], VersionSupport.FlowGo)
            .Snapshot;
        var node = new AccessNode(state: extended, planner: SomeContracts.Planner);
        node.Finalize(1);
        var call = (ContractCall.RecoverEpoch)SubmittedBy(node, new ContractCall.Recover(0, 0)).Call!;
        Evolved recovered = Evolution.Next(extended, new View(SomeContracts.End + 5),
            [new SealedEvents(new Height(1), [call.Event])], VersionSupport.FlowGo);
        Assert.That(recovered.Snapshot.Epochs.Phase, Is.EqualTo(EpochPhase.Committed));
        Assert.That(call.Event.Setup.Views.FirstView, Is.EqualTo(new View(SomeContracts.End + 51)));

        var mistaken = (ContractCall.RecoverEpoch)SubmittedBy(node, new ContractCall.Recover(2, 3)).Call!;
        Assert.That(mistaken.Event.Setup.Counter, Is.EqualTo(3));
        Assert.That(mistaken.Event.Setup.Views.FirstView, Is.EqualTo(new View(SomeContracts.End + 54)));
    }

    [Test]
    public void Scripts_are_asked_of_executors_as_of_the_last_final_block()
    {
        var node = new AccessNode(state: new Membership(0, (Role.Execution, [1])));
        Block block = node.Finalize(1);
        ExecutionReceipt[] receipts = [AccessNode.ReceiptOf(block, 1), AccessNode.ReceiptOf(block, 2)];
        node.Finalize(2, receipts: receipts, seals: [new Seal(block.Id, block.Height, receipts[0].Result)]);
        for (ulong call = 0; call < 20; call++) node.Transaction(3, call, isScript: true);
        Assert.That(node.Asked().Where(e => e.Payload is Message.Pipeline.ScriptRequest).Select(e => e.To.Index),
            Is.All.EqualTo(1).And.Exactly(20).Items);
    }

    private static void Serve(AccessNode node, TransactionId id, ContractCall call)
    {
        var served = new ClientCall(id.Value, false, 1_000, 1_000, call);
        node.Message(0, new Message.Pipeline.NodeCall(id, call), call.Author!.Value.Index);
        node.Do((engine, into) => engine.Done(AccessNode.At(0), new Job.Serve(served), into));
    }

    private static Transaction SubmittedBy(AccessNode node, ContractCall call)
    {
        node.Asked();
        var asked = new ClientCall(call.Key, false, 1_000, 10, call);
        node.Do((engine, into) => engine.OnCall(AccessNode.At(3), asked, into));
        return node.Asked().Select(e => e.Payload).OfType<Notice.Submitted>().Single().Transaction;
    }
}
