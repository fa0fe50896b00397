using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>Receipts that wait for the result before theirs (module/mempool/stdmap/pending_receipts.go).</summary>
/// <remarks>Full, it drops the oldest. Which one flow-go drops is not on record.</remarks>
internal sealed class PendingReceipts(int capacity)
{
    private readonly Dictionary<ulong, ExecutionReceipt> waiting = [];
    private readonly Dictionary<ResultId, List<ExecutionReceipt>> byPrevious = [];
    private readonly Queue<ExecutionReceipt> byArrival = new();

    public int Count => waiting.Count;

    public bool Contains(ExecutionReceipt receipt) => waiting.ContainsKey(receipt.Key);

    public void Add(ExecutionReceipt receipt)
    {
        if (!waiting.TryAdd(receipt.Key, receipt)) return;
        ResultId previous = receipt.Result.PreviousId;
        if (!byPrevious.TryGetValue(previous, out List<ExecutionReceipt>? others))
            byPrevious.Add(previous, others = []);
        others.Add(receipt);
        byArrival.Enqueue(receipt);
        while (waiting.Count > capacity) Forget(byArrival.Dequeue());
    }

    /// <summary>Takes out what waited for a result, in the order of arrival.</summary>
    public IReadOnlyList<ExecutionReceipt> Take(ResultId previous)
    {
        if (waiting.Count == 0 || !byPrevious.Remove(previous, out List<ExecutionReceipt>? found)) return [];
        foreach (ExecutionReceipt receipt in found) waiting.Remove(receipt.Key);
        return found;
    }

    /// <summary>Forgets receipts for blocks up to a sealed height.</summary>
    public void Prune(Height lastSealed)
    {
        int count = byArrival.Count;
        for (int i = 0; i < count; i++)
        {
            ExecutionReceipt receipt = byArrival.Dequeue();
            if (!IsWaiting(receipt)) continue;
            if (receipt.Result.Height <= lastSealed) Forget(receipt);
            else byArrival.Enqueue(receipt);
        }
    }

    private bool IsWaiting(ExecutionReceipt receipt) =>
        waiting.TryGetValue(receipt.Key, out ExecutionReceipt? same) && ReferenceEquals(same, receipt);

    private void Forget(ExecutionReceipt receipt)
    {
        if (!IsWaiting(receipt)) return;
        waiting.Remove(receipt.Key);
        List<ExecutionReceipt> siblings = byPrevious[receipt.Result.PreviousId];
        siblings.Remove(receipt);
        if (siblings.Count == 0) byPrevious.Remove(receipt.Result.PreviousId);
    }
}
