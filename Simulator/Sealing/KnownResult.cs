using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>A result that a node knows: who signed it, who approved it, which blocks incorporate it.</summary>
internal sealed class KnownResult(ExecutionResult result)
{
    private readonly List<NodeId>?[] approvers = new List<NodeId>?[result.Chunks.Count];

    public ExecutionResult Result => result;

    public Height Height => result.Height;

    /// <summary>The seal that the result would get.</summary>
    public Seal Seal { get; } = new(result.BlockId, result.Height, result);

    /// <summary>One receipt per execution node, in the order in which they became known.</summary>
    public List<ExecutionReceipt> Receipts { get; } = [];

    /// <summary>Which receipts are in which blocks.</summary>
    public List<(NodeId Executor, TreeBlock In)> Inclusions { get; } = [];

    /// <summary>Results that build on this one.</summary>
    public List<KnownResult> Children { get; } = [];

    /// <summary>Where it is incorporated, once per fork at most.</summary>
    public List<IncorporatedResult> Incorporations { get; } = [];

    /// <summary>Whether a seal for it was ever possible.</summary>
    public bool IsCandidate { get; set; }

    public bool IsSignedBy(NodeId executor)
    {
        foreach (ExecutionReceipt receipt in Receipts)
        {
            if (receipt.Executor == executor) return true;
        }

        return false;
    }

    public void AddReceipt(ExecutionReceipt receipt)
    {
        if (!IsSignedBy(receipt.Executor)) Receipts.Add(receipt);
    }

    /// <summary>Whether an approval says nothing new.</summary>
    public bool IsApprovedBy(int chunk, NodeId approver) =>
        (uint)chunk >= (uint)approvers.Length || approvers[chunk]?.Contains(approver) == true;

    public void AddApproval(int chunk, NodeId approver) => (approvers[chunk] ??= []).Add(approver);

    /// <summary>Who approved a chunk.</summary>
    public IReadOnlyList<NodeId> ApproversOf(int chunk) => approvers[chunk] ?? [];

    /// <summary>Whether a node's receipt is in a block up to a tip.</summary>
    public bool IsIncludedOn(TreeBlock tip, NodeId executor)
    {
        foreach ((NodeId included, TreeBlock block) in Inclusions)
        {
            if (included == executor && BlockTree.IsOnFork(block, tip)) return true;
        }

        return false;
    }

    /// <summary>Its incorporation in a block up to a tip; null if there is none.</summary>
    public IncorporatedResult? On(TreeBlock tip)
    {
        foreach (IncorporatedResult incorporation in Incorporations)
        {
            if (BlockTree.IsOnFork(incorporation.Block, tip)) return incorporation;
        }

        return null;
    }
}
