using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>A result in the block that incorporates it, and the approvals of those whom that block assigns.</summary>
/// <remarks>flow-go engine/consensus/approvals: approval_collector.go, chunk_collector.go.</remarks>
/// <param name="of">The result.</param>
/// <param name="block">The first block of a fork with a receipt for it.</param>
/// <param name="required">Approvals that each chunk needs.</param>
internal sealed class IncorporatedResult(KnownResult of, TreeBlock block, int required)
{
    private IReadOnlyList<IReadOnlyList<NodeId>>? assigned;
    private int[] counts = [];
    private int lacking;

    public KnownResult Of => of;

    public TreeBlock Block => block;

    /// <summary>Whether its verifiers are known: a certificate for the block gives the randomness.</summary>
    public bool IsAssigned => assigned is not null;

    /// <summary>Whether every chunk has the approvals it needs.</summary>
    public bool IsApproved => IsAssigned && lacking == 0;

    /// <summary>Whether it is so old that it may be sealed without.</summary>
    public bool IsEmergency { get; set; }

    public bool IsSealable => IsApproved || IsEmergency;

    /// <summary>Takes the assignment and counts what has come before.</summary>
    public void Assign(IReadOnlyList<IReadOnlyList<NodeId>> verifiers)
    {
        assigned = verifiers;
        counts = new int[verifiers.Count];
        lacking = required > 0 ? verifiers.Count : 0;
        for (int chunk = 0; chunk < counts.Length; chunk++)
        {
            foreach (NodeId approver in of.ApproversOf(chunk)) Count(chunk, approver);
        }
    }

    /// <summary>Counts an approval that is new.</summary>
    public void Count(int chunk, NodeId approver)
    {
        if (assigned is null || !IsAssignedTo(chunk, approver)) return;
        if (++counts[chunk] == required) lacking--;
    }

    /// <summary>Whether a chunk has too few approvals.</summary>
    public bool Lacks(int chunk) => counts[chunk] < required;

    /// <summary>Who checks a chunk.</summary>
    public IReadOnlyList<NodeId> VerifiersOf(int chunk) => assigned![chunk];

    private bool IsAssignedTo(int chunk, NodeId approver)
    {
        IReadOnlyList<NodeId> verifiers = assigned![chunk];
        for (int i = 0; i < verifiers.Count; i++)
        {
            if (verifiers[i] == approver) return true;
        }

        return false;
    }
}
