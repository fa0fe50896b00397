using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>S7: what becomes final has a certified child in the next view, or a descendant that has one.</summary>
/// <remarks>
/// Judged at the first node that finalizes a height; all others finalize the same block, says S1. A certified child
/// shows in the QC of some block that is known. A descendant becomes final in the same step, right after its ancestors.
/// </remarks>
public sealed class FinalityHasProof(Cast cast, KnownBlocks blocks) : Oracle("S7", cast)
{
    private readonly ByView<BlockId> proven = new();
    private ulong highest;
    private (Block Block, NodeId Node)? unproven;
    private Block? last;

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Built), typeof(Notice.Incorporated), typeof(Notice.Finalized), typeof(Notice.EnteredView)];

    public override bool HearsLiars => true;

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Finalized { Block: var block }:
                if (block.Height.Value > highest && Cast.IsHonest(entry.Node)) FinalizedFirst(entry, block);
                return;
            case Notice.Incorporated { Block: var block }:
                Learn(block);
                break;
            case Notice.Built { Block: var block }:
                Learn(block);
                break;
        }

        if (unproven is { } lacking)
            throw Broken(entry.At, Cast.NameOf(lacking.Node), lacking.Block.View, "finalized it",
                "neither it nor a descendant has a certified child in the next view");
    }

    private void FinalizedFirst(in TraceEvent entry, Block block)
    {
        highest = block.Height.Value;
        bool isProven = proven.TryGet(block.View, out BlockId id) && id == block.Id;
        unproven = isProven ? null : (block, entry.Node);
        proven.Prune(block.View);
    }

    /// <summary>A block's QC certifies its parent; if that is a direct child, the grandparent can be final.</summary>
    private void Learn(Block block)
    {
        if (ReferenceEquals(block, last)) return;
        last = block;
        if (blocks.Find(block.ParentId) is { } parent && parent.View.Follows(parent.Qc.View))
            proven.TryAdd(parent.Qc.View, parent.ParentId, out _);
    }
}
