using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>D1: all nodes come to one protocol state for a block: no honest node finds another than an honest proposer
/// put in, and what a block changes is the same at all of them.</summary>
/// <remarks>Owed by nodes with the same software.</remarks>
public sealed class OneStatePerBlock(Cast cast) : Oracle("D1", cast)
{
    private readonly ByView<(BlockId Block, ulong Before, ulong After)> changes = new();

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.StateMismatch), typeof(Notice.StateChanged), typeof(Notice.Finalized)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.StateMismatch { Block: var block, Own: var own } when Cast.IsHonest(block.Proposer):
                throw Broken(entry, block.View, $"its protocol state is {own:x16}",
                    $"{Cast.NameOf(block.Proposer)}, who is honest, put {block.State?.Id:x16} into the block");
            case Notice.StateChanged { Block: var block } change:
                Judge(entry, block, change.Before.Id, change.After.Id);
                break;
            case Notice.Finalized { Block: var block }:
                changes.Prune(block.View);
                break;
        }
    }

    private void Judge(in TraceEvent entry, Block block, ulong before, ulong after)
    {
        if (block.State?.Id != after)
            throw Broken(entry, block.View, $"its protocol state becomes {after:x16}",
                $"the block commits to {block.State?.Id:x16}");
        if (!changes.TryAdd(block.View, (block.Id, before, after), out var other) && other.Block == block.Id
            && (other.Before != before || other.After != after))
            throw Broken(entry, block.View, $"its protocol state goes from {before:x16} to {after:x16}",
                $"elsewhere from {other.Before:x16} to {other.After:x16}");
    }
}
