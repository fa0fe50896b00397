using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;

namespace FlowSim.Verifying;

/// <summary>Asks execution nodes for the data of chunks, on a regular tick, and again until it comes.</summary>
/// <remarks>
/// flow-go engine/verification/requester. Asked are nodes whose receipts for it are on the chain; when these are
/// too few, others are asked as well, but none that signed another result. Its ticks lie anywhere in the interval.
/// </remarks>
internal sealed class ChunkRequester
{
    private readonly VerificationSpec spec;
    private readonly Roster roster;
    private readonly Luck.Purpose chance;
    private readonly long phase;
    private readonly List<NodeId> targets = [];
    private readonly List<NodeId> others = [];

    /// <param name="start">What the node finds.</param>
    /// <param name="spec">How verification nodes work.</param>
    public ChunkRequester(EngineStart start, VerificationSpec spec)
    {
        this.spec = spec;
        roster = start.Roster;
        Finalized = start.Disk.Finalized;
        chance = start.Luck.For("executor to ask").About(start.Key).About(start.Disk.Finalized.Id.Value);
        phase = Luck.Below(chance.Draw(0), spec.RequestInterval.Nanoseconds);
    }

    /// <summary>The last finalized block: says who executes.</summary>
    public Block Finalized { get; set; }

    /// <summary>The first tick after an instant.</summary>
    public SimTime TickAfter(SimTime now)
    {
        long interval = spec.RequestInterval.Nanoseconds;
        long since = now.Nanoseconds - phase;
        long ticks = since >= 0 ? since / interval : -1 - ((-since - 1) / interval);
        return new SimTime((ticks + 1) * interval + phase);
    }

    /// <summary>Asks for a chunk's data if its time has come.</summary>
    public void Ask(SimTime now, ChunkJob job, ResultFiles files, Effects into)
    {
        if (job.HasData || job.RetryAt > now) return;
        ulong key = Mix64.Then(job.Result.Id.Value, (ulong)job.Chunk);
        job.Attempts++;
        job.Wait = job.Attempts == 1
            ? spec.RequestRetry
            : SimDuration.Min(job.Wait + job.Wait, spec.LongestRequestRetry);
        job.RetryAt = now + job.Wait;
        Choose(job, files, key);
        var request = new Message.Pipeline.ChunkDataRequest(
            job.Result.Id, job.Chunk, chance.Draw(key, job.Attempts));
        foreach (NodeId target in targets) into.Send(target, request);
    }

    private void Choose(ChunkJob job, ResultFiles files, ulong key)
    {
        targets.Clear();
        others.Clear();
        foreach (NodeId executor in roster.Of(Role.Execution, Finalized.State))
        {
            if (IsExecutor(job, files, executor)) targets.Add(executor);
            else if (!files.Contradicts(executor, job.Result)) others.Add(executor);
        }

        Sample(targets, spec.RequestTargets, key, job.Attempts, 1);
        Sample(others, spec.RequestTargets - targets.Count, key, job.Attempts, 2);
        targets.AddRange(others);
    }

    private static bool IsExecutor(ChunkJob job, ResultFiles files, NodeId executor)
    {
        foreach (NodeId one in files.Find(job.Result.Id)?.Executors ?? [])
        {
            if (one == executor) return true;
        }

        return false;
    }

    /// <summary>Leaves some nodes of a list, in random order.</summary>
    private void Sample(List<NodeId> nodes, int count, ulong key, ulong attempt, ulong list)
    {
        int kept = int.Min(count, nodes.Count);
        for (int i = 0; i < kept; i++)
        {
            ulong draw = chance.Draw(key, attempt, Mix64.Then(list, (ulong)i));
            int pick = i + (int)Luck.Below(draw, nodes.Count - i);
            (nodes[i], nodes[pick]) = (nodes[pick], nodes[i]);
        }

        nodes.RemoveRange(kept, nodes.Count - kept);
    }
}
