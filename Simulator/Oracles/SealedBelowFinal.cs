using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>P3: what a node takes for sealed is final, and its sealed height never falls while it keeps its disk.
/// </summary>
public sealed class SealedBelowFinal : Oracle
{
    private readonly Seal ofRoot;
    private readonly Height[] lastSealed;

    public SealedBelowFinal(Cast cast)
        : base("P3", cast)
    {
        ofRoot = Seal.OfRoot(cast.Root);
        lastSealed = new Height[cast.Nodes];
        Array.Fill(lastSealed, cast.Root.Height);
    }

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.Finalized), typeof(Notice.Restored)];

    public override void On(in TraceEvent entry)
    {
        if (entry.Notice is Notice.Restored)
        {
            lastSealed[entry.Node.Index] = ofRoot.Height;
            return;
        }

        Block block = ((Notice.Finalized)entry.Notice).Block;
        Height height = Seal.LastAsOf(block, ofRoot).Height;
        if (height >= block.Height)
            throw Broken(entry, block.View, $"the last seal is of height {height.Value}",
                $"height {block.Height.Value} is the last final one");
        ref Height last = ref lastSealed[entry.Node.Index];
        if (height < last)
            throw Broken(entry, block.View, $"the last seal is of height {height.Value}",
                $"height {last.Value} was sealed before");
        last = height;
    }
}
