using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Executing;

/// <summary>A block on its way to being executed, and its result then.</summary>
/// <param name="block">The block.</param>
/// <param name="order">Counts the blocks in the order in which the node heard of them.</param>
internal sealed class PlannedBlock(Block block, long order)
{
    private List<PlannedBlock>? children;

    public Block Block { get; } = block;

    public long Order { get; } = order;

    public IReadOnlyList<Guarantee> Guarantees { get; } = block.Payload is Payload.Main main ? main.Guarantees : [];

    /// <summary>Whether its collections are asked for.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>Collections that have not come.</summary>
    public int Missing { get; set; }

    /// <summary>Whether it waits for a free executor, is in work, or done.</summary>
    public bool IsQueued { get; set; }

    public bool IsFinalized { get; set; }

    /// <summary>Whether nobody will ask for it any more.</summary>
    public bool IsDropped { get; set; }

    /// <summary>What executing it came to; null until then.</summary>
    public ExecutionResult? Result { get; set; }

    public IReadOnlyList<PlannedBlock> Children => children ?? [];

    public void Add(PlannedBlock child) => (children ??= []).Add(child);
}
