using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>Approvals of results that no block incorporates yet (engine/consensus/approvals: LruCache).</summary>
/// <remarks>Nothing is used before it is taken out, so that the least recently used is the oldest.</remarks>
internal sealed class ApprovalsCache(int capacity)
{
    private readonly Dictionary<ulong, ResultApproval> kept = [];
    private readonly Dictionary<ResultId, List<ResultApproval>> byResult = [];
    private readonly Queue<ResultApproval> byArrival = new();

    public int Count => kept.Count;

    public bool Contains(ResultApproval approval) => kept.ContainsKey(approval.Key);

    public void Add(ResultApproval approval)
    {
        if (!kept.TryAdd(approval.Key, approval)) return;
        if (!byResult.TryGetValue(approval.ResultId, out List<ResultApproval>? others))
            byResult.Add(approval.ResultId, others = []);
        others.Add(approval);
        byArrival.Enqueue(approval);
        while (byArrival.Count > capacity) Drop(byArrival.Dequeue());
    }

    /// <summary>Takes out the approvals of a result in the order of arrival; null when there are none.</summary>
    public List<ResultApproval>? Take(ResultId result)
    {
        if (!byResult.Remove(result, out List<ResultApproval>? found)) return null;
        foreach (ResultApproval approval in found) kept.Remove(approval.Key);
        return found;
    }

    private void Drop(ResultApproval oldest)
    {
        if (!kept.TryGetValue(oldest.Key, out ResultApproval? same) || !ReferenceEquals(same, oldest)) return;
        kept.Remove(oldest.Key);
        List<ResultApproval> siblings = byResult[oldest.ResultId];
        siblings.Remove(oldest);
        if (siblings.Count == 0) byResult.Remove(oldest.ResultId);
    }
}
