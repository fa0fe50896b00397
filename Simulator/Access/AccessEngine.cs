using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Contracts;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;

namespace FlowSim.Access;

/// <summary>An access node: takes transactions and scripts, and knows how far transactions have come.</summary>
/// <remarks>Nothing of it survives the process: flow-go persists collections and receipts, but a client whose call was
/// lost calls another node.</remarks>
public sealed class AccessEngine : IEngine
{
    /// <summary>Size and computation limit of a node's own transaction: a client's by default.</summary>
    private const long NodeCallBytes = 1_000;
    private const long NodeCallGas = 1_000;

    private readonly AccessSpec spec;
    private readonly ClusterPlan clusters;
    private readonly EpochPlanner? planner;
    private readonly Submissions submissions;
    private readonly Scripts scripts;
    private readonly Progress progress;
    private readonly CollectionFetcher fetcher;
    private readonly EngineAlarm alarm = new();
    private readonly Dictionary<ulong, Transaction> served = [];
    private readonly List<Guarantee> needed = [];
    private readonly List<Collection> arrived = [];
    private readonly List<TransactionId> refused = [];
    private readonly Queue<ExecutionReceipt> receipts = new();
    private readonly List<NodeId> executors = [];
    private readonly SimDuration phase;
    private SimTime nextFetch = SimTime.Never;
    private Block finalized;
    private Seal lastSeal;

    /// <param name="start">What the node finds.</param>
    /// <param name="spec">How access nodes work.</param>
    /// <param name="clusters">Which cluster takes what.</param>
    /// <param name="planner">What epochs are made of; null in worlds without contracts.</param>
    public AccessEngine(EngineStart start, AccessSpec spec, ClusterPlan clusters, EpochPlanner? planner = null)
    {
        this.spec = spec;
        this.clusters = clusters;
        this.planner = planner;
        submissions = new Submissions(spec, start.Luck.For("collection nodes to submit to").About(start.Key));
        scripts = new Scripts(spec, start.Luck.For("execution nodes to ask").About(start.Key));
        fetcher = new CollectionFetcher(start.Luck.For("guarantors to ask").About(start.Key), spec.FetchRetry,
            spec.FetchLongest);
        finalized = start.Disk.Finalized;
        lastSeal = Seal.LastAsOf(finalized, Seal.OfRoot(start.Root));
        progress = new Progress(spec.Expiry, lastSeal.Height);
        phase = spec.FetchInterval == SimDuration.Zero ? SimDuration.Zero : new SimDuration(Luck.Below(
            start.Luck.For("phase of the requester").Draw(start.Key), spec.FetchInterval.Nanoseconds));
    }

    public object? Saved => null;

    public void Start(SimTime now, Effects into)
    {
    }

    public void Incorporated(SimTime now, Block block, Effects into)
    {
    }

    public void Finalized(SimTime now, Block block, Effects into)
    {
        finalized = block;
        lastSeal = Seal.LastAsOf(block, lastSeal);
        progress.Finalized(now, block, lastSeal, into);
        if (block.Payload is not Payload.Main payload) return;
        foreach (ExecutionReceipt receipt in payload.Receipts) receipts.Enqueue(receipt);
        while (receipts.TryPeek(out ExecutionReceipt? oldest) && oldest.Result.Height < lastSeal.Height)
            receipts.Dequeue();
        needed.AddRange(payload.Guarantees);
        if (needed.Count > 0 && nextFetch == SimTime.Never) nextFetch = NextFetch(now);
        Wake(now, into);
    }

    public void OnCall(SimTime now, ClientCall call, Effects into)
    {
        if (!call.IsScript)
        {
            Transaction transaction = TransactionOf(call);
            served.Add(call.Id, transaction);
            progress.Track(transaction);
            into.Report(new Notice.Submitted(transaction));
        }

        into.Begin(new Job.Serve(call));
    }

    public void Done(SimTime now, Job job, Effects into)
    {
        ClientCall call = ((Job.Serve)job).Call;
        if (served.Remove(call.Id, out Transaction? transaction))
        {
            if (clusters.Route(transaction.Id, clusters.EpochOf(finalized)) is { } cluster)
                submissions.Submit(now, transaction, clusters.MembersOf(cluster), into);
            else progress.Drop(now, transaction.Id, into);
        }
        else
        {
            scripts.Ask(now, call.Id, lastSeal, Executors(), into);
        }

        Wake(now, into);
    }

