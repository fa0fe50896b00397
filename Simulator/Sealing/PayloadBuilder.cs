using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>Fills a leader's block (module/builder/consensus/builder.go).</summary>
internal sealed class PayloadBuilder(
    SealingSpec spec, BlockTree tree, PayloadRules rules, GuaranteePool pool, CollectionLedger ledger,
    ResultTree results)
{
    private readonly HashSet<CollectionId> onFork = [];
    private readonly Queue<KnownResult> toVisit = new();

    /// <summary>The payload of a block.</summary>
    /// <param name="parent">The block below.</param>
    /// <param name="seals">Whether it may seal.</param>
    public Payload.Main Build(TreeBlock parent, bool seals)
    {
        IReadOnlyList<Seal> chosen = seals ? Seals(parent) : [];
        return new Payload.Main(
            Guarantees(parent), Receipts(parent), chosen, chosen.Count > 0 ? chosen[^1] : parent.LastSeal);
    }

    private List<Guarantee> Guarantees(TreeBlock parent)
    {
        List<Guarantee> chosen = [];
        PayloadRules.UnfinalizedCollections(parent, onFork);
        LinkedListNode<Guarantee>? next = pool.First;
        while (next is not null && chosen.Count < spec.MaxGuarantees)
        {
            Guarantee guarantee = next.Value;
            next = next.Next;
            if (rules.IsExpired(guarantee, parent.Height.Next)) pool.Remove(guarantee.CollectionId);
            else if (!onFork.Contains(guarantee.CollectionId) && !ledger.Contains(guarantee.CollectionId)
                && rules.IsReferenceFit(guarantee, parent)) chosen.Add(guarantee);
        }

        return chosen;
    }

    /// <summary>Receipts that can be reached from the last sealed result: a result comes after the one it builds on.
    /// </summary>
    private List<ExecutionReceipt> Receipts(TreeBlock parent)
    {
        List<ExecutionReceipt> chosen = [];
        toVisit.Clear();
        if (results.Find(parent.LastSeal.Result.Id) is { } last) toVisit.Enqueue(last);
        while (toVisit.TryDequeue(out KnownResult? result))
        {
            foreach (KnownResult child in result.Children)
            {
                if (!rules.IsUnsealedOn(child.Result, parent)) continue;
                foreach (ExecutionReceipt receipt in child.Receipts)
                {
                    if (child.IsIncludedOn(parent, receipt.Executor)) continue;
                    if (chosen.Count == spec.MaxReceipts) return chosen;
                    chosen.Add(receipt);
                }

                toVisit.Enqueue(child);
            }
        }

        return chosen;
    }

    private List<Seal> Seals(TreeBlock parent)
    {
        List<Seal> chosen = [];
        Seal last = parent.LastSeal;
        while (chosen.Count < spec.MaxSeals && Next(last, parent) is { } seal)
        {
            chosen.Add(seal);
            last = seal;
        }

        return chosen;
    }

    private Seal? Next(Seal last, TreeBlock parent)
    {
        foreach (KnownResult result in results.At(last.Height.Next))
        {
            if (result.Result.PreviousId != last.Result.Id || result.Receipts.Count < spec.RequiredExecutors) continue;
            if (tree.Find(result.Result.BlockId) is not { } executed || !BlockTree.IsOnFork(executed, parent)) continue;
            foreach (IncorporatedResult incorporated in result.Incorporations)
            {
                if (incorporated.IsSealable && PayloadRules.MaySeal(incorporated, parent))
                    return incorporated.IsApproved ? result.Seal : result.Seal with { IsEmergency = true };
            }
        }

        return null;
    }
}
