using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>P7: a block orders no collection whose reference block is too old, or not below it.</summary>
public sealed class ReferencesAreFresh(Cast cast) : Oracle("P7", cast)
{
    private readonly ulong expiry = cast.Spec.Pipeline!.Clusters.TransactionExpiry;

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.Incorporated)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        Block block = ((Notice.Incorporated)entry.Notice).Block;
        if (block.Payload is not Payload.Main payload) return;
        foreach (Guarantee guarantee in payload.Guarantees)
        {
            ulong reference = guarantee.ReferenceHeight.Value;
            if (reference >= block.Height.Value || reference + expiry < block.Height.Value)
                throw Broken(entry, block.View,
                    $"the block of height {block.Height.Value} orders a collection that refers to height {reference}",
                    $"it may refer to the {expiry} heights below only");
        }
    }
}
