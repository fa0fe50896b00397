using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.Upgrades;

namespace FlowSim.Verifying;

/// <summary>A verification node: executes its chunks of finalized results again, approves what comes out equal.
/// </summary>
/// <remarks>
/// flow-go engine/verification. A chunk is checked by itself, from the state that it claims to start at; of one that
/// comes out otherwise the node says nothing, and never looks at it again. Pushed receipts it does not read: results
/// come with finalized blocks.
/// </remarks>
public sealed class VerificationEngine : IEngine
{
    private readonly VerificationSpec spec;
    private readonly ChunkAssignments assignments;
    private readonly IBehaviours behaviours;
    private readonly Luck.Purpose sensitivity;
    private readonly NodeId self;
    private readonly ResultFiles files;
    private readonly ChunkQueue queue;
    private readonly ChunkRequester requester;
    private readonly ChunkStop stop;
    private readonly EngineAlarm alarm = new();
    private readonly List<ResultFile> withholding = [];
    private readonly List<ChunkJob> past = [];
    private readonly IReadOnlyList<(ExecutionResult Result, int Chunk)> unfinished;
    private readonly Block newest;
    private readonly List<(ExecutionResult Result, int Chunk)> left = [];
    private bool hasEnded;

    /// <param name="start">What the node finds.</param>
    /// <param name="spec">How verification nodes work.</param>
    /// <param name="assignments">Who checks what, shared by all.</param>
    /// <param name="behaviours">How this node executes which block.</param>
    /// <param name="sensitivity">The draws of the run that decide on sensitive chunks, the same for all nodes.</param>
    /// <param name="flag">The height at which it stops by its flag; null without one.</param>
    /// <param name="control">What makes it stop by beacons; null when nothing does.</param>
    public VerificationEngine(EngineStart start, VerificationSpec spec, ChunkAssignments assignments,
        IBehaviours behaviours, Luck.Purpose sensitivity, Height? flag = null, StopControl? control = null)
    {
        this.spec = spec;
        this.assignments = assignments;
        this.behaviours = behaviours;
        this.sensitivity = sensitivity;
        self = start.Self;
        VerificationDisk disk = start.Disk.Engine as VerificationDisk
            ?? VerificationDisk.Bootstrapped(Seal.LastAsOf(start.Disk.Finalized, Seal.OfRoot(start.Root)));
        files = new ResultFiles(disk.Files, disk.LastSeal);
        queue = new ChunkQueue(spec.ChunkWorkers);
        foreach (ResultFile written in disk.Files)
        {
            if (written.Withheld.Count > 0) withholding.Add(files.Find(written.Result.Id)!);
        }

        requester = new ChunkRequester(start, spec);
        stop = new ChunkStop(flag, control, start);
        unfinished = disk.Unfinished;
        newest = start.Disk.Finalized;
    }

    public object? Saved => new VerificationDisk(files.ToList(), [.. queue.ToList(), .. left], files.LastSeal);

    public void Start(SimTime now, Effects into)
    {
        stop.Finalized(newest);
        foreach ((ExecutionResult result, int chunk) in unfinished) Enqueue(result, chunk, into);
        TakeUp(now, into);
    }

    public void Incorporated(SimTime now, Block block, Effects into)
    {
    }

    public void Finalized(SimTime now, Block block, Effects into)
    {
        if (block.Payload is not Payload.Main payload) return;
        requester.Finalized = block;
        stop.Finalized(block);
        for (int i = 0; i < payload.Receipts.Count; i++)
        {
            if (files.Take(payload.Receipts[i]) is { } file) Assign(block, file.Result, into);
        }

        if (payload.Seals.Count > 0)
        {
            files.Seal(payload.LastSeal);
            Release(into);
        }

        TakeUp(now, into);
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        switch (message)
        {
            case Message.Pipeline.ChunkDataResponse response:
                if (queue.Find(response.ResultId, response.Chunk) is not { HasData: false } job) return;
                job.HasData = true;
                into.Begin(new Job.Verify(job.Result, job.Chunk));
                break;
            case Message.Pipeline.ApprovalRequest request:
                if (files.Find(request.ResultId)?.ApprovalOf(request.Chunk) is { } approval)
                    into.Send(from, new Message.Pipeline.Approval(approval, request.Nonce));
                break;
        }
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
        alarm.Fired();
        foreach (ChunkJob job in queue.Active)
        {
            if (job.HasData) continue;
            if (files.IsPast(job.Result)) past.Add(job);
            else requester.Ask(now, job, files, into);
        }

        foreach (ChunkJob job in past) queue.Remove(job);
        past.Clear();
        TakeUp(now, into);
    }

