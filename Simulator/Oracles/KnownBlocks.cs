using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>D1: one identity, one content, wherever a block is seen; its proposer leads its view.</summary>
/// <remarks>
/// The leader sequence is drawn here once more, from the spec. It also keeps the blocks for oracles that know only an
/// identity. flow-go's protocol state of a block is not modelled.
/// </remarks>
public sealed class KnownBlocks(Cast cast) : Oracle("D1", cast)
{
    private readonly Dictionary<BlockId, Block> blocks = new() { [cast.Root.Id] = cast.Root };
    private readonly PriorityQueue<BlockId, ulong> byView = new();
    private Block last = cast.Root;
    private View finalized;

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Built), typeof(Notice.Incorporated), typeof(Notice.Finalized)];

    public override bool HearsLiars => true;

    /// <summary>A block that some node built or took in; null if unknown or below the finalized view.</summary>
    public Block? Find(BlockId id) => last.Id == id ? last : blocks.GetValueOrDefault(id);

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Incorporated { Block: var block }:
                if (!ReferenceEquals(block, last)) Take(entry, block);
                break;
            case Notice.Built { Block: var block }:
                Take(entry, block);
                break;
            case Notice.Finalized { Block: var block }:
                if (block.View > finalized && Cast.IsHonest(entry.Node)) Prune(finalized = block.View);
                break;
        }
    }

    private void Take(in TraceEvent entry, Block block)
    {
        if (blocks.TryGetValue(block.Id, out Block? known))
        {
            last = known;
            if (ReferenceEquals(block, known) || IsSame(block, known)) return;
            throw Broken(entry, block.View, $"block {block.Id.Value:x16} has parent {block.ParentId.Value:x16}",
                $"elsewhere it has view {known.View} and parent {known.ParentId.Value:x16}");
        }

        if (Cast.Committee.Leader(block.View) is { } leader && leader != block.Proposer)
            throw Broken(entry, block.View, $"the block is by {Cast.NameOf(block.Proposer)}",
                $"{Cast.NameOf(leader)} leads the view");
        if (block.View < finalized) return;
        blocks.Add(block.Id, block);
        byView.Enqueue(block.Id, block.View.Value);
        last = block;
    }

    private static bool IsSame(Block block, Block known) => block.View == known.View && block.Height == known.Height
        && block.Proposer == known.Proposer && block.Qc.View == known.Qc.View && block.Qc.Key == known.Qc.Key;

    private void Prune(View below)
    {
        while (byView.TryPeek(out BlockId id, out ulong view) && view < below.Value)
        {
            byView.Dequeue();
            blocks.Remove(id);
        }
    }
}
