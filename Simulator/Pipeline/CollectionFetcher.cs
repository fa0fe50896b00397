using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Pipeline;

/// <summary>Gets collections from those who guarantee them, and asks again until they come.</summary>
/// <remarks>
/// flow-go engine/common/requester. A need is asked for at once; what goes to the same guarantor shares a request. A
/// retry is due at its own time here; flow-go looks at retries with the next need or batch interval.
/// </remarks>
/// <param name="chance">Draws about the node; those of a new process should differ from the old one's.</param>
/// <param name="retry">How long to wait for the first answer; each further wait is twice as long.</param>
/// <param name="longest">The longest wait.</param>
public sealed class CollectionFetcher(Luck.Purpose chance, SimDuration retry, SimDuration longest)
{
    /// <summary>Collections in a request at most (requester/engine.go: batch threshold).</summary>
    private const int MostPerRequest = 32;

    private readonly Dictionary<CollectionId, Wanted> wanted = [];
    private readonly PriorityQueue<Wanted, (SimTime At, long Order)> retries = new();
    private readonly List<(NodeId To, Wanted Wanted)> due = [];
    private long order;

    /// <summary>Collections asked for that have not come.</summary>
    public int Missing => wanted.Count;

    /// <summary>When <see cref="OnTimer"/> wants to be called next.</summary>
    public SimTime Deadline
    {
        get
        {
            while (TryPeek(out Wanted? next))
            {
                if (IsWaiting(next)) return next.RetryAt;
                retries.Dequeue();
            }

            return SimTime.Never;
        }
    }

    /// <summary>Asks for the collections that have not been asked for.</summary>
    public void Want(SimTime now, IReadOnlyList<Guarantee> guarantees, Effects into)
    {
        foreach (Guarantee guarantee in guarantees)
        {
            var want = new Wanted(guarantee);
            if (guarantee.Guarantors.Count > 0 && wanted.TryAdd(guarantee.CollectionId, want)) Ask(now, want);
        }

        Send(into);
    }

    /// <summary>Takes a response.</summary>
    /// <param name="response">What came.</param>
    /// <param name="arrived">Gets those of its collections that were missing.</param>
    public void Receive(Message.Pipeline.CollectionResponse response, List<Collection> arrived)
    {
        foreach (Collection collection in response.Collections)
        {
            if (wanted.Remove(collection.Id)) arrived.Add(collection);
        }
    }

    /// <summary>Whether a response brings anything that is missing.</summary>
    public bool IsAwaited(Message.Pipeline.CollectionResponse response)
    {
        foreach (Collection collection in response.Collections)
        {
            if (wanted.ContainsKey(collection.Id)) return true;
        }

        return false;
    }

    /// <summary>Asks again for what has been missing for too long.</summary>
    public void OnTimer(SimTime now, Effects into)
    {
        while (Deadline <= now) Ask(now, retries.Dequeue());
        Send(into);
    }

    /// <summary>Nobody needs a collection any more.</summary>
    public void Forget(CollectionId collection) => wanted.Remove(collection);

    private bool TryPeek([NotNullWhen(true)] out Wanted? next) => retries.TryPeek(out next, out _);

    private bool IsWaiting(Wanted entry) =>
        wanted.TryGetValue(entry.Guarantee.CollectionId, out Wanted? current) && current == entry;

    private void Ask(SimTime now, Wanted want)
    {
        IReadOnlyList<NodeId> guarantors = want.Guarantee.Guarantors;
        ulong draw = chance.Draw(want.Guarantee.CollectionId.Value, want.Attempts, 0);
        due.Add((guarantors[(int)Luck.Below(draw, guarantors.Count)], want));
        want.Wait = want.Attempts++ == 0
            ? SimDuration.Min(retry, longest)
            : SimDuration.Min(want.Wait + want.Wait, longest);
        want.RetryAt = now + want.Wait;
        retries.Enqueue(want, (want.RetryAt, order++));
    }

    /// <summary>One request per guarantor chosen, in the order in which they were first chosen.</summary>
    private void Send(Effects into)
    {
        for (int i = 0; i < due.Count; i++)
        {
            NodeId to = due[i].To;
            if (to.Index < 0) continue;
            Wanted first = due[i].Wanted;
            var batch = new List<CollectionId>();
            for (int k = i; k < due.Count && batch.Count < MostPerRequest; k++)
            {
                if (due[k].To != to) continue;
                batch.Add(due[k].Wanted.Guarantee.CollectionId);
                due[k] = due[k] with { To = new NodeId(-1) };
            }

            ulong nonce = chance.Draw(first.Guarantee.CollectionId.Value, first.Attempts, 1);
            into.Send(to, new Message.Pipeline.CollectionRequest(batch, nonce));
        }

        due.Clear();
    }

    private sealed class Wanted(Guarantee guarantee)
    {
        public Guarantee Guarantee { get; } = guarantee;

        public ulong Attempts { get; set; }

        public SimDuration Wait { get; set; }

        public SimTime RetryAt { get; set; }
    }
}
