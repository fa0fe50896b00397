using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Clusters;

/// <summary>Transactions that wait for a collection, in order of arrival; a full one drops the oldest.</summary>
/// <remarks>module/mempool/herocache/transactions.go. It does not survive the process.</remarks>
/// <param name="limit">How many may wait.</param>
public sealed class Mempool(int limit)
{
    private readonly LinkedList<Transaction> order = [];
    private readonly Dictionary<TransactionId, LinkedListNode<Transaction>> places = [];

    public int Count => order.Count;

    /// <summary>The transaction that has waited longest; the others follow it.</summary>
    public LinkedListNode<Transaction>? First => order.First;

    public bool Contains(TransactionId id) => places.ContainsKey(id);

    /// <summary>Lets a transaction wait that does not yet.</summary>
    public void Add(Transaction transaction)
    {
        if (places.ContainsKey(transaction.Id)) return;
        places.Add(transaction.Id, order.AddLast(transaction));
        if (order.Count > limit) Remove(order.First!.Value.Id);
    }

    public void Remove(TransactionId id)
    {
        if (places.Remove(id, out LinkedListNode<Transaction>? place)) order.Remove(place);
    }
}
