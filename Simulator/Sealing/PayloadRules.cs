using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Pipeline;

namespace FlowSim.Sealing;

/// <summary>What a block may carry, for those who build one and for those who judge it.</summary>
internal sealed class PayloadRules(SealingSpec spec, BlockTree tree, CollectionLedger ledger)
{
    /// <summary>Whether a collection's reference block is on the fork of a block's parent and young enough for it.
    /// </summary>
    public bool IsReferenceFit(Guarantee guarantee, TreeBlock parent)
    {
        if (IsExpired(guarantee, parent.Height.Next)) return false;
        if (ledger.HeightOf(guarantee.ReferenceId) is { } height) return height == guarantee.ReferenceHeight;
        return tree.Find(guarantee.ReferenceId) is { IsFinal: false } reference
            && reference.Height == guarantee.ReferenceHeight && BlockTree.IsOnFork(reference, parent);
    }

    /// <summary>Whether a collection is too old for a block of a height.</summary>
    public bool IsExpired(Guarantee guarantee, Height at) => guarantee.ReferenceHeight.Value + spec.Expiry < at.Value;

    /// <summary>Collects what the unfinalized blocks up to a tip contain.</summary>
    public static void UnfinalizedCollections(TreeBlock tip, HashSet<CollectionId> found)
    {
        found.Clear();
        for (TreeBlock? at = tip; at is { IsFinal: false }; at = at.Parent)
            foreach (Guarantee guarantee in at.Payload?.Guarantees ?? [])
                found.Add(guarantee.CollectionId);
    }

    /// <summary>Whether a result's block is on the fork and not sealed there.</summary>
    public bool IsUnsealedOn(ExecutionResult result, TreeBlock parent) =>
        result.Height > parent.LastSeal.Height && tree.Find(result.BlockId) is { } executed
        && executed.Height == result.Height && BlockTree.IsOnFork(executed, parent);

    /// <summary>Whether a receipt's signer is an executor as of the executed block, which is in the tree.</summary>
    public bool MayExecute(ExecutionReceipt receipt) => tree.Find(receipt.Result.BlockId) is { } executed
        && Roster.May(receipt.Executor, Role.Execution, executed.Block.State);

    /// <summary><see cref="Follows"/>, for a result whose block is in the tree.</summary>
    public bool IsWellFormed(ExecutionResult result, ExecutionResult previous) =>
        tree.Find(result.BlockId) is { } executed && Follows(result, previous, executed.Block);

    /// <summary>
    /// Whether a result is well-formed on top of another: a chunk per collection and one more, states in a chain
    /// (module/validation/receipt_validator.go).
    /// </summary>
    public static bool Follows(ExecutionResult result, ExecutionResult previous, Block block)
    {
        int collections = block.Payload is Payload.Main main ? main.Guarantees.Count : 0;
        if (result.Chunks.Count != collections + 1) return false;
        if (previous.Id != result.PreviousId || previous.BlockId != block.ParentId) return false;
        Commitment state = previous.End;
        foreach (Chunk chunk in result.Chunks)
        {
            if (chunk.Start != state) return false;
            state = chunk.End;
        }

        return true;
    }

    /// <summary>
    /// Whether the block that incorporates a result is far enough below a sealing block: neither it nor its parent, so
    /// that the randomness that assigns the verifiers is in the chain (module/validation/seal_validator.go).
    /// </summary>
    public static bool MaySeal(IncorporatedResult incorporated, TreeBlock parent) =>
        incorporated.Block != parent && BlockTree.IsOnFork(incorporated.Block, parent);
}
