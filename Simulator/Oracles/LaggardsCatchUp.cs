using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>L6: in calm, what is final anywhere is soon final at every fit node, followers too.</summary>
/// <remarks>
/// Judged every few heights, a view's longest duration later. Only fit nodes are held to it: who missed a block must
/// ask for it, and gossip and timeout objects alone bring no blocks that were sent before.
/// </remarks>
public sealed class LaggardsCatchUp(Cast cast, Calm calm) : Oracle("L6", cast)
{
    private const ulong HeightsBetween = 16;

    private readonly View[] finalized = new View[cast.Nodes];
    private readonly Queue<(View View, SimTime By)> promises = new();
    private ulong promised;

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.Finalized)];

    public override void On(in TraceEvent entry)
    {
        if (!calm.IsLivenessOwed) return;
        Judge(entry.At);
        Block block = ((Notice.Finalized)entry.Notice).Block;
        finalized[entry.Node.Index] = block.View;
        if (block.Height.Value < promised + HeightsBetween) return;
        promised = block.Height.Value;
        promises.Enqueue((block.View, SimTime.Max(entry.At, calm.From) + calm.LongestView));
    }

    public override void End(SimTime at) => Judge(at);

    private void Judge(SimTime at)
    {
        while (promises.TryPeek(out (View View, SimTime By) promise) && promise.By < at)
        {
            promises.Dequeue();
            for (int node = 0; node < finalized.Length; node++)
            {
                if (calm.IsFit(new NodeId(node)) && finalized[node] < promise.View)
                    throw Broken(at, Cast.NameOf(new NodeId(node)), promise.View, "it is final elsewhere",
                        $"here the last final view is {finalized[node]}");
            }
        }
    }
}
