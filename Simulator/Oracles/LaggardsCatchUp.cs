using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>L6: in calm, what is final anywhere is soon final at every fit node, followers too.</summary>
/// <remarks>
/// Judged every few heights. A node that heard everything has a view's longest duration. One that was away has the time
/// that synchronisation may take for what it lacks, and may stay behind by as many heights as synchronisation
/// tolerates: a follower does not ask for less, and a participant's requests by identity are given up after some
/// attempts.
/// </remarks>
public sealed class LaggardsCatchUp(Cast cast, Calm calm) : Oracle("L6", cast)
{
    private const ulong HeightsBetween = 16;

    private readonly Block[] finalized = Repeated(cast.Root, cast.Nodes);
    private readonly SimTime[] joined = new SimTime[cast.Nodes];
    private readonly Queue<(Block Block, SimTime By)> promises = new();
    private readonly Queue<(Block Block, SimTime Made, SimTime By)> latePromises = new();
    private readonly ulong tolerance = (ulong)(cast.Spec.Sync?.Tolerance ?? 0);
    private ulong promised;
    private SimTime owedFrom;

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.Finalized), typeof(Notice.Bootstrapped)];

    /// <summary>How often a node that was away was held to a promise.</summary>
    internal int JudgedAfterAbsence { get; private set; }

    public override void On(in TraceEvent entry)
    {
        if (entry.Notice is Notice.Bootstrapped { Head: var head })
        {
            finalized[entry.Node.Index] = head;
            joined[entry.Node.Index] = entry.At;
            return;
        }

        Block block = ((Notice.Finalized)entry.Notice).Block;
        bool isLater = calm.OwedFrom > owedFrom;
        owedFrom = calm.OwedFrom;
        if (!calm.IsLivenessOwed || isLater)
        {
            finalized[entry.Node.Index] = block;
            promises.Clear();
            latePromises.Clear();
            return;
        }

        Judge(entry.At);
        finalized[entry.Node.Index] = block;
        if (block.Height.Value < promised + HeightsBetween) return;
        promised = block.Height.Value;
        SimTime from = SimTime.Max(entry.At, calm.OwedFrom);
        promises.Enqueue((block, from + calm.LongestView));
        if (calm.CatchUp is { } catchUp)
            latePromises.Enqueue((block, entry.At, from + catchUp.Longest(block.Height.Value - LeastOfAway())));
    }

    public override void End(SimTime at) => Judge(at);

    private void Judge(SimTime at)
    {
        while (promises.TryPeek(out var promise) && promise.By < at)
        {
            Block block = promises.Dequeue().Block;
            for (int node = 0; node < finalized.Length; node++)
            {
                if (calm.WasThere(new NodeId(node)) && Cast.Knows(new NodeId(node), block.View)
                    && finalized[node].View < block.View) throw Behind(at, node, block);
            }
        }

        while (latePromises.TryPeek(out var promise) && promise.By < at)
        {
            (Block block, SimTime made, _) = latePromises.Dequeue();
            for (int node = 0; node < finalized.Length; node++)
            {
                if (!calm.WasAway(new NodeId(node)) || joined[node] > made
                    || !Cast.Knows(new NodeId(node), block.View)) continue;
                JudgedAfterAbsence++;
                if (finalized[node].Height.Value + tolerance < block.Height.Value) throw Behind(at, node, block);
            }
        }
    }

    /// <summary>The lowest final height among those who were away, or the highest promised if nobody was.</summary>
    private ulong LeastOfAway()
    {
        ulong least = promised;
        for (int node = 0; node < finalized.Length; node++)
        {
            if (calm.WasAway(new NodeId(node))) least = ulong.Min(least, finalized[node].Height.Value);
        }

        return least;
    }

    private InvariantViolation Behind(SimTime at, int node, Block block) => Broken(at, Cast.NameOf(new NodeId(node)),
        block.View, "it is final elsewhere", $"here the last final view is {finalized[node].View}");

    private static Block[] Repeated(Block block, int count)
    {
        var blocks = new Block[count];
        Array.Fill(blocks, block);
        return blocks;
    }
}
