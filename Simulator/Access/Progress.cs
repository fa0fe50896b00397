using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Access;

/// <summary>How far the node's own transactions have come, as it would tell their clients.</summary>
/// <remarks>
/// flow-go derives the status when a client asks (access/rpc/backend/transactions/status); here it is stated when it
/// changes. A transaction counts as finalized once its block is and its collection is known.
/// </remarks>
internal sealed class Progress(ulong expiry, Height alreadySealed)
{
    private readonly Dictionary<TransactionId, Transaction> pending = [];
    private readonly Queue<Transaction> byAge = new();
    private readonly Dictionary<CollectionId, Landed> awaited = [];
    private readonly Queue<Landed> unsealed = new();
    private readonly Dictionary<BlockId, SimTime> executed = [];
    private readonly Queue<(BlockId Block, Height Height)> executedByAge = new();

    /// <summary>Height of the newest sealed block, as of the finalized chain.</summary>
    public Height Sealed { get; private set; } = alreadySealed;

    /// <summary>A transaction of the node's own clients.</summary>
    public void Track(Transaction transaction)
    {
        if (pending.TryAdd(transaction.Id, transaction)) byAge.Enqueue(transaction);
    }

    /// <summary>Nobody took the transaction.</summary>
    public void Drop(SimTime now, TransactionId transaction, Effects into)
    {
        if (pending.Remove(transaction)) State(transaction, TransactionStatus.Refused, now, into);
    }

    /// <summary>Whether a receipt for a block would be news.</summary>
    public bool Awaits(BlockId block, Height height) => height > Sealed && !executed.ContainsKey(block);

    /// <summary>A main-chain block is final.</summary>
    public void Finalized(SimTime now, Block block, Seal lastSeal, Effects into)
    {
        if (block.Payload is not Payload.Main payload) return;
        var landed = new Landed(block);
        unsealed.Enqueue(landed);
        foreach (Guarantee guarantee in payload.Guarantees) awaited[guarantee.CollectionId] = landed;
        Seal(now, lastSeal.Height, into);
        Expire(now, block.Height, into);
    }

    /// <summary>A collection of a finalized block has come.</summary>
    public void Found(SimTime now, Collection collection, Effects into)
    {
        if (!awaited.Remove(collection.Id, out Landed? landed)) return;
        foreach (Transaction transaction in collection.Transactions)
        {
            if (!pending.Remove(transaction.Id)) continue;
            landed.Own.Add(transaction.Id);
            State(transaction.Id, TransactionStatus.Finalized, now, into);
            if (executed.TryGetValue(landed.Block.Id, out SimTime since))
                State(transaction.Id, TransactionStatus.Executed, since, into);
            if (landed.Block.Height <= Sealed) State(transaction.Id, TransactionStatus.Sealed, now, into);
        }
    }

    /// <summary>Some execution node has executed a block.</summary>
    public void Executed(SimTime now, BlockId block, Height height, Effects into)
    {
        if (!Awaits(block, height)) return;
        executed.Add(block, now);
        executedByAge.Enqueue((block, height));
        foreach (Landed landed in unsealed)
        {
            if (landed.Block.Id != block) continue;
            foreach (TransactionId own in landed.Own) State(own, TransactionStatus.Executed, now, into);
        }
    }

    /// <summary>States what is sealed; who was never seen executed was so before.</summary>
    private void Seal(SimTime now, Height height, Effects into)
    {
        if (height > Sealed) Sealed = height;
        while (unsealed.TryPeek(out Landed? oldest) && oldest.Block.Height <= Sealed)
        {
            unsealed.Dequeue();
            if (!executed.ContainsKey(oldest.Block.Id))
            {
                executed.Add(oldest.Block.Id, now);
                executedByAge.Enqueue((oldest.Block.Id, oldest.Block.Height));
                foreach (TransactionId own in oldest.Own) State(own, TransactionStatus.Executed, now, into);
            }

            foreach (TransactionId own in oldest.Own) State(own, TransactionStatus.Sealed, now, into);
        }

        Forget();
    }

    /// <summary>Executed blocks are remembered until collections that come late have certainly come or never will.
    /// </summary>
    private void Forget()
    {
        while (executedByAge.TryPeek(out (BlockId Block, Height Height) oldest)
            && oldest.Height.Value + expiry < Sealed.Value)
        {
            executed.Remove(oldest.Block);
            executedByAge.Dequeue();
        }
    }

    /// <remarks>flow-go calls nothing expired while a collection below is missing.</remarks>
    private void Expire(SimTime now, Height finalized, Effects into)
    {
        while (byAge.TryPeek(out Transaction? oldest))
        {
            bool isOpen = pending.ContainsKey(oldest.Id);
            if (isOpen && (oldest.ReferenceHeight.Value + expiry >= finalized.Value || awaited.Count > 0)) return;
            byAge.Dequeue();
            if (isOpen && pending.Remove(oldest.Id)) State(oldest.Id, TransactionStatus.Expired, now, into);
        }
    }

    /// <summary>Tells the client.</summary>
    public static void State(
        TransactionId transaction, TransactionStatus status, SimTime since, Effects into) =>
        into.Report(new Notice.StatusChanged(transaction, status, since));

    /// <summary>A finalized block and the node's own transactions in it, as far as collections have come.</summary>
    private sealed class Landed(Block block)
    {
        public Block Block { get; } = block;

        public List<TransactionId> Own { get; } = [];
    }
}
