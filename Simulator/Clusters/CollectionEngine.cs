using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;

namespace FlowSim.Clusters;

/// <summary>A collection node: takes transactions, binds them together with its cluster, and serves collections.
/// </summary>
/// <remarks>engine/collection.</remarks>
public sealed class CollectionEngine : IEngine
{
    private readonly ClusterSpec spec;
    private readonly ClusterPlan plan;
    private readonly MainChain main;
    private readonly CollectionStore store;
    private readonly IngestRules rules;
    private readonly Propagation propagation;
    private readonly Seats seats;
    private readonly NodeId self;

    public CollectionEngine(EngineStart start, ClusterCommons commons)
    {
        (spec, plan, self) = (commons.Spec, commons.Plan, start.Self);
        var written = start.Disk.Engine as CollectionDisk;
        main = written?.Main
            ?? MainChain.Of(start.Snapshot?.Segment ?? [start.Root], plan, 2 * spec.TransactionExpiry);
        main.Reload(start.Disk);
        store = written?.Store ?? new CollectionStore();
        rules = new IngestRules(spec, main);
        propagation = new Propagation(self, spec.PropagationRedundancy,
            start.Luck.For("members that get a transaction").About(start.Key));
        seats = new Seats(self, commons, main, store, written?.Seats);
    }

    public object Saved
    {
        get
        {
            var disks = new List<SeatDisk>();
            foreach (ClusterSeat seat in seats.All) disks.Add(seat.Disk);
            return new CollectionDisk(main, store, disks);
        }
    }

    public void Start(SimTime now, Effects into)
    {
        foreach (ClusterSeat seat in seats.All) seat.Start(now, into);
    }

    public void Incorporated(SimTime now, Block block, Effects into) => main.Incorporate(block);

    public void Finalized(SimTime now, Block block, Effects into)
    {
        int before = main.Epoch;
        main.Finalize(block);
        seats.Follow(now, before, into);
        Prune();
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        switch (message)
        {
            case Message.OfCluster { Cluster: var cluster, Inner: var inner }:
                seats.Find(cluster)?.Receive(now, from, inner, into);
                break;
            case Message.Pipeline.Submission submission:
                OnSubmission(from, submission, into);
                break;
            case Message.Pipeline.Offer { Transaction: var offered }:
                if (ClusterOf(offered) is { } taker) seats.Find(taker)?.Chain.Take(offered);
                break;
            case Message.Pipeline.CollectionRequest request:
                List<Collection> found = store.Find(request.Collections);
                if (found.Count > 0) into.Send(from, new Message.Pipeline.CollectionResponse(found, request.Nonce));
                break;
        }
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
        foreach (ClusterSeat seat in seats.All) seat.OnTimer(now, timer, into);
    }

    public void Done(SimTime now, Job job, Effects into)
    {
        if (job is Job.PublishInCluster due) seats.Find(due.Proposal.Cluster)?.Publish(now, due, into);
    }

    public void OnCall(SimTime now, ClientCall call, Effects into)
    {
    }

    public Worth WorthOf(Message message) => message switch
    {
        Message.OfCluster { Cluster: var cluster, Inner: var inner } => seats.Find(cluster) is { } seat
            ? seat.WorthOf(inner)
            : seats.AreOver(plan.EpochOf(cluster)) ? Worth.NothingEver : Worth.Nothing,
        Message.Pipeline.Offer { Transaction.Id: var id } => Knows(id) ? Worth.Nothing : Worth.Reading,
        Message.Pipeline.Submission or Message.Pipeline.CollectionRequest => Worth.Reading,
        _ => Worth.NothingEver,
    };

    /// <summary>
    /// Takes a transaction for the own cluster; whichever cluster it is for, its members get it from this node.
    /// </summary>
    private void OnSubmission(NodeId from, Message.Pipeline.Submission submission, Effects into)
    {
        Transaction transaction = submission.Transaction;
        if (ClusterOf(transaction) is not { } cluster) return;
        if (seats.Find(cluster) is { } seat) seat.Chain.Take(transaction);
        propagation.Offer(transaction, cluster, plan.MembersOf(cluster), into);
        into.Send(from, new Message.Pipeline.Acceptance(transaction.Id, submission.Attempt));
    }

    /// <summary>The cluster of a transaction that may be taken, by the epoch of its reference block.</summary>
    private ClusterId? ClusterOf(Transaction transaction) =>
        rules.Admit(transaction) is { } reference
            ? plan.Route(transaction.Id, plan.EpochOf(reference))
            : null;

    private bool Knows(TransactionId id)
    {
        foreach (ClusterSeat seat in seats.All)
        {
            if (seat.Chain.Knows(id)) return true;
        }

        return false;
    }

    private void Prune()
    {
        ulong final = main.Finalized.Height.Value;
        if (final > spec.TransactionExpiry)
        {
            var expired = new Height(final - spec.TransactionExpiry);
            foreach (ClusterSeat seat in seats.All) seat.Chain.History.PruneBelow(expired);
        }

        ulong served = spec.TransactionExpiry + spec.ServingMargin;
        if (main.Sealed.Value > served) store.PruneBelow(new Height(main.Sealed.Value - served));
    }
}
