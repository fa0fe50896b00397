using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Access;

/// <summary>Hands transactions to collection nodes: to one, and to the next one when it does not answer in time.
/// </summary>
/// <remarks>flow-go access/rpc/backend: a few members of the cluster at random, tried in turn; nobody tries later.
/// </remarks>
internal sealed class Submissions(AccessSpec spec, Luck.Purpose chance)
{
    private readonly Dictionary<TransactionId, Open> open = [];
    private readonly Queue<Open> waiting = new();

    /// <summary>When somebody's time to answer is over; transactions wait equally long, so the first is the oldest.
    /// </summary>
    public SimTime Deadline
    {
        get
        {
            while (waiting.TryPeek(out Open? first) && first.IsClosed) waiting.Dequeue();
            return waiting.TryPeek(out Open? next) ? next.Until : SimTime.Never;
        }
    }

    /// <summary>Begins to hand over a transaction, unless it is about to.</summary>
    public void Submit(SimTime now, Transaction transaction, IReadOnlyList<NodeId> cluster, Effects into)
    {
        if (!open.ContainsKey(transaction.Id))
            Try(now, new Open(transaction, 0, default, Chosen(transaction, cluster)), into);
    }

    /// <summary>A collection node has taken a transaction.</summary>
    /// <returns>The transaction; null if that was known, or nobody waits for it any more.</returns>
    public Transaction? Accepted(TransactionId transaction)
    {
        if (!open.Remove(transaction, out Open? done)) return null;
        done.IsClosed = true;
        return done.Transaction;
    }

    /// <summary>Tries the next node for those whose time is over.</summary>
    /// <param name="now">The present.</param>
    /// <param name="refused">Gets the transactions that nobody took.</param>
    /// <param name="into">Collects what should happen.</param>
    public void OnTimer(SimTime now, List<TransactionId> refused, Effects into)
    {
        while (Deadline <= now)
        {
            Open late = waiting.Dequeue();
            if (late.Attempt < late.Nodes.Count) Try(now, late, into);
            else if (open.Remove(late.Transaction.Id)) refused.Add(late.Transaction.Id);
        }
    }

    private void Try(SimTime now, Open last, Effects into)
    {
        Open next = last with { Attempt = last.Attempt + 1, Until = now + spec.Patience };
        open[next.Transaction.Id] = next;
        waiting.Enqueue(next);
        into.Send(next.Nodes[last.Attempt], new Message.Pipeline.Submission(next.Transaction, next.Attempt));
    }

    /// <summary>Different members in random order.</summary>
    private List<NodeId> Chosen(Transaction transaction, IReadOnlyList<NodeId> cluster)
    {
        Luck.Purpose draws = chance.About(transaction.Id.Value);
        List<NodeId> left = [.. cluster];
        List<NodeId> chosen = [];
        while (left.Count > 0 && chosen.Count < spec.MostNodes)
        {
            int place = (int)Luck.Below(draws.Draw((ulong)chosen.Count), left.Count);
            chosen.Add(left[place]);
            left.RemoveAt(place);
        }

        return chosen;
    }

    private sealed record Open(Transaction Transaction, int Attempt, SimTime Until, IReadOnlyList<NodeId> Nodes)
    {
        public bool IsClosed { get; set; }
    }
}
