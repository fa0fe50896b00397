using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;

namespace FlowSim.Sealing;

/// <summary>Asks execution nodes for receipts that have not come.</summary>
/// <remarks>
/// flow-go engine/common/requester as engine/consensus/matching uses it: at fixed intervals one request leaves, to one
/// execution node, about the blocks that are due.
/// </remarks>
internal sealed class ReceiptRequests(EngineStart start, SealingSpec spec, SimTime startedAt)
{
    private readonly Luck.Purpose choice = start.Luck.For("whom to ask for receipts").About(start.Key)
        .About(unchecked((ulong)startedAt.Nanoseconds));

    private readonly List<Wanted> wanted = [];
    private readonly HashSet<BlockId> blocks = [];
    private SimTime? last;

    /// <summary>How many blocks are asked about.</summary>
    public int Count => wanted.Count;

    /// <summary>When <see cref="OnTimer"/> wants to be called next: at a multiple of the interval.</summary>
    public SimTime Deadline
    {
        get
        {
            SimTime earliest = SimTime.Never;
            foreach (Wanted entry in wanted)
                if (entry.DueAt < earliest) earliest = entry.DueAt;
            if (earliest == SimTime.Never) return earliest;
            long interval = spec.ReceiptRequestInterval.Nanoseconds;
            long periods = (earliest - startedAt).Nanoseconds / interval;
            if ((earliest - startedAt).Nanoseconds % interval != 0) periods++;
            SimTime next = startedAt + new SimDuration(periods * interval);
            return last is { } before ? SimTime.Max(next, before + spec.ReceiptRequestInterval) : next;
        }
    }

    public void Want(SimTime now, Block block)
    {
        if (start.Roster.Of(Role.Execution).Count == 0 || !blocks.Add(block.Id)) return;
        wanted.Add(new Wanted(block) { DueAt = now });
    }

    /// <summary>A receipt for a block has come.</summary>
    public void Forget(BlockId block)
    {
        if (wanted.Count == 0 || !blocks.Remove(block)) return;
        wanted.RemoveAll(entry => entry.Block.Id == block);
    }

    /// <summary>Forgets blocks up to a sealed height.</summary>
    public void Prune(Height lastSealed)
    {
        if (wanted.Count == 0) return;
        foreach (Wanted entry in wanted)
            if (entry.Block.Height <= lastSealed) blocks.Remove(entry.Block.Id);
        wanted.RemoveAll(entry => entry.Block.Height <= lastSealed);
    }

    /// <summary>The time of a request has come.</summary>
    /// <param name="now">The node's clock.</param>
    /// <param name="finalized">The last finalized block: says who executes.</param>
    /// <param name="into">Gets the request.</param>
    public void OnTimer(SimTime now, Block finalized, Effects into)
    {
        if (now < Deadline) return;
        last = now;
        List<BlockId> due = [];
        foreach (Wanted entry in wanted)
        {
            if (entry.DueAt > now || due.Count == spec.ReceiptRequestBatch) continue;
            due.Add(entry.Block.Id);
            entry.Wait = entry.Wait == SimDuration.Zero
                ? spec.ReceiptRetry
                : SimDuration.Min(entry.Wait + entry.Wait, spec.LongestReceiptRetry);
            entry.DueAt = now + entry.Wait;
        }

        IReadOnlyList<NodeId> executors = start.Roster.Of(Role.Execution, finalized.State);
        if (due.Count == 0 || executors.Count == 0) return;
        ulong occasion = unchecked((ulong)now.Nanoseconds);
        NodeId executor = executors[(int)Luck.Below(choice.Draw(occasion), executors.Count)];
        into.Send(executor, new Message.Pipeline.ReceiptRequest(due, choice.Draw(occasion, 1)));
    }

    private sealed class Wanted(Block block)
    {
        public Block Block => block;

        public SimTime DueAt { get; set; }

        /// <summary>How long the last request waits for an answer; zero before the first.</summary>
        public SimDuration Wait { get; set; }
    }
}
