using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Executing;

/// <summary>The system contracts as of finalized blocks that an execution node no longer serves otherwise.</summary>
/// <remarks>
/// In flow-go a script as of an old block fails at an execution node, which holds its newest states only, and succeeds
/// at an access node that indexes execution data. Here the execution node stands for both.
/// </remarks>
/// <param name="heights">Heights that stay readable below the sealed one.</param>
/// <param name="written">What a dead process has written, ascending.</param>
internal sealed class ContractHistory(ulong heights, IReadOnlyList<ContractHistory.Entry> written)
{
    private readonly Queue<Entry> entries = new(written);
    private readonly Dictionary<BlockId, ContractState> byBlock = Index(written);

    /// <summary>The contracts after a block; null when they are not kept.</summary>
    public ContractState? Find(BlockId id) => byBlock.GetValueOrDefault(id);

    /// <summary>Keeps the contracts after a finalized block that goes out of the plan; heights rise.</summary>
    public void Add(PlannedBlock past)
    {
        if (!past.IsFinalized || past.Result?.Contracts is not { } contracts) return;
        entries.Enqueue(new Entry(past.Block.Id, past.Block.Height, contracts));
        byBlock.Add(past.Block.Id, contracts);
    }

    /// <summary>Lets go of what lies too far below a sealed height.</summary>
    public void Prune(ulong sealedHeight)
    {
        while (entries.TryPeek(out Entry oldest) && oldest.Height.Value + heights < sealedHeight)
            byBlock.Remove(entries.Dequeue().Block);
    }

    /// <summary>All of it, ascending.</summary>
    public IReadOnlyList<Entry> Written() => entries.ToArray();

    private static Dictionary<BlockId, ContractState> Index(IReadOnlyList<Entry> written)
    {
        Dictionary<BlockId, ContractState> index = [];
        foreach (Entry entry in written) index.Add(entry.Block, entry.Contracts);
        return index;
    }

    /// <summary>The contracts after a block.</summary>
    internal readonly record struct Entry(BlockId Block, Height Height, ContractState Contracts);
}
