using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.Upgrades;

namespace FlowSim.Executing;

/// <summary>An execution node: executes certified blocks, on forks too, and signs what it came to.</summary>
/// <remarks>
/// flow-go engine/execution/ingestion. A node that starts again executes nothing, and hears no request, before it has
/// its state.
/// </remarks>
public sealed class ExecutionEngine : IEngine
{
    private readonly ExecutionSpec spec;
    private readonly IBehaviours behaviours;
    private readonly Luck.Purpose sensitivity;
    private readonly bool isRestart;
    private readonly Seal ofRoot;
    private readonly ExecutionPlan plan;
    private readonly CollectionShelf shelf = new();
    private readonly CollectionFetcher fetcher;
    private readonly ExecutionArchive archive;
    private readonly BoundaryStop stop;
    private readonly Block newest;
    private readonly EngineAlarm alarm = new();
    private readonly List<PlannedBlock> loaded = [];
    private readonly List<Guarantee> missing = [];
    private readonly List<Collection> arrived = [];
    private readonly NodeId self;
    private Seal lastSeal;
    private SimTime nextCheck = SimTime.Never;
    private int running;
    private bool isUp;

    /// <param name="start">What the node finds.</param>
    /// <param name="spec">How execution nodes work.</param>
    /// <param name="behaviours">How this one executes which block.</param>
    /// <param name="sensitivity">The draws of the run that decide on sensitive chunks, the same for all nodes.</param>
    /// <param name="control">Where this one stops; null when it never does.</param>
    public ExecutionEngine(EngineStart start, ExecutionSpec spec, IBehaviours behaviours, Luck.Purpose sensitivity,
        StopControl? control = null)
    {
        this.spec = spec;
        this.behaviours = behaviours;
        this.sensitivity = sensitivity;
        self = start.Self;
        isRestart = start.IsRestart || start.Snapshot is not null;
        ofRoot = Seal.OfRoot(start.Root);
        ExecutionDisk disk = start.Disk.Engine as ExecutionDisk
            ?? (start.Snapshot is { } snapshot ? ExecutionDisk.Of(snapshot) : ExecutionDisk.Bootstrapped(start.Root));
        lastSeal = disk.LastSeal;
        plan = new ExecutionPlan(spec.CatchUpThreshold, disk.Blocks);
        archive = new ExecutionArchive(self, plan, shelf, spec, disk);
        archive.Restore(disk);
        stop = new BoundaryStop(control, start, plan);
        newest = start.Disk.Finalized;
        Luck.Purpose guarantors = start.Luck.For("guarantor to ask").About(start.Key);
        fetcher = new CollectionFetcher(guarantors.About(start.Disk.Finalized.Id.Value), spec.CollectionRetry,
            spec.LongestCollectionRetry);
    }

    public object? Saved => archive.Written(lastSeal);

    public void Start(SimTime now, Effects into)
    {
        stop.Finalized(newest, into);
        stop.LeaveWhenIdle(running, into);
        if (!isRestart) GoUp(now, into);
        else into.Begin(spec.Ledger == LedgerPlace.InProcess ? new Job.LoadState() : new Job.ReachLedger());
    }

    public void Incorporated(SimTime now, Block block, Effects into)
    {
        plan.Add(block);
        GoOn(now, into);
    }

    public void Finalized(SimTime now, Block block, Effects into)
    {
        lastSeal = Seal.LastAsOf(block, ofRoot);
        plan.Finalize(block);
        stop.Finalized(block, into);
        archive.Sealed(Seal.LastAsOf(plan.LastExecuted.Block, ofRoot).Height.Value, fetcher);
        GoOn(now, into);
        stop.LeaveWhenIdle(running, into);
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        if (!isUp) return;
        if (message is not Message.Pipeline.CollectionResponse response)
        {
            archive.Answer(from, message, into);
            return;
        }

        fetcher.Receive(response, arrived);
        foreach (Collection collection in arrived)
        {
            foreach (PlannedBlock planned in shelf.Put(collection)) plan.Consider(planned);
        }

        arrived.Clear();
        GoOn(now, into);
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
        alarm.Fired();
        fetcher.OnTimer(now, into);
        if (nextCheck <= now)
        {
            nextCheck = now + spec.CheckInterval;
            if (SelfCheck.Of(plan, lastSeal, ofRoot) is { } contradiction)
            {
                into.Report(contradiction);
                into.Exit();
                return;
            }
        }

        GoOn(now, into);
    }

