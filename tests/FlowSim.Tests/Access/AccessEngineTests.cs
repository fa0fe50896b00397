using System.Linq;
using FlowSim.Access;
using FlowSim.Chain;
using FlowSim.HotStuff;
using NUnit.Framework;

namespace FlowSim.Tests.Access;

/// <summary>What an access node does with transactions and scripts, event by event.</summary>
public sealed class AccessEngineTests
{
    [Test]
    public void A_transaction_goes_to_one_member_after_the_other_until_three_were_tried()
    {
        var node = new AccessNode(collectors: 5);
        TransactionId id = node.Transaction(0, 7);
        NodeId[] tried = [.. new[] { 0, 2, 4 }.Select(seconds =>
        {
            if (seconds > 0) node.Timer(seconds);
            return node.Asked().Single(e => e.Payload is Message.Pipeline.Submission).To;
        })];
        Assert.That(tried, Is.Unique.And.SubsetOf(node.Plan.MembersOf(new ClusterId(0))));
        node.Timer(6);
        Assert.That(node.Statuses(), Is.EqualTo(
            new[] { new Notice.StatusChanged(id, TransactionStatus.Refused, AccessNode.At(6)) }));
    }

    [Test]
    public void An_accepted_transaction_is_tried_no_more()
    {
        var node = new AccessNode();
        TransactionId id = node.Transaction(0, 7);
        node.Message(0.1, new Message.Pipeline.Acceptance(id, 1));
        Assert.That(node.Statuses(), Is.EqualTo(
            new[] { new Notice.StatusChanged(id, TransactionStatus.Pending, AccessNode.At(0.1)) }));
        node.Timer(2);
        Assert.That(node.Asked().Where(e => e.Kind is EffectKind.Send or EffectKind.Report), Is.Empty);
    }

    [TestCase(ReferenceChoice.LatestFinalized, 2UL)]
    [TestCase(ReferenceChoice.LatestSealed, 1UL)]
    public void A_client_refers_to_the_latest_block_of_its_choice(ReferenceChoice choice, ulong height)
    {
        var node = new AccessNode(AccessNode.AtOnce with { Reference = choice });
        Block first = node.Finalize(1);
        node.Finalize(2, seals: [new Seal(first.Id, first.Height, AccessNode.ReceiptOf(first, 0).Result)]);
        node.Transaction(3, 7);
        Transaction taken = node.Asked().Select(e => e.Payload).OfType<Notice.Submitted>().Single().Transaction;
        Assert.That(taken.ReferenceHeight, Is.EqualTo(new Height(height)));
    }

    [Test]
    public void A_transaction_is_finalized_executed_and_sealed_in_this_order()
    {
        var node = new AccessNode();
        TransactionId id = node.Transaction(0, 7);
        Collection collection = AccessNode.CollectionOf(id);
        Block block = node.Finalize(3, [node.GuaranteeOf(collection)]);
        Assert.That(node.Asked().Any(e => e.Payload is Message.Pipeline.CollectionRequest), Is.True);
        ExecutionReceipt receipt = AccessNode.ReceiptOf(block, 0);
        node.Message(4, new Message.Pipeline.Receipt(receipt));
        Assert.That(node.Statuses(), Is.Empty, "its collection is not known yet");
        node.Message(5, new Message.Pipeline.CollectionResponse([collection], 1));
        node.Finalize(9, receipts: [receipt], seals: [new Seal(block.Id, block.Height, receipt.Result)]);
        Assert.That(node.Statuses(), Is.EqualTo(new[]
        {
            new Notice.StatusChanged(id, TransactionStatus.Finalized, AccessNode.At(5)),
            new Notice.StatusChanged(id, TransactionStatus.Executed, AccessNode.At(4)),
            new Notice.StatusChanged(id, TransactionStatus.Sealed, AccessNode.At(9)),
        }));
    }

