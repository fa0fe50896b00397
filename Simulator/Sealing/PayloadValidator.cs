using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>Judges what a block of others carries.</summary>
/// <remarks>
/// flow-go state/protocol/badger/mutator.go, module/validation/{receipt,seal}_validator.go. Neither approvals nor a
/// second execution node is asked for: those bind whoever builds (required-verification-seal-approvals is 0).
/// </remarks>
internal sealed class PayloadValidator(
    SealingSpec spec, PayloadRules rules, CollectionLedger ledger, ResultTree results)
{
    private readonly HashSet<CollectionId> onFork = [];
    private readonly HashSet<ulong> receipts = [];
    private readonly Dictionary<ResultId, ExecutionResult> brought = [];

    /// <summary>Whether a block's payload is what its chain allows.</summary>
    public bool IsValid(Block block, TreeBlock parent) => block.Payload is Payload.Main main
        && main.Guarantees.Count <= spec.MaxGuarantees && main.Receipts.Count <= spec.MaxReceipts
        && main.Seals.Count <= spec.MaxSeals
        && AreGuaranteesValid(main.Guarantees, parent) && AreReceiptsValid(main.Receipts, parent)
        && AreSealsValid(main, parent);

    private bool AreGuaranteesValid(IReadOnlyList<Guarantee> guarantees, TreeBlock parent)
    {
        if (guarantees.Count == 0) return true;
        PayloadRules.UnfinalizedCollections(parent, onFork);
        foreach (Guarantee guarantee in guarantees)
        {
            if (!onFork.Add(guarantee.CollectionId) || ledger.Contains(guarantee.CollectionId)
                || !rules.IsReferenceFit(guarantee, parent)) return false;
        }

        return true;
    }

    private bool AreReceiptsValid(IReadOnlyList<ExecutionReceipt> all, TreeBlock parent)
    {
        receipts.Clear();
        brought.Clear();
        foreach (ExecutionReceipt receipt in all)
        {
            ExecutionResult result = receipt.Result;
            if (!receipts.Add(receipt.Key) || !rules.IsUnsealedOn(result, parent)
                || !rules.MayExecute(receipt)) return false;
            KnownResult? known = results.Find(result.Id);
            if (known?.IsIncludedOn(parent, receipt.Executor) == true) return false;
            if (known?.On(parent) is null && !IsFounded(result, parent)) return false;
            brought.TryAdd(result.Id, result);
        }

        return true;
    }

    /// <summary>Whether the chain, or the block itself further up, has the result that one builds on.</summary>
    private bool IsFounded(ExecutionResult result, TreeBlock parent)
    {
        Seal last = parent.LastSeal;
        ExecutionResult? previous = result.PreviousId == last.Result.Id ? last.Result
            : brought.TryGetValue(result.PreviousId, out ExecutionResult? above) ? above
            : results.Find(result.PreviousId) is { } known && known.Height > last.Height && known.On(parent) is not null
                ? known.Result : null;
        return previous is not null && rules.IsWellFormed(result, previous);
    }

    private bool AreSealsValid(Payload.Main main, TreeBlock parent)
    {
        Seal last = parent.LastSeal;
        foreach (Seal seal in main.Seals)
        {
            if (seal.Height != last.Height.Next || seal.Height != seal.Result.Height
                || seal.BlockId != seal.Result.BlockId || seal.Result.PreviousId != last.Result.Id
                || !rules.IsUnsealedOn(seal.Result, parent)) return false;
            if (results.Find(seal.Result.Id)?.On(parent) is not { } incorporated
                || !PayloadRules.MaySeal(incorporated, parent)) return false;
            last = seal;
        }

        return main.LastSeal.Result.Id == last.Result.Id;
    }
}
