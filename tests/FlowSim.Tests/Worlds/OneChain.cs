using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Tests.Worlds;

/// <summary>Throws at the first block with which a node leaves the chain of the others.</summary>
internal sealed class OneChain : IProbe
{
    private readonly List<Block> chain = [];
    private readonly Dictionary<NodeId, int> lengths = [];

    /// <summary>Final blocks of a node.</summary>
    public int LengthOf(int node) => lengths.GetValueOrDefault(new NodeId(node));

    public void On(in TraceEvent entry)
    {
        if (entry.Notice is not Notice.Finalized(var block)) return;
        int length = lengths.GetValueOrDefault(entry.Node);
        if (length == chain.Count) Extend(block);
        if (chain[length].Id != block.Id) throw new InvalidOperationException($"{entry.Node} left the chain");
        lengths[entry.Node] = length + 1;
    }

    private void Extend(Block block)
    {
        if (chain.Count > 0 && (block.ParentId != chain[^1].Id || block.View <= chain[^1].View))
            throw new InvalidOperationException($"the block of view {block.View} does not extend the last");
        if (block.Height != new Height((ulong)chain.Count + 1))
            throw new InvalidOperationException($"view {block.View} has {block.Height} after {chain.Count} blocks");
        chain.Add(block);
    }
}
