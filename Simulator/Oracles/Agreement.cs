using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>S1: all nodes, followers too, finalize one chain, each of them block by block without a gap.</summary>
/// <remarks>
/// Held over restarts; who begins with a snapshot begins at its head, and a node with the disk of an earlier time goes
/// on from there. It keeps eight bytes per height of the whole run, since a node may lag arbitrarily. Not owed when so
/// much weight is faulty that two quorums may share no honest member: flow-go's nodes then stop.
/// </remarks>
public sealed class Agreement(Cast cast) : Oracle("S1", cast)
{
    private readonly List<BlockId> chain = [cast.Root.Id];
    private readonly int[] length = new int[cast.Nodes];
    private View tip = cast.Root.View;

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Finalized), typeof(Notice.Bootstrapped), typeof(Notice.Restored)];

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Restored { Head: var head }:
                length[entry.Node.Index] = (int)head.Value;
                break;
            case Notice.Bootstrapped { Head: var head }:
                length[entry.Node.Index] = (int)head.Height.Value - 1;
                Finalize(entry, head);
                break;
            case Notice.Finalized { Block: var block }:
                Finalize(entry, block);
                break;
        }
    }

    private void Finalize(in TraceEvent entry, Block block)
    {
        if (!Cast.IsSafetyOwed(block.View)) return;
        int height = ++length[entry.Node.Index];
        if (block.Height.Value != (ulong)height)
            throw Broken(entry, block.View, $"finalizes height {block.Height.Value}",
                $"the last height it finalized is {height - 1}");
        if (height > chain.Count) return;
        if (height == chain.Count) Extend(entry, block);
        if (chain[height] != block.Id)
            throw Broken(entry, block.View, $"finalizes {block.Id.Value:x16} at height {height}",
                $"another node finalized {chain[height].Value:x16} there");
    }

    private void Extend(in TraceEvent entry, Block block)
    {
        if (block.ParentId != chain[^1] || block.View <= tip)
            throw Broken(entry, block.View, $"finalizes a block with parent {block.ParentId.Value:x16}",
                $"the last final block is {chain[^1].Value:x16} of view {tip}");
        chain.Add(block.Id);
        tip = block.View;
    }
}
