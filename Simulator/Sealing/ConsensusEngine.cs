using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;

namespace FlowSim.Sealing;

/// <summary>What a consensus node leaves on its disk beside the chain's core.</summary>
/// <param name="Unsealed">Finalized blocks from the last final seal's up to the last one.</param>
/// <param name="Evidence">The execution fork that it found; null if none.</param>
public sealed record SealingDisk(IReadOnlyList<Block> Unsealed, ExecutionForkEvidence? Evidence);

/// <summary>The engine of a consensus node: orders collections, takes in receipts and approvals, seals results.
/// </summary>
/// <remarks>
/// Guarantees, receipts outside of blocks and approvals are in memory only. They are lost with the process and come
/// again by blocks or on request (engine/consensus/{ingestion,matching,sealing}).
/// </remarks>
public sealed class ConsensusEngine : IEngine, IPayloads
{
    private readonly EngineStart start;
    private readonly SealingSpec spec;
    private readonly CollectionLedger ledger;
    private readonly BlockTree tree;
    private readonly SealingCore core;
    private readonly GuaranteePool pool;
    private readonly PayloadRules rules;
    private readonly PayloadBuilder builder;
    private readonly PayloadValidator validator;
    private readonly EngineAlarm alarm = new();
    private ReceiptRequests receipts;
    private ApprovalRequests approvals;
    private ExecutionForkEvidence? evidence;
    private Height withReceipts;

    /// <param name="start">What it starts from.</param>
    /// <param name="spec">The rules.</param>
    /// <param name="assignments">Shared by all nodes of a run.</param>
    /// <param name="ledger">The node's own view of the finalized collections; it survives the process.</param>
    public ConsensusEngine(
        EngineStart start, SealingSpec spec, ChunkAssignments assignments, CollectionLedger ledger)
    {
        (this.start, this.spec, this.ledger) = (start, spec, ledger);
        var disk = start.Disk.Engine as SealingDisk;
        evidence = disk?.Evidence;
        tree = new BlockTree(disk?.Unsealed ?? start.Snapshot?.Segment ?? [start.Disk.Finalized],
            Seal.OfRoot(start.Root));
        core = new SealingCore(start.Roster, spec, assignments, tree);
        pool = new GuaranteePool(spec.GuaranteePool);
        rules = new PayloadRules(spec, tree, ledger);
        builder = new PayloadBuilder(spec, tree, rules, pool, ledger, core.Results);
        validator = new PayloadValidator(spec, rules, ledger, core.Results);
        receipts = new ReceiptRequests(start, spec, SimTime.Zero);
        approvals = new ApprovalRequests(start, spec, SimTime.Zero);
        var forgotten = new Effects();
        foreach (TreeBlock block in tree.FinalChain) core.Incorporate(block, forgotten);
        foreach (Message.Proposal proposal in start.Disk.Proposals)
            if (tree.Add(proposal.Block) is { } block) core.Incorporate(block, forgotten);
    }

    public object? Saved
    {
        get
        {
            var unsealed = new Block[tree.FinalChain.Count];
            for (int i = 0; i < unsealed.Length; i++) unsealed[i] = tree.FinalChain[i].Block;
            return new SealingDisk(unsealed, evidence);
        }
    }

