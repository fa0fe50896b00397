using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>Every block that some node built or took in: oracles that know an identity find its content here.</summary>
/// <remarks>It states nothing and listens first. What lies below the highest finalized view is forgotten.</remarks>
public sealed class KnownBlocks(Cast cast) : Oracle("blocks", cast)
{
    private readonly Dictionary<BlockId, Block> blocks = new() { [cast.Root.Id] = cast.Root };
    private readonly PriorityQueue<BlockId, ulong> byView = new();
    private Block last = cast.Root;
    private View finalized;

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Built), typeof(Notice.Incorporated), typeof(Notice.Finalized)];

    public override bool HearsLiars => true;

    /// <summary>The block as it was first seen; null if unknown or forgotten.</summary>
    public Block? Find(BlockId id) => last.Id == id ? last : blocks.GetValueOrDefault(id);

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Incorporated { Block: var block }:
                if (!ReferenceEquals(block, last)) Take(block);
                break;
            case Notice.Built { Block: var block }:
                Take(block);
                break;
            case Notice.Finalized { Block: var block }:
                if (block.View > finalized && Cast.IsHonest(entry.Node)) Prune(finalized = block.View);
                break;
        }
    }

    private void Take(Block block)
    {
        if (block.View < finalized) return;
        if (blocks.TryAdd(block.Id, block)) byView.Enqueue(block.Id, block.View.Value);
        last = blocks[block.Id];
    }

    private void Prune(View below)
    {
        while (byView.TryPeek(out BlockId id, out ulong view) && view < below.Value)
        {
            byView.Dequeue();
            blocks.Remove(id);
        }
    }
}
