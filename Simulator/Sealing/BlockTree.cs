using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>A block of the tree and what it incorporates.</summary>
internal sealed class TreeBlock(Block block, TreeBlock? parent, Seal lastSeal)
{
    public Block Block => block;

    public Height Height => block.Height;

    /// <summary>The block below; null for the lowest that is kept.</summary>
    public TreeBlock? Parent { get; set; } = parent;

    /// <summary>The newest seal as of this block.</summary>
    public Seal LastSeal => lastSeal;

    /// <summary>Results whose first receipt on this fork the block carries.</summary>
    public List<IncorporatedResult> Incorporated { get; } = [];

    public Payload.Main? Payload => block.Payload as Payload.Main;

    public bool IsFinal { get; set; }

    /// <summary>Whether finality has passed it by.</summary>
    public bool IsOrphaned { get; set; }
}

/// <summary>The blocks of the main chain from the last final seal upwards.</summary>
internal sealed class BlockTree
{
    private readonly Dictionary<BlockId, TreeBlock> blocks = [];
    private readonly List<TreeBlock> finalized = [];
    private readonly List<TreeBlock> unfinalized = [];
    private readonly Seal ofRoot;

    /// <param name="tail">Finalized blocks up to the last one, the lowest first.</param>
    /// <param name="ofRoot">The seal that is trusted from the start.</param>
    public BlockTree(IReadOnlyList<Block> tail, Seal ofRoot)
    {
        this.ofRoot = ofRoot;
        foreach (Block block in tail) Put(block, finalized.Count == 0 ? null : Finalized, finalized).IsFinal = true;
    }

    /// <summary>The last finalized block.</summary>
    public TreeBlock Finalized => finalized[^1];

    /// <summary>The newest seal in a finalized block.</summary>
    public Seal LastFinalSeal => Finalized.LastSeal;

    /// <summary>The finalized blocks that are kept, the lowest first.</summary>
    public IReadOnlyList<TreeBlock> FinalChain => finalized;

    public TreeBlock? Find(BlockId id) => blocks.GetValueOrDefault(id);

    /// <summary>The finalized block of a height; null outside of what is kept.</summary>
    public TreeBlock? FinalAt(Height height)
    {
        Height lowest = finalized[0].Height;
        return height < lowest || height > Finalized.Height ? null : finalized[(int)(height.Value - lowest.Value)];
    }

    /// <summary>Whether a block may join: its parent is the last finalized block or above it.</summary>
    public bool IsExtension(Block block) => Find(block.ParentId) is { IsOrphaned: false } parent
        && (!parent.IsFinal || parent == Finalized);

    /// <summary>Adds a block; null if it is known already or may not join.</summary>
    public TreeBlock? Add(Block block) => blocks.ContainsKey(block.Id) || !IsExtension(block)
        ? null
        : Put(block, Find(block.ParentId), unfinalized);

    /// <summary>Moves finality up by one block.</summary>
    /// <param name="block">The next block.</param>
    /// <returns>The block; null if it never joined.</returns>
    public TreeBlock? Finalize(Block block)
    {
        if (Find(block.Id) is not { IsFinal: false } final) return null;
        final.IsFinal = true;
        finalized.Add(final);
        foreach (TreeBlock other in unfinalized)
        {
            if (other.IsFinal || (other.Height > final.Height && !other.Parent!.IsOrphaned)) continue;
            other.IsOrphaned = true;
            blocks.Remove(other.Block.Id);
        }

        unfinalized.RemoveAll(static other => other.IsFinal || other.IsOrphaned);
        return final;
    }

    /// <summary>Forgets finalized blocks below the last final seal's.</summary>
    public void Prune()
    {
        int count = 0;
        while (finalized[count].Height < LastFinalSeal.Height) blocks.Remove(finalized[count++].Block.Id);
        finalized.RemoveRange(0, count);
        if (count > 0) finalized[0].Parent = null;
    }

    /// <summary>Whether a block is a tip or below it.</summary>
    /// <param name="block">A block.</param>
    /// <param name="tip">The last finalized block, or one above it.</param>
    public static bool IsOnFork(TreeBlock block, TreeBlock tip)
    {
        if (block.IsFinal) return true;
        TreeBlock? at = tip;
        while (at is { IsFinal: false } && at.Height > block.Height) at = at.Parent;
        return at == block;
    }

    private TreeBlock Put(Block block, TreeBlock? parent, List<TreeBlock> list)
    {
        var joined = new TreeBlock(block, parent, Seal.LastAsOf(block, ofRoot));
        blocks.Add(block.Id, joined);
        list.Add(joined);
        return joined;
    }
}
