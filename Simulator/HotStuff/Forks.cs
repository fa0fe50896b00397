using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>The tree of blocks above the last final one, and the rule by which they become final.</summary>
/// <remarks>
/// flow-go forks/forks.go: a block is final with all its ancestors once a direct child, in the very next
/// view, is certified. Whether blocks and certificates are valid is not its matter.
/// </remarks>
public sealed class Forks
{
    private readonly List<Vertex> vertices = [];
    private readonly List<Block> path = [];
    private readonly Predicate<Vertex> isPast;
    private readonly bool needsDirectChild;
    private Block? certifiedChild;
    private QuorumCertificate? certifyingQc;

    /// <param name="root">Trusted and final.</param>
    /// <param name="constants">The rule of finality; flow-go's when not given.</param>
    public Forks(Block root, SafetyConstants? constants = null)
    {
        needsDirectChild = (constants ?? SafetyConstants.FlowGo).FinalityNeedsDirectChild;
        FinalizedBlock = root;
        isPast = vertex => vertex.Block.View < FinalizedView;
        Store(root);
    }

    /// <summary>The last final block.</summary>
    public Block FinalizedBlock { get; private set; }

    public View FinalizedView => FinalizedBlock.View;

    /// <summary>Why that block is final; null until the root has a certified direct child.</summary>
    public FinalityProof? Proof =>
        certifyingQc is null ? null : new FinalityProof(FinalizedBlock, certifiedChild!, certifyingQc);

    /// <summary>A block of the tree; null when unknown or pruned.</summary>
    public Block? Find(BlockId id) => IndexOf(id) is var at and >= 0 ? vertices[at].Block : null;

    /// <summary>The known blocks of a view in order of arrival.</summary>
    public IReadOnlyList<Block> BlocksAt(View view)
    {
        List<Block> blocks = [];
        foreach (Vertex vertex in vertices)
        {
            if (vertex.Block.View == view) blocks.Add(vertex.Block);
        }

        return blocks;
    }

    /// <summary>Adds a block as consensus participants do: its QC certifies its parent.</summary>
    /// <exception cref="MissingBlockException">The parent is unknown; nothing changed.</exception>
    /// <exception cref="ByzantineThresholdExceededException">Two certificates contradict each
    /// other.</exception>
    public void AddValidated(Block block, List<ForksEvent> into)
    {
        if (!IsNew(block)) return;
        Incorporate(block, null, into);
        if (block.Qc.View >= FinalizedView && block.View > FinalizedView)
            FinalizeParentOf(Known(block.ParentId), block.Qc, into);
    }

    /// <summary>Adds a block that comes with its own certificate, as followers do.</summary>
    /// <inheritdoc cref="AddValidated"/>
    public void AddCertified(Block block, QuorumCertificate qc, List<ForksEvent> into)
    {
        if (!IsNew(block)) return;
        Incorporate(block, qc, into);
        FinalizeParentOf(block, qc, into);
    }

    private bool IsNew(Block block) => block.View >= FinalizedView && IndexOf(block.Id) < 0;

    private void Incorporate(Block block, QuorumCertificate? ownQc, List<ForksEvent> into)
    {
        EnsureExtends(block);
        EnsureNoRival(block.Qc);
        foreach (Vertex vertex in vertices)
        {
            if (vertex.Block.View == block.View)
                into.Add(new ForksEvent(ForksChange.DoubleProposal, block, vertex.Block));
        }

        if (ownQc is not null) EnsureNoRival(ownQc);
        Store(block);
        into.Add(new ForksEvent(ForksChange.Incorporated, block));
    }

    private void EnsureExtends(Block block)
    {
        if (block.Qc.View >= block.View)
            throw new ArgumentException("a block's QC must be for an earlier view", nameof(block));

        // Below the finalized view everything is pruned: such a parent cannot be asked for.
        if (block.View == FinalizedView || block.Qc.View < FinalizedView) return;
        Block parent = Find(block.ParentId) ?? throw new MissingBlockException(block.Qc.View, block.ParentId);
        if (parent.View != block.Qc.View)
            throw new ArgumentException("a block's QC and its parent must be of one view", nameof(block));
    }

    /// <remarks>A stored child carries a QC for its parent, so two blocks of one view with a QC each are
    /// found.</remarks>
    private void EnsureNoRival(QuorumCertificate qc)
    {
        foreach (Vertex vertex in vertices)
        {
            if (vertex.Block.View == qc.View && vertex.HasChild && vertex.Block.Id != qc.BlockId)
                throw Byzantine("two QCs of one view", qc.View);
        }
    }

    private void FinalizeParentOf(Block certified, QuorumCertificate qc, List<ForksEvent> into)
    {
        if (certified.Qc.View < FinalizedView || certified.View == FinalizedView) return;
        Block parent = Known(certified.ParentId);
        if (needsDirectChild && !certified.View.Follows(parent.View)) return;

        CollectPath(parent);
        certifiedChild = certified;
        certifyingQc = qc;
        for (int i = path.Count - 1; i >= 0; i--)
        {
            FinalizedBlock = path[i];
            Prune();
            into.Add(new ForksEvent(ForksChange.Finalized, path[i]));
        }
    }

    /// <summary>The blocks between the last final one and the given one, newest first.</summary>
    private void CollectPath(Block newest)
    {
        path.Clear();
        Block at = newest;
        while (at.View > FinalizedView)
        {
            path.Add(at);
            if (at.Qc.View < FinalizedView) throw Byzantine("a final block off the final chain", newest.View);
            at = Known(at.ParentId);
        }

        if (at.Id != FinalizedBlock.Id) throw Byzantine("a final block off the final chain", newest.View);
    }

    /// <remarks>Few blocks are above the last final one, and who asks wants one of the newest.</remarks>
    private int IndexOf(BlockId id)
    {
        for (int i = vertices.Count - 1; i >= 0; i--)
        {
            if (vertices[i].Block.Id == id) return i;
        }

        return -1;
    }

    private Block Known(BlockId id) =>
        Find(id) ?? throw new InvalidOperationException("a block of the tree has lost its parent");

    private void Store(Block block)
    {
        int parent = IndexOf(block.ParentId);
        if (parent >= 0) vertices[parent] = vertices[parent] with { HasChild = true };
        vertices.Add(new Vertex(block, false));
    }

    private void Prune() => vertices.RemoveAll(isPast);

    private static ByzantineThresholdExceededException Byzantine(string what, View view) =>
        new(string.Create(CultureInfo.InvariantCulture, $"view {view.Value}: {what}"));

    private readonly record struct Vertex(Block Block, bool HasChild);
}
