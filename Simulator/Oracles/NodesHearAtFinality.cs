using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>D5: a node hears that the protocol state changed with a block when the block becomes final there: not
/// before, not later, and not again.</summary>
/// <remarks>Of the first block after a root or an old disk nothing is said.</remarks>
public sealed class NodesHearAtFinality(Cast cast) : Oracle("D5", cast)
{
    private readonly Block?[] finalized = new Block?[cast.Nodes];
    private readonly bool?[] isOwed = new bool?[cast.Nodes];

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.Finalized), typeof(Notice.StateChanged), typeof(Notice.Bootstrapped), typeof(Notice.Restored),
        typeof(Notice.EnteredView),
    ];

    public override void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.Bootstrapped { Head: var head }:
                (finalized[node], isOwed[node]) = (head, false);
                break;
            case Notice.Restored:
                (finalized[node], isOwed[node]) = (null, null);
                break;
            case Notice.StateChanged { Block: var block }:
                if (isOwed[node] == false || finalized[node]?.Id != block.Id)
                    throw Broken(entry, block.View, "it hears that the protocol state changed with the block",
                        finalized[node]?.Id == block.Id ? "it did not, or the node has heard of it"
                            : $"view {finalized[node]?.View} is the last final one there");
                isOwed[node] = false;
                break;
            case Notice.Finalized { Block: var block }:
                EnsureHeard(entry);
                isOwed[node] = finalized[node] is { State: { } before } ? before.Id != block.State?.Id : null;
                finalized[node] = block;
                break;
            case Notice.EnteredView:
                EnsureHeard(entry);
                break;
        }
    }

    private void EnsureHeard(in TraceEvent entry)
    {
        if (isOwed[entry.Node.Index] == true && finalized[entry.Node.Index] is { } block)
            throw Broken(entry, block.View, "it has not heard that the protocol state changed with the block",
                "the block is final there");
    }
}
