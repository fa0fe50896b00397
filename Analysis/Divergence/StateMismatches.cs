using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Analysis.Divergence;

/// <summary>D9: consensus nodes of a third of the weight or more refuse a block over its protocol state.</summary>
/// <remarks>That much suffices to keep it from a certificate. The weight is that of the consensus nodes of the
/// population.</remarks>
public sealed class ProposalsRefused : IOutcome
{
    public static readonly OutcomeKind Kind = new("d9-proposals-refused", "blocks",
        "D9: blocks whose protocol state consensus nodes of a third of the weight or more do not come to",
        () => new ProposalsRefused());

    private readonly Dictionary<BlockId, (ulong Weight, HashSet<int> By)> refused = [];

    public long Count { get; private set; }

    public void On(Scene scene, in TraceEvent entry)
    {
        if (entry.Notice is not Notice.StateMismatch { Block: var block }) return;
        int node = entry.Node.Index;
        if (scene.RoleOf(node) != Role.Consensus) return;
        (ulong weight, HashSet<int> by) = refused.TryGetValue(block.Id, out var known) ? known : (0, []);
        if (!by.Add(node)) return;
        ulong after = weight + scene.Run.Nodes[node].Weight;
        refused[block.Id] = (after, by);
        UInt128 total = Weights.Of(scene, Role.Consensus);
        if (weight * (UInt128)3 < total && after * (UInt128)3 >= total) Count++;
    }
}

/// <summary>D10: a consensus node refuses a block that becomes final without it.</summary>
public sealed class ReplicaLeftBehind : IOutcome
{
    public static readonly OutcomeKind Kind = new("d10-replicas-left-behind", "times",
        "D10: times that a consensus node refused the protocol state of a block that became final elsewhere",
        () => new ReplicaLeftBehind());

    private readonly Dictionary<BlockId, HashSet<int>> refused = [];
    private readonly HashSet<BlockId> final = [];

    public long Count { get; private set; }

    public void On(Scene scene, in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.StateMismatch { Block.Id: var block } when scene.RoleOf(entry.Node.Index) == Role.Consensus:
                if (!refused.TryGetValue(block, out HashSet<int>? by)) refused.Add(block, by = []);
                if (by.Add(entry.Node.Index) && final.Contains(block)) Count++;
                break;
            case Notice.Finalized { Block.Id: var block } when final.Add(block):
                if (refused.TryGetValue(block, out HashSet<int>? left)) Count += left.Count;
                break;
        }
    }
}

/// <summary>D11: a node that only follows the chain ends over the protocol state of a certified block.</summary>
public sealed class FollowerStopped : IOutcome
{
    public static readonly OutcomeKind Kind = new("d11-followers-stopped", "times",
        "D11: ends of processes of other roles than consensus over the protocol state of a block",
        () => new FollowerStopped());

    private readonly HashSet<int> mismatched = [];

    public long Count { get; private set; }

    public void On(Scene scene, in TraceEvent entry)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.StateMismatch when scene.RoleOf(node) != Role.Consensus:
                mismatched.Add(node);
                break;
            case Notice.Ending { Cause: StopCause.Failure } when mismatched.Remove(node):
                Count++;
                break;
            case Notice.Started:
                mismatched.Remove(node);
                break;
        }
    }
}
