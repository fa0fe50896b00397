using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Tests.Sync;

/// <summary>Watches how far every node's finalized chain is, and that all are one chain signed once.</summary>
internal sealed class Rejoin(int nodes) : IProbe
{
    private readonly ulong[] heights = new ulong[nodes];
    private readonly List<(SimTime At, ulong Head, ulong Lagging)> progress = [];
    private readonly Dictionary<ulong, BlockId> chain = [];
    private readonly Dictionary<(int Node, View View), BlockId> votes = [];
    private ulong head;

    /// <summary>The node whose progress is kept.</summary>
    public int Watched { get; init; }

    public IReadOnlyList<ulong> Heights => heights;

    public ulong Head => head;

    public Dictionary<Type, int> Counts { get; } = [];

    public void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        Counts[entry.Notice.GetType()] = Counts.GetValueOrDefault(entry.Notice.GetType()) + 1;
        if (entry.Notice is Notice.Voted(var vote)) Sign(node, vote.View, vote.BlockId);
        if (entry.Notice is Notice.Built(var built, _)) Sign(node, built.View, built.Id);
        if (entry.Notice is not Notice.Finalized(var block)) return;
        if (block.Height.Value != heights[node] + 1) throw new InvalidOperationException("a height was left out");
        if (!chain.TryAdd(block.Height.Value, block.Id) && chain[block.Height.Value] != block.Id)
            throw new InvalidOperationException("two chains");
        heights[node]++;
        head = Math.Max(head, heights[node]);
        progress.Add((entry.At, head, heights[Watched]));
    }

    /// <summary>How long after an instant the watched node was first within a distance of the head.</summary>
    public SimDuration CaughtUp(SimTime since, ulong distance) =>
        progress.First(p => p.At >= since && p.Head - p.Lagging <= distance).At - since;

    /// <summary>How far the watched node was behind at an instant.</summary>
    public ulong Behind(SimTime at)
    {
        (_, ulong first, ulong lagging) = progress.Last(p => p.At <= at);
        return first - lagging;
    }

    public static NodeFault Down(RunSpec spec, int node, SimTime from, SimTime until) =>
        new NodeFault.Crash(new Window(from, until), new NodeSet(spec.Nodes.Count, [node]));

    private void Sign(int node, View view, BlockId block)
    {
        if (!votes.TryAdd((node, view), block)) throw new InvalidOperationException($"node {node} signed {view} twice");
    }
}
