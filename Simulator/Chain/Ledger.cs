using System;
using System.Collections.Generic;

namespace FlowSim.Chain;

/// <summary>One node's finalized chain: what it may serve to others. It survives the process.</summary>
/// <remarks>
/// All ledgers share one archive. Should a node finalize a block that contradicts the archive, which takes more than a
/// third of liars, its ledger goes on with a branch of its own. Blocks off the finalized chain are forgotten at
/// finality; flow-go keeps them, but nobody asks for them.
/// </remarks>
public sealed class Ledger(Archive archive)
{
    private List<Message.Proposal>? branch;
    private Height branchStart;
    private Height? marked;

    /// <summary>The ledger of a node that starts from a block which others have finalized.</summary>
    public Ledger(Archive archive, Height from)
        : this(archive)
    {
        archive.Admit(from);
        Height = from;
    }

    /// <summary>The node's finalized height.</summary>
    public Height Height { get; private set; } = archive.Root;

    /// <summary>The node has lost it: nothing is kept on its account any longer.</summary>
    public void Discard()
    {
        archive.Release(branch is null ? Height : new Height(branchStart.Value - 1));
        if (marked is { } copied) archive.Release(copied);
    }

    /// <summary>Appends the next finalized block.</summary>
    public void Append(Message.Proposal proposal)
    {
        if (branch is not null || !archive.TryAdvance(proposal))
        {
            if (branch is null) branchStart = proposal.Block.Height;
            (branch ??= []).Add(proposal);
        }

        Height = proposal.Block.Height;
    }

    /// <summary>Remembers the height, so that <see cref="GoBack"/> finds it, in place of one marked before.</summary>
    public void Mark()
    {
        if (marked is { } before) archive.Release(before);
        marked = Height;
        archive.Admit(Height);
    }

    /// <summary>Goes back to the height marked last: what was finalized since is forgotten.</summary>
    /// <exception cref="InvalidOperationException">Nothing is marked, or the ledger is on a branch of its own.
    /// </exception>
    public void GoBack()
    {
        if (marked is not { } to || branch is not null)
            throw new InvalidOperationException("there is no marked height on the common chain");
        archive.Release(Height);
        archive.Admit(to);
        Height = to;
    }

    /// <summary>Is from now on as high as another node's ledger.</summary>
    /// <exception cref="InvalidOperationException">One of them is on a branch of its own.</exception>
    public void GoTo(Ledger other)
    {
        if (branch is not null || other.branch is not null)
            throw new InvalidOperationException("a branch of the chain is not copied");
        archive.Release(Height);
        archive.Admit(other.Height);
        Height = other.Height;
    }

    /// <summary>The finalized block of a height; null above the node's own, or when it is forgotten.</summary>
    public Message.Proposal? At(Height height)
    {
        if (height > Height) return null;
        return branch is not null && height >= branchStart
            ? branch[(int)(height.Value - branchStart.Value)]
            : archive.At(height);
    }

    /// <summary>A finalized block; null when the node has not finalized it.</summary>
    public Message.Proposal? Find(BlockId id)
    {
        Message.Proposal? found = archive.Find(id) ?? branch?.Find(own => own.Block.Id == id);
        return found is not null && At(found.Block.Height)?.Block.Id == id ? found : null;
    }
}
