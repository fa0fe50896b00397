using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Executing;

/// <summary>The certified blocks of a node: which of them to load, and which can be executed next.</summary>
/// <remarks>flow-go engine/execution/ingestion/throttle.go and block_queue.</remarks>
internal sealed class ExecutionPlan
{
    private readonly ulong threshold;
    private readonly Dictionary<BlockId, PlannedBlock> blocks = [];
    private readonly PriorityQueue<PlannedBlock, ulong> byHeight = new();
    private readonly Queue<PlannedBlock> ready = new();
    private readonly Queue<PlannedBlock> finalized = new();
    private readonly Queue<PlannedBlock> unloadedFinalized = new();
    private readonly List<PlannedBlock> unloaded = [];
    private ulong finalizedHeight;
    private long added;

    /// <param name="threshold">Heights behind finality from which on only finalized blocks are loaded.</param>
    /// <param name="written">What the node has executed and heard of, parents first; one is executed and final.</param>
    public ExecutionPlan(int threshold, IReadOnlyList<ExecutionDisk.Entry> written)
    {
        this.threshold = (ulong)threshold;
        LastExecuted = Restore(written[0]);
        for (int i = 1; i < written.Count; i++) Restore(written[i]);
        Advance();
    }

    /// <summary>The highest finalized block that is executed.</summary>
    public PlannedBlock LastExecuted { get; private set; }

    /// <summary>Whether the node is so far behind that it leaves unfinalized blocks alone.</summary>
    public bool IsCatchingUp => finalizedHeight > LastExecuted.Block.Height.Value + threshold;

    /// <summary>A block that is not forgotten.</summary>
    public PlannedBlock? Find(BlockId id) => blocks.GetValueOrDefault(id);

    /// <summary>Takes a certified block; one that is known, or whose parent is forgotten, changes nothing.</summary>
    public void Add(Block block)
    {
        if (blocks.ContainsKey(block.Id) || Find(block.ParentId) is not { } parent) return;
        PlannedBlock planned = Insert(block);
        parent.Add(planned);
        unloaded.Add(planned);
    }

    /// <summary>A block became final; its parent did before.</summary>
    public void Finalize(Block block)
    {
        Add(block);
        if (Find(block.Id) is not { IsFinalized: false } planned) return;
        Finalize(planned);
        Advance();
    }

    /// <summary>Hands out the blocks whose collections are to be got now.</summary>
    public void Load(List<PlannedBlock> into)
    {
        if (!IsCatchingUp)
        {
            foreach (PlannedBlock planned in unloaded) Load(planned, into);
            unloaded.Clear();
            unloadedFinalized.Clear();
            return;
        }

        ulong highest = LastExecuted.Block.Height.Value + threshold;
        while (unloadedFinalized.TryPeek(out PlannedBlock? next) && next.Block.Height.Value <= highest)
            Load(unloadedFinalized.Dequeue(), into);
    }

    /// <summary>Queues a block if nothing is missing for its execution.</summary>
    public void Consider(PlannedBlock planned)
    {
        if (planned is not { IsLoaded: true, Missing: 0, IsQueued: false, IsDropped: false }
            || Find(planned.Block.ParentId)?.Result is null) return;
        planned.IsQueued = true;
        ready.Enqueue(planned);
    }

    /// <summary>The next block to execute.</summary>
    public PlannedBlock? Next() => ready.TryDequeue(out PlannedBlock? next) ? next : null;

    /// <summary>A block is executed, so its children may be.</summary>
    public void Complete(PlannedBlock planned, ExecutionResult result)
    {
        planned.Result = result;
        foreach (PlannedBlock child in planned.Children) Consider(child);
        Advance();
    }

    /// <summary>Forgets the blocks below a height.</summary>
    /// <returns>The forgotten one; null when there is none left.</returns>
    public PlannedBlock? Prune(ulong below)
    {
        if (!byHeight.TryPeek(out PlannedBlock? lowest, out ulong height) || height >= below) return null;
        byHeight.Dequeue();
        blocks.Remove(lowest.Block.Id);
        lowest.IsDropped = true;
        return lowest;
    }

    /// <summary>All blocks in the order in which they came, parents before children.</summary>
    public List<PlannedBlock> ToList()
    {
        List<PlannedBlock> all = [.. blocks.Values];
        all.Sort((a, b) => a.Order.CompareTo(b.Order));
        return all;
    }

    private static void Load(PlannedBlock planned, List<PlannedBlock> into)
    {
        if (planned.IsLoaded || planned.IsDropped) return;
        planned.IsLoaded = true;
        into.Add(planned);
    }

    private PlannedBlock Restore(ExecutionDisk.Entry entry)
    {
        PlannedBlock planned = Insert(entry.Block);
        Find(entry.Block.ParentId)?.Add(planned);
        planned.Result = entry.Result;
        planned.IsLoaded = planned.IsQueued = entry.Result is not null;
        if (entry.Result is null) unloaded.Add(planned);
        if (entry.IsFinalized) Finalize(planned);
        return planned;
    }

    private void Finalize(PlannedBlock planned)
    {
        planned.IsFinalized = true;
        finalizedHeight = planned.Block.Height.Value;
        finalized.Enqueue(planned);
        if (!planned.IsLoaded) unloadedFinalized.Enqueue(planned);
    }

    private PlannedBlock Insert(Block block)
    {
        var planned = new PlannedBlock(block, added++);
        blocks.Add(block.Id, planned);
        byHeight.Enqueue(planned, block.Height.Value);
        return planned;
    }

    private void Advance()
    {
        while (finalized.TryPeek(out PlannedBlock? next) && next.Result is not null)
            LastExecuted = finalized.Dequeue();
    }
}
