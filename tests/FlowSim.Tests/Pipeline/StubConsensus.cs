using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Tests.Pipeline;

/// <summary>
/// A consensus node that orders two new collections per block and brings every receipt once, and seals nothing.
/// </summary>
internal sealed class StubConsensus(IReadOnlyList<NodeId> guarantors) : IEngine, IPayloads
{
    private readonly Dictionary<BlockId, Block> blocks = [];
    private readonly List<ExecutionReceipt> receipts = [];

    public object? Saved => null;

    public Payload? Build(View view, Block parent, Effects into)
    {
        var brought = new HashSet<ulong>();
        for (Block? at = parent; at is not null; at = blocks.GetValueOrDefault(at.ParentId))
        {
            foreach (ExecutionReceipt receipt in (at.Payload as Payload.Main)?.Receipts ?? []) brought.Add(receipt.Key);
        }

        Guarantee[] guarantees = [.. Enumerable.Range(0, 2).Select(i => new Guarantee(
            CollectionOf(Mix64.Then(parent.Id.Value, (ulong)i)).Id, parent.Id, parent.Height, default, guarantors))];
        return new Payload.Main(guarantees, [.. receipts.Where(r => !brought.Contains(r.Key))], [],
            Seal.LastAsOf(parent, Seal.OfRoot(parent)));
    }

    public bool IsValid(Block block) => true;

    public void Start(SimTime now, Effects into)
    {
    }

    public void Incorporated(SimTime now, Block block, Effects into) => blocks[block.Id] = block;

    public void Finalized(SimTime now, Block block, Effects into)
    {
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        if (message is Message.Pipeline.Receipt receipt) receipts.Add(receipt.Signed);
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
    }

    public void Done(SimTime now, Job job, Effects into)
    {
    }

    public void OnCall(SimTime now, ClientCall call, Effects into)
    {
    }

    public Worth WorthOf(Message message) =>
        message is Message.Pipeline.Receipt ? Worth.Reading : Worth.NothingEver;

    /// <summary>The collection of a draw: one transaction, so that its identity says what it contains.</summary>
    private static Collection CollectionOf(ulong draw) =>
        Collection.Of([new Transaction(new TransactionId(draw), default, default, 1_000, 1)], default, default);

    /// <summary>A collection node that has every collection asked for.</summary>
    internal sealed class Collector : IEngine
    {
        public object? Saved => null;

        public void Start(SimTime now, Effects into)
        {
        }

        public void Incorporated(SimTime now, Block block, Effects into)
        {
        }

        public void Finalized(SimTime now, Block block, Effects into)
        {
        }

        public void Receive(SimTime now, NodeId from, Message message, Effects into)
        {
            if (message is not Message.Pipeline.CollectionRequest request) return;
            Collection[] found = [.. request.Collections.Select(id => new Collection(id,
                [new Transaction(new TransactionId(id.Value), default, default, 1_000, 1)], default, default))];
            into.Send(from, new Message.Pipeline.CollectionResponse(found, request.Nonce));
        }

        public void OnTimer(SimTime now, TimerKind timer, Effects into)
        {
        }

        public void Done(SimTime now, Job job, Effects into)
        {
        }

        public void OnCall(SimTime now, ClientCall call, Effects into)
        {
        }

        public Worth WorthOf(Message message) =>
            message is Message.Pipeline.CollectionRequest ? Worth.Reading : Worth.NothingEver;
    }
}