    public void Done(SimTime now, Job job, Effects into)
    {
        switch (job)
        {
            case Job.Execute execute:
                running--;
                if (plan.Find(execute.Block.Id) is { } planned
                    && plan.Find(execute.Block.ParentId)?.Result is { } previous) Complete(planned, previous, into);
                GoOn(now, into);
                stop.LeaveWhenIdle(running, into);
                break;
            case Job.LoadState or Job.ReachLedger:
                GoUp(now, into);
                break;
        }
    }

    public void OnCall(SimTime now, ClientCall call, Effects into)
    {
    }

    public Worth WorthOf(Message message) => message switch
    {
        Message.Pipeline.CollectionResponse response => Reading(isUp && fetcher.IsAwaited(response)),
        Message.Pipeline.ReceiptRequest or Message.Pipeline.ChunkDataRequest or Message.Pipeline.ScriptRequest
            or Message.Pipeline.ContractQuery => Reading(isUp),
        _ => Worth.NothingEver,
    };

    private static Worth Reading(bool isWorthIt) => isWorthIt ? Worth.Reading : Worth.Nothing;

    private void GoUp(SimTime now, Effects into)
    {
        isUp = true;
        nextCheck = now + spec.CheckInterval;
        GoOn(now, into);
    }

    /// <summary>Begins what can be begun.</summary>
    private void GoOn(SimTime now, Effects into)
    {
        if (!isUp) return;
        plan.Load(loaded);
        foreach (PlannedBlock planned in loaded) shelf.Reserve(planned, missing);
        foreach (PlannedBlock planned in loaded) plan.Consider(planned);
        fetcher.Want(now, missing, into);
        loaded.Clear();
        missing.Clear();
        while (running < spec.ParallelBlocks && plan.Next() is { } next)
        {
            if (!stop.MayExecute(next.Block.Height)) continue;
            running++;
            into.Begin(new Job.Execute(next.Block, shelf.TransactionsOf(next)));
        }

        alarm.Within(fetcher.Deadline, into);
        alarm.Within(nextCheck, into);
    }

    /// <remarks>
    /// What is sealed already nobody needs to hear: catching up is silent. Neither need they hear of a node that was no
    /// executor as of the block (provider/engine.go).
    /// </remarks>
    private void Complete(PlannedBlock planned, ExecutionResult previous, Effects into)
    {
        Behaviour behaviour = behaviours.Of(planned.Block.Height, planned.Block.State);
        ExecutionResult result = BlockExecution.Of(planned, previous,
            previous.Contracts is null ? [] : shelf.CallsOf(planned), behaviour, sensitivity);
        plan.Complete(planned, result);
        archive.Add(planned);
        stop.Executed(planned.Block, into);
        into.Report(new Notice.Executed(result));
        foreach (ServiceEvent emitted in result.ServiceEvents)
            into.Report(new Notice.ServiceEventEmitted(planned.Block, emitted));
        if (planned.Block.Height <= lastSeal.Height || !Roster.May(self, Role.Execution, planned.Block.State)) return;
        var receipt = new Message.Pipeline.Receipt(new ExecutionReceipt(self, result));
        into.Multicast(Audience.Of(Role.Access), receipt);
        into.Multicast(Audience.Of(Role.Consensus), receipt);
        into.Multicast(Audience.Of(Role.Verification), receipt);
    }
}
