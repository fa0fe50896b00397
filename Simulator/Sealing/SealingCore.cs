using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Pipeline;

namespace FlowSim.Sealing;

/// <summary>Which results could be sealed, as far as a node knows: receipts, approvals and old age.</summary>
/// <remarks>flow-go engine/consensus/{matching,sealing,approvals}.</remarks>
internal sealed class SealingCore
{
    private readonly Roster roster;
    private readonly SealingSpec spec;
    private readonly ChunkAssignments assignments;
    private readonly BlockTree tree;
    private readonly PendingReceipts pending;
    private readonly ApprovalsCache cache;
    private readonly Queue<ExecutionReceipt> arrived = new();
    private int candidates;

    public SealingCore(Roster roster, SealingSpec spec, ChunkAssignments assignments, BlockTree tree)
    {
        (this.roster, this.spec, this.assignments, this.tree) = (roster, spec, assignments, tree);
        pending = new PendingReceipts(spec.PendingReceipts);
        cache = new ApprovalsCache(spec.ApprovalsCache);
        Results = new ResultTree(tree.LastFinalSeal);
        Suppressor = new ForkSuppressor(spec, Results);
    }

    public ResultTree Results { get; }

    public ForkSuppressor Suppressor { get; }

    private Height Sealed => tree.LastFinalSeal.Height;

    /// <summary>What an unread receipt is worth.</summary>
    public Worth WorthOf(ExecutionReceipt receipt)
    {
        if (receipt.Result.Height <= Sealed) return Worth.NothingEver;
        bool isKnown = Results.Find(receipt.Result.Id) is { } known
            ? known.IsSignedBy(receipt.Executor)
            : pending.Contains(receipt);
        return isKnown ? Worth.Nothing : Worth.Reading;
    }

    /// <summary>What an unread approval is worth; one of a block that is sealed is the caller's to know.</summary>
    public Worth WorthOf(ResultApproval approval)
    {
        bool isKnown = Results.Find(approval.ResultId) is { } known
            ? known.IsApprovedBy(approval.Chunk, approval.Approver) || cache.Contains(approval)
            : cache.Contains(approval);
        return isKnown ? Worth.Nothing : Worth.Reading;
    }

    /// <summary>A receipt has come by itself.</summary>
    /// <remarks>One for an unknown block is thrown away: it will be asked for (matching/core.go).</remarks>
    public void Receive(ExecutionReceipt receipt)
    {
        arrived.Enqueue(receipt);
        TakeArrived();
    }

    private void TakeArrived()
    {
        while (arrived.TryDequeue(out ExecutionReceipt? receipt)) Take(receipt);
    }

    private void Take(ExecutionReceipt receipt)
    {
        ExecutionResult result = receipt.Result;
        if (result.Height <= Sealed || tree.Find(result.BlockId) is not { } executed
            || roster.RoleOf(receipt.Executor) != Role.Execution
            || !Roster.May(receipt.Executor, Role.Execution, executed.Block.State)) return;
        if (Results.Find(result.Id) is { } known)
        {
            known.AddReceipt(receipt);
        }
        else if (Results.Find(result.PreviousId) is not { } previous)
        {
            pending.Add(receipt);
        }
        else if (Results.Count < spec.ResultPool && PayloadRules.Follows(result, previous.Result, executed.Block))
        {
            Results.Add(result).AddReceipt(receipt);
            foreach (ExecutionReceipt next in pending.Take(result.Id)) arrived.Enqueue(next);
        }
    }

    /// <summary>An approval has come.</summary>
    public void Receive(ResultApproval approval, Effects into)
    {
        if (roster.RoleOf(approval.Approver) != Role.Verification) return;
        if (Results.Find(approval.ResultId) is { Incorporations.Count: > 0 } known) Count(known, approval, into);
        else cache.Add(approval);
    }

    /// <summary>A block has joined the tree: its receipts are known, and its parent has a certificate.</summary>
    public void Incorporate(TreeBlock block, Effects into)
    {
        foreach (ExecutionReceipt receipt in block.Payload?.Receipts ?? [])
        {
            if (receipt.Result.Height <= Sealed) continue;
            KnownResult known = Results.Find(receipt.Result.Id) ?? Results.Add(receipt.Result);
            known.AddReceipt(receipt);
            bool isFirst = known.On(block) is null;
            known.Inclusions.Add((receipt.Executor, block));
            if (isFirst) Incorporate(known, block, into);
            foreach (ExecutionReceipt next in pending.Take(receipt.Result.Id)) arrived.Enqueue(next);
            TakeArrived();
        }

        foreach (IncorporatedResult incorporated in block.Parent?.Incorporated ?? [])
        {
            if (incorporated.IsAssigned) continue;
            incorporated.Assign(assignments.Of(block.Block.ParentId, incorporated.Of.Result));
            if (incorporated.IsApproved) Offer(incorporated, false, into);
        }
    }

    /// <summary>Finality has moved up, and perhaps the last final seal.</summary>
    public void Finalize(Effects into)
    {
        candidates -= Results.Prune(Sealed);
        pending.Prune(Sealed);
        Suppressor.Prune(Sealed);
        if (spec.EmergencySealing) OfferOld(into);
    }

    private void Incorporate(KnownResult known, TreeBlock block, Effects into)
    {
        var incorporated = new IncorporatedResult(known, block, spec.RequiredApprovals);
        known.Incorporations.Add(incorporated);
        block.Incorporated.Add(incorporated);
        if (cache.Take(known.Result.Id) is not { } cached) return;
        foreach (ResultApproval approval in cached) Count(known, approval, into);
    }

    private void Count(KnownResult known, ResultApproval approval, Effects into)
    {
        if (known.IsApprovedBy(approval.Chunk, approval.Approver)) return;
        known.AddApproval(approval.Chunk, approval.Approver);
        foreach (IncorporatedResult incorporated in known.Incorporations)
        {
            bool was = incorporated.IsApproved;
            incorporated.Count(approval.Chunk, approval.Approver);
            if (!was && incorporated.IsApproved) Offer(incorporated, false, into);
        }
    }

    private void Offer(IncorporatedResult incorporated, bool isEmergency, Effects into)
    {
        KnownResult known = incorporated.Of;
        into.Report(new Notice.SealReady(known.Seal with { IsEmergency = isEmergency },
            incorporated.Block.Block.Id));
        if (known.IsCandidate) return;
        known.IsCandidate = true;
        Suppressor.Add(known);
        if (++candidates > spec.SealPool) into.Exit();
    }

    /// <summary>Offers seals without approvals for the lowest unsealed heights (sealing/core.go).</summary>
    private void OfferOld(Effects into)
    {
        ulong finalized = tree.Finalized.Height.Value;
        ulong lag = finalized - Sealed.Value;
        if (lag <= spec.EmergencyAfterFinalized) return;
        ulong heights = ulong.Min(lag - spec.EmergencyAfterFinalized, spec.EmergencyHeights);
        for (ulong above = 1; above <= heights; above++)
        {
            foreach (KnownResult known in Results.At(new Height(Sealed.Value + above)))
                foreach (IncorporatedResult incorporated in known.Incorporations)
                {
                    if (incorporated.IsSealable || !incorporated.Block.IsFinal
                        || incorporated.Block.Height.Value + spec.EmergencyAfterIncorporated > finalized) continue;
                    incorporated.IsEmergency = true;
                    Offer(incorporated, true, into);
                }
        }
    }
}