    public Worth WorthOf(Message message) => message switch
    {
        Message.Pipeline.Receipt { Signed.Result: var result } => result.Height <= progress.Sealed
            ? Worth.NothingEver
            : progress.Awaits(result.BlockId, result.Height) ? Worth.Reading : Worth.Nothing,
        Message.Pipeline.Acceptance or Message.Pipeline.CollectionResponse or Message.Pipeline.ScriptResponse
            or Message.Pipeline.NodeCall => Worth.Reading,
        _ => Worth.NothingEver,
    };

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        switch (message)
        {
            case Message.Pipeline.Receipt { Signed.Result: var result }:
                progress.Executed(now, result.BlockId, result.Height, into);
                break;
            case Message.Pipeline.Acceptance accepted:
                if (submissions.Accepted(accepted.TransactionId) is { } taken && taken.Call?.Author is null)
                    Progress.State(accepted.TransactionId, TransactionStatus.Pending, now, into);
                break;
            case Message.Pipeline.CollectionResponse response:
                fetcher.Receive(response, arrived);
                foreach (Collection collection in arrived) progress.Found(now, collection, into);
                arrived.Clear();
                break;
            case Message.Pipeline.NodeCall call:
                OnNodeCall(from, call, into);
                break;
            case Message.Pipeline.ScriptResponse response:
                scripts.Answered(now, response, into);
                break;
        }
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
        alarm.Fired();
        submissions.OnTimer(now, refused, into);
        foreach (TransactionId transaction in refused) progress.Drop(now, transaction, into);
        refused.Clear();
        scripts.OnTimer(now, into);
        fetcher.OnTimer(now, into);
        Wake(now, into);
    }

    /// <summary>A node's own transaction goes the way of a client's, but nobody is told how far it has come.</summary>
    private void OnNodeCall(NodeId from, Message.Pipeline.NodeCall asked, Effects into)
    {
        if (asked.Call.Author != from) return;
        var call = new ClientCall(asked.Id.Value, false, NodeCallBytes, NodeCallGas, asked.Call);
        if (served.TryAdd(call.Id, TransactionOf(call))) into.Begin(new Job.Serve(call));
    }

    private Transaction TransactionOf(ClientCall call)
    {
        (BlockId id, Height height) = spec.Reference == ReferenceChoice.LatestSealed
            ? (lastSeal.BlockId, lastSeal.Height)
            : (finalized.Id, finalized.Height);
        return new Transaction(new TransactionId(call.Id), id, height, call.Bytes, call.Gas,
            Recoveries.Prepare(call.Contract, finalized.State, planner));
    }

    /// <summary>Asks for collections if it is time, and sees to it that the timer expires in time.</summary>
    private void Wake(SimTime now, Effects into)
    {
        if (nextFetch <= now)
        {
            fetcher.Want(now, needed, into);
            needed.Clear();
            nextFetch = SimTime.Never;
        }

        alarm.Within(nextFetch, into);
        alarm.Within(submissions.Deadline, into);
        alarm.Within(scripts.Deadline, into);
        alarm.Within(fetcher.Deadline, into);
    }

    /// <remarks>The requester looks at what it has to ask for at fixed intervals since its node started.</remarks>
    private SimTime NextFetch(SimTime now)
    {
        long interval = spec.FetchInterval.Nanoseconds;
        if (interval == 0) return now;
        long since = (now - SimTime.Zero - phase).Nanoseconds % interval;
        return now + new SimDuration(since <= 0 ? -since : interval - since);
    }

    private List<NodeId> Executors()
    {
        executors.Clear();
        foreach (ExecutionReceipt receipt in receipts)
        {
            if (receipt.Result.Id == lastSeal.Result.Id && !executors.Contains(receipt.Executor)
                && Roster.May(receipt.Executor, Role.Execution, finalized.State))
                executors.Add(receipt.Executor);
        }

        return [.. executors];
    }
}