    public void Done(SimTime now, Job job, Effects into)
    {
        if (job is not Job.Verify verify || queue.Find(verify.Result.Id, verify.Chunk) is not { } done) return;
        queue.Remove(done);
        Judge(verify.Result, verify.Result.Chunks[verify.Chunk], into);
        TakeUp(now, into);
    }

    public void OnCall(SimTime now, ClientCall call, Effects into)
    {
    }

    public Worth WorthOf(Message message) => message switch
    {
        Message.Pipeline.ChunkDataResponse response =>
            queue.Find(response.ResultId, response.Chunk) is { HasData: false } ? Worth.Reading : Worth.Nothing,
        Message.Pipeline.ApprovalRequest => Worth.Reading,
        _ => Worth.NothingEver,
    };

    private void Assign(Block incorporating, ExecutionResult result, Effects into)
    {
        IReadOnlyList<IReadOnlyList<NodeId>> assignment = assignments.Of(incorporating.Id, result);
        for (int chunk = 0; chunk < assignment.Count; chunk++)
        {
            IReadOnlyList<NodeId> verifiers = assignment[chunk];
            for (int i = 0; i < verifiers.Count; i++)
            {
                if (verifiers[i] == self) Enqueue(result, chunk, into);
            }
        }
    }

    /// <remarks>A chunk that ends the process stays on disk, for whatever image comes up next.</remarks>
    private void Enqueue(ExecutionResult result, int chunk, Effects into)
    {
        if (stop.PassesOver(result.Height)) return;
        if (!stop.Ends(result.Height)) queue.Add(result, chunk);
        else left.Add((result, chunk));
        if (left.Count > 0 && stop.IsAtOnce) End(into);
    }

    private void End(Effects into)
    {
        if (hasEnded) return;
        hasEnded = true;
        into.Report(new Notice.StoppedAtBoundary(stop.Boundary!.Value));
        into.Exit(StopCause.Outdated);
    }

    /// <summary>Gives work to free workers; what is sealed already needs none.</summary>
    private void TakeUp(SimTime now, Effects into)
    {
        while (queue.Next() is { } next)
        {
            if (files.IsPast(next.Result)) queue.Remove(next);
        }

        if (left.Count > 0 && queue.IsEmpty) End(into);
        if (IsFetching()) alarm.Within(requester.TickAfter(now), into);
    }

    private bool IsFetching()
    {
        foreach (ChunkJob job in queue.Active)
        {
            if (!job.HasData) return true;
        }

        return false;
    }

    private void Judge(ExecutionResult result, Chunk chunk, Effects into)
    {
        ResultFile? file = files.Find(result.Id);
        Commitment end = behaviours.Of(result.Height, result.State)
            .Execute(sensitivity, chunk.Start, chunk.Content);
        if (end != chunk.End)
        {
            if (file is not null) file.HasFault = true;
            into.Report(new Notice.ChunkFault(result.BlockId, result.Id, chunk, end));
            return;
        }

        var approval = new ResultApproval(result.BlockId, result.Id, chunk.Index, self);
        if (file is null || spec.DescendantApproval || files.IsPreviousGood(result, spec.OwnApprovalSuffices))
        {
            Approve(file, approval, into);
            Release(into);
            return;
        }

        if (file.Withheld.Count == 0) withholding.Add(file);
        file.Withheld.Add(approval);
    }

    private static void Approve(ResultFile? file, ResultApproval approval, Effects into)
    {
        file?.Approvals.Add(approval);
        into.Report(new Notice.Approved(approval));
        into.Multicast(Audience.Of(Role.Consensus), new Message.Pipeline.Approval(approval));
    }

    /// <summary>Gives what was withheld and may be given now, until nothing more follows from it.</summary>
    private void Release(Effects into)
    {
        for (int i = 0; i < withholding.Count; i++)
        {
            ResultFile file = withholding[i];
            bool isPast = files.IsPast(file.Result);
            if (!isPast && !files.IsPreviousGood(file.Result, spec.OwnApprovalSuffices)) continue;
            withholding.RemoveAt(i);
            if (!isPast)
            {
                foreach (ResultApproval approval in file.Withheld) Approve(file, approval, into);
            }

            file.Withheld.Clear();
            i = -1;
        }
    }
}
