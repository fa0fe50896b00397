using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Clusters;

namespace FlowSim.Tests.Clusters;

/// <summary>A main chain for engines of collection nodes to follow, one block per view.</summary>
internal sealed class SomeMain
{
    private readonly List<Block> blocks = [];
    private readonly Seal sealOfRoot;

    public SomeMain(ulong length)
    {
        blocks.Add(Block.Root(new View(0)));
        sealOfRoot = Seal.OfRoot(Root);
        while ((ulong)blocks.Count <= length) blocks.Add(Next(blocks[^1]));
    }

    public Block Root => blocks[0];

    public Block this[ulong height] => blocks[(int)height];

    /// <summary>The chain as a node knows it, final up to a height.</summary>
    public MainChain FinalUpTo(ulong height, ClusterPlan plan, ulong looksBack = 1_200)
    {
        var main = new MainChain(Root, plan, looksBack);
        for (ulong h = 1; h <= height; h++) main.Finalize(this[h]);
        return main;
    }

    /// <summary>A transaction that refers to a block of this chain.</summary>
    public Transaction Transaction(ulong id, ulong reference, long bytes = 1_000, long gas = 100) =>
        new(new TransactionId(id), this[reference].Id, new Height(reference), bytes, gas);

    /// <summary>The block after another with some blocks sealed.</summary>
    public Block Next(Block parent, ulong @sealed = 0) => Block.On(parent.View.Next, parent,
        QuorumCertificate.Trusted(parent.View, parent.Id), new NodeId(0), 0, new Payload.Main([], [], [],
            @sealed == 0 ? sealOfRoot : sealOfRoot with { BlockId = this[@sealed].Id, Height = new Height(@sealed) }));
}