    [Test]
    public void A_receipt_is_worth_reading_once_per_unsealed_block()
    {
        var node = new AccessNode();
        Block block = node.Finalize(1);
        var first = new Message.Pipeline.Receipt(AccessNode.ReceiptOf(block, 0));
        var second = new Message.Pipeline.Receipt(AccessNode.ReceiptOf(block, 1));
        Assert.That(node.Engine.WorthOf(first), Is.EqualTo(Worth.Reading));
        node.Message(2, first);
        Assert.That(node.Engine.WorthOf(second), Is.EqualTo(Worth.Nothing));
        node.Finalize(3, seals: [new Seal(block.Id, block.Height, first.Signed.Result)]);
        Assert.That(node.Engine.WorthOf(second), Is.EqualTo(Worth.NothingEver));
    }

    [Test]
    public void Collections_are_asked_for_once_per_interval()
    {
        var node = new AccessNode(AccessSpec.FlowGo);
        node.Finalize(10, [node.GuaranteeOf(AccessNode.CollectionOf(new TransactionId(7)))]);
        Effect alarm = node.Asked().Single(e => e.Kind == EffectKind.SetEngineTimer);
        Assert.That(alarm.At, Is.GreaterThan(AccessNode.At(10)).And.LessThanOrEqualTo(AccessNode.At(11)));
        node.Timer(alarm.At.TotalSeconds);
        Assert.That(node.Asked().Count(e => e.Payload is Message.Pipeline.CollectionRequest), Is.EqualTo(1));
    }

    [Test]
    public void A_transaction_expires_600_blocks_after_its_reference_unless_a_collection_is_missing(
        [Values] bool isMissing)
    {
        var node = new AccessNode();
        TransactionId id = node.Transaction(0, 7);
        if (isMissing) node.Finalize(1, [node.GuaranteeOf(AccessNode.CollectionOf(new TransactionId(8)))]);
        while (node.Tip.Height.Value < 600) node.Finalize(2);
        Assert.That(node.Statuses(), Is.Empty);
        node.Finalize(3);
        Assert.That(node.Statuses().Select(s => (s.TransactionId, s.Status)),
            Is.EqualTo(isMissing ? [] : new[] { (id, TransactionStatus.Expired) }));
    }

    [Test]
    public void A_script_is_asked_of_those_who_executed_the_sealed_block()
    {
        var node = new AccessNode();
        Block block = node.Finalize(1);
        ExecutionReceipt receipt = AccessNode.ReceiptOf(block, 2);
        node.Finalize(2, receipts: [receipt], seals: [new Seal(block.Id, block.Height, receipt.Result)]);
        node.Asked();
        node.Transaction(3, 9, isScript: true);
        Effect asked = node.Asked().Single(e => e.Payload is Message.Pipeline.ScriptRequest);
        Assert.That(asked.To, Is.EqualTo(new NodeId(2)));
        ulong nonce = ((Message.Pipeline.ScriptRequest)asked.Payload!).Nonce;
        node.Message(4, new Message.Pipeline.ScriptResponse(block.Id, new Commitment(5), nonce));
        Assert.That(node.Asked().Select(e => e.Payload), Is.EqualTo(
            new[] { new Notice.ScriptAnswered(block.Id, block.Height, new Commitment(5)) }));
    }

    [Test]
    public void A_script_that_nobody_answers_is_answered_with_nothing()
    {
        var node = new AccessNode();
        Block block = node.Finalize(1);
        ExecutionReceipt[] receipts = [AccessNode.ReceiptOf(block, 1), AccessNode.ReceiptOf(block, 2)];
        node.Finalize(2, receipts: receipts, seals: [new Seal(block.Id, block.Height, receipts[0].Result)]);
        node.Transaction(3, 9, isScript: true);
        node.Timer(8);
        Assert.That(node.Asked().Where(e => e.Payload is Message.Pipeline.ScriptRequest).Select(e => e.To.Index),
            Is.EquivalentTo(new[] { 1, 2 }));
        node.Timer(13);
        Assert.That(node.Asked().Select(e => e.Payload),
            Does.Contain(new Notice.ScriptAnswered(block.Id, block.Height, null)));
    }
}
