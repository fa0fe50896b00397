using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>A statement about the protocol states of the finalized chain, block by block.</summary>
/// <remarks>Judged when the first node finalizes a block, or begins at a new root; that all finalize the same one, S1
/// says.</remarks>
public abstract class FinalizedStates(string id, Cast cast) : Oracle(id, cast)
{
    private Block tip = cast.Root;

    public sealed override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Finalized), typeof(Notice.Bootstrapped)];

    public sealed override bool HearsRepeats => false;

    public sealed override void On(in TraceEvent entry)
    {
        Block block = entry.Notice is Notice.Bootstrapped { Head: var head }
            ? head
            : ((Notice.Finalized)entry.Notice).Block;
        if (block.ParentId != tip.Id || !Cast.IsSafetyOwed(block.View)) return;
        if (tip.State is KeyValueSnapshot before && block.State is KeyValueSnapshot after)
            Judge(entry, new StateStep(tip, block, before, after));
        tip = block;
    }

    /// <summary>Judges what a block makes of its parent's state.</summary>
    protected abstract void Judge(in TraceEvent entry, in StateStep step);

    /// <summary>A block and its parent with their states.</summary>
    protected readonly record struct StateStep(
        Block Parent, Block Block, KeyValueSnapshot Before, KeyValueSnapshot After)
    {
        public View View => Block.View;

        public bool IsChange => !ReferenceEquals(Before, After);

        /// <summary>Whether the block is the first of another epoch than its parent's.</summary>
        public bool IsSwitchover => Before.EpochCounter != After.EpochCounter;

        /// <summary>The events that the block seals, in order.</summary>
        public IEnumerable<ServiceEvent> Sealed()
        {
            foreach (Seal seal in ((Payload.Main)Block.Payload!).Seals)
                foreach (ServiceEvent sealedEvent in seal.Result.ServiceEvents) yield return sealedEvent;
        }
    }
}
