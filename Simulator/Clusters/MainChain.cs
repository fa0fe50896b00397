using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Clusters;

/// <summary>The main chain as one collection node knows it: what transactions may refer to, and where epochs end.
/// </summary>
/// <remarks>Its finalized part is on the node's disk and survives the process.</remarks>
public sealed class MainChain
{
    private readonly ClusterPlan plan;
    private readonly Block[] recent;
    private readonly Height?[] firstHeights;
    private readonly List<Block> unfinalized = [];
    private readonly Predicate<Block> isPast;
    private readonly Seal sealOfRoot;
    private readonly Height root;

    /// <param name="root">The block that everybody trusts from the start.</param>
    /// <param name="plan">The epochs.</param>
    /// <param name="heights">How many finalized heights are looked up.</param>
    public MainChain(Block root, ClusterPlan plan, ulong heights)
    {
        this.plan = plan;
        this.root = root.Height;
        recent = new Block[heights];
        firstHeights = new Height?[plan.Epochs];
        isPast = block => block.View <= Finalized!.View;
        sealOfRoot = Seal.OfRoot(root);
        Finalized = root;
        Finalize(root);
    }

    /// <summary>A chain of which a part is known from the start.</summary>
    /// <param name="segment">That part, from the root or the last sealed block up.</param>
    /// <param name="plan">The epochs.</param>
    /// <param name="heights">How many finalized heights are looked up.</param>
    public static MainChain Of(IReadOnlyList<Block> segment, ClusterPlan plan, ulong heights)
    {
        var chain = new MainChain(segment[0], plan, heights);
        for (int i = 1; i < segment.Count; i++) chain.Finalize(segment[i]);
        return chain;
    }

    /// <summary>The last finalized block.</summary>
    public Block Finalized { get; private set; }

    /// <summary>The epoch of the last finalized block.</summary>
    public int Epoch { get; private set; }

    /// <summary>The newest sealed height as of the last finalized block.</summary>
    public Height Sealed => Seal.LastAsOf(Finalized, sealOfRoot).Height;

    /// <summary>Finalized minus sealed height.</summary>
    public ulong SealingLag => Finalized.Height.Value - Sealed.Value;

    /// <summary>A block joined the tree.</summary>
    public void Incorporate(Block block) => unfinalized.Add(block);

    /// <summary>The next block is final.</summary>
    public void Finalize(Block block)
    {
        Finalized = block;
        recent[block.Height.Value % (ulong)recent.Length] = block;
        Epoch = plan.EpochOf(block);
        firstHeights[Epoch] ??= block.Height;
        unfinalized.RemoveAll(isPast);
    }

    /// <summary>The process starts anew: of what was not final it knows what its disk holds.</summary>
    public void Reload(Disk disk)
    {
        unfinalized.Clear();
        foreach (Message.Proposal proposal in disk.Proposals) Incorporate(proposal.Block);
    }

    /// <summary>The first finalized height of an epoch; null when it has not begun.</summary>
    public Height? FirstHeight(int epoch) => firstHeights[epoch];

    /// <summary>The last height of an epoch; null when the next one has not begun.</summary>
    public Height? LastHeight(int epoch)
    {
        for (int next = epoch + 1; next <= Epoch; next++)
        {
            if (firstHeights[next] is { } first) return new Height(first.Value - 1);
        }

        return null;
    }

    /// <summary>The finalized block of a height; null above finality, and for what is too old to matter.</summary>
    public Block? At(Height height) =>
        height < root || height > Finalized.Height || height.Value + (ulong)recent.Length <= Finalized.Height.Value
            ? null
            : recent[height.Value % (ulong)recent.Length];

    /// <summary>A block by its name and height; null when the node does not know it, or when it is too old.</summary>
    public Block? Find(BlockId id, Height height)
    {
        if (height <= Finalized.Height) return At(height) is { } final && final.Id == id ? final : null;
        foreach (Block block in unfinalized)
        {
            if (block.Id == id && block.Height == height) return block;
        }

        return null;
    }

    /// <summary>Whether a block is final here. One too old to look up is: others built on it.</summary>
    public bool IsFinal(BlockId id, Height height) =>
        height <= Finalized.Height && (At(height) is not { } final || final.Id == id);
}