    public void Start(SimTime now, Effects into)
    {
        receipts = new ReceiptRequests(start, spec, now);
        approvals = new ApprovalRequests(start, spec, now);
        if (evidence is not null && spec.AfterFork == AfterFork.ExitsAgain) Stop(evidence, into);
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        switch (message)
        {
            case Message.Pipeline.Pledge { Guarantee: var guarantee }:
                if (WorthOf(message) == Worth.Reading && IsKnown(guarantee)) pool.Add(guarantee);
                break;
            case Message.Pipeline.Receipt { Signed: var receipt }:
                core.Receive(receipt);
                receipts.Forget(receipt.Result.BlockId);
                break;
            case Message.Pipeline.Approval { Signed: var approval }:
                if (!IsSealed(approval.BlockId)) core.Receive(approval, into);
                break;
        }
    }

    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
        alarm.Fired();
        receipts.OnTimer(now, tree.Finalized.Block, into);
        alarm.Within(receipts.Deadline, into);
    }

    /// <summary>A consensus node has no work that takes time beside its chain's.</summary>
    public void Done(SimTime now, Job job, Effects into)
    {
    }

    /// <summary>Nobody calls a consensus node.</summary>
    public void OnCall(SimTime now, ClientCall call, Effects into)
    {
    }

    /// <remarks>One look or two at what is known; nothing is kept of what it saw.</remarks>
    public Worth WorthOf(Message message) => message switch
    {
        Message.Pipeline.Pledge { Guarantee: var guarantee } =>
            pool.Contains(guarantee.CollectionId) ? Worth.Nothing
            : ledger.Contains(guarantee.CollectionId) || rules.IsExpired(guarantee, tree.Finalized.Height.Next)
                ? Worth.NothingEver : Worth.Reading,
        Message.Pipeline.Receipt { Signed: var receipt } => core.WorthOf(receipt),
        Message.Pipeline.Approval { Signed: var approval } =>
            IsSealed(approval.BlockId) ? Worth.NothingEver : core.WorthOf(approval),
        _ => Worth.NothingEver,
    };

    public void Incorporated(SimTime now, Block block, Effects into)
    {
        if (tree.Add(block) is { } joined) core.Incorporate(joined, into);
    }

    public void Finalized(SimTime now, Block block, Effects into)
    {
        ledger.Append(block);
        if (tree.Finalize(block) is not { } final) return;
        foreach (Guarantee guarantee in final.Payload?.Guarantees ?? []) pool.Remove(guarantee.CollectionId);
        core.Finalize(into);
        receipts.Prune(tree.LastFinalSeal.Height);
        tree.Prune();

        ulong lag = tree.Finalized.Height.Value - tree.LastFinalSeal.Height.Value;
        if (lag >= spec.ReceiptRequestThreshold) WantReceipts(now, into);
        if (lag <= spec.ApprovalRequestThreshold) return;
        approvals.OnFinalized(now, tree, into);
        var upTo = new Height(tree.Finalized.Height.Value - spec.ApprovalRequestThreshold);
        LookForFork(incorporated => incorporated.Block.IsFinal && incorporated.Block.Height <= upTo, into);
    }

    /// <remarks>A leader that finds an execution fork ends before it has a block (exec_fork_actor.go).</remarks>
    public Payload? Build(View view, Block parent, Effects into)
    {
        TreeBlock below = tree.Find(parent.Id)!;
        if (LookForFork(incorporated => PayloadRules.MaySeal(incorporated, below), into)) return null;
        if (evidence is not null && spec.AfterFork == AfterFork.ExitsAgain) return null;
        return builder.Build(below, seals: evidence is null);
    }

    public bool IsValid(Block block) =>
        tree.IsExtension(block) && validator.IsValid(block, tree.Find(block.ParentId)!);

    /// <summary>Whether a guarantee refers to a block that the node knows; others are thrown away
    /// (engine/consensus/ingestion/core.go).</summary>
    private bool IsKnown(Guarantee guarantee) =>
        ledger.HeightOf(guarantee.ReferenceId) is not null || tree.Find(guarantee.ReferenceId) is not null;

    private bool IsSealed(BlockId block) =>
        ledger.HeightOf(block) is { } height && height <= tree.LastFinalSeal.Height;

    /// <summary>Asks for receipts of the lowest unsealed blocks that two executors do not agree on
    /// (engine/consensus/matching/core.go).</summary>
    private void WantReceipts(SimTime now, Effects into)
    {
        Height height = withReceipts > tree.LastFinalSeal.Height ? withReceipts : tree.LastFinalSeal.Height;
        bool isGapless = true;
        int asked = 0;
        for (height = height.Next; height <= tree.Finalized.Height; height = height.Next)
        {
            Block block = tree.FinalAt(height)!.Block;
            if (HasReceipts(block))
            {
                if (isGapless) withReceipts = height;
                continue;
            }

            isGapless = false;
            receipts.Want(now, block);
            if (++asked == spec.ReceiptRequestBlocks) break;
        }

        alarm.Within(receipts.Deadline, into);
    }

    private bool HasReceipts(Block block)
    {
        foreach (KnownResult result in core.Results.At(block.Height))
        {
            if (result.Result.BlockId == block.Id && result.Receipts.Count >= spec.RequiredExecutors) return true;
        }

        return false;
    }

    private bool LookForFork(System.Predicate<IncorporatedResult> isAskedFor, Effects into)
    {
        if (evidence is not null || core.Suppressor.IsIdle) return false;
        evidence = core.Suppressor.Find(isAskedFor, tree.LastFinalSeal);
        if (evidence is not null) Stop(evidence, into);
        return evidence is not null;
    }

    private static void Stop(ExecutionForkEvidence found, Effects into)
    {
        into.Report(new Notice.ExecutionFork(found.Seal, found.Other));
        into.Exit();
    }
}
