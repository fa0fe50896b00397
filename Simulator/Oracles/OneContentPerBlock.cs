using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>D1: one identity, one content, wherever a block is seen; and its proposer leads its view.</summary>
/// <remarks>
/// The leader sequence is drawn here once more, from the spec or from the committed epochs. The protocol state that
/// the block commits to is part of its content.
/// </remarks>
public sealed class OneContentPerBlock(Cast cast, KnownBlocks blocks) : Oracle("D1", cast)
{
    private Block? last;

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.Built), typeof(Notice.Incorporated)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Built { Block: var block }:
                Judge(entry, block);
                break;
            case Notice.Incorporated { Block: var block }:
                if (!ReferenceEquals(block, last)) Judge(entry, block);
                break;
        }
    }

    private void Judge(in TraceEvent entry, Block block)
    {
        last = block;
        if (blocks.Find(block.Id) is { } known && !ReferenceEquals(block, known) && !IsSame(block, known))
            throw Broken(entry, block.View, $"{Content(block)} here", $"elsewhere it is {Content(known)}");
        if (Cast.Epochs.Leader(block.View) is { } leader && leader != block.Proposer)
            throw Broken(entry, block.View, $"the block is by {Cast.NameOf(block.Proposer)}",
                $"{Cast.NameOf(leader)} leads the view");
    }

    private static string Content(Block block) =>
        $"block {block.Id.Value:x16} of view {block.View}, height {block.Height.Value} on {block.ParentId.Value:x16}";

    private static bool IsSame(Block block, Block known) => block.View == known.View && block.Height == known.Height
        && block.Proposer == known.Proposer && block.Qc.View == known.Qc.View && block.Qc.Key == known.Qc.Key
        && block.State?.Id == known.State?.Id;
}
