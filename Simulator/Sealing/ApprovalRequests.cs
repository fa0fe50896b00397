using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;

namespace FlowSim.Sealing;

/// <summary>Asks assigned verifiers for approvals that have not come, while sealing lags.</summary>
/// <remarks>
/// flow-go engine/consensus/sealing/core.go (requestPendingApprovals), approvals/request_tracker.go. It looks at each
/// finalized block. A chunk's first blackout begins when it is first found lacking, so nothing is asked for at once.
/// </remarks>
internal sealed class ApprovalRequests(EngineStart start, SealingSpec spec, SimTime startedAt)
{
    private readonly Luck.Purpose blackouts = start.Luck.For("blackout of an approval request").About(start.Key)
        .About(unchecked((ulong)startedAt.Nanoseconds));

    private readonly PriorityQueue<Lack, (SimTime Until, long Order)> waiting = new();
    private Height looked;
    private long order;

    /// <summary>A block became final while sealing lags by more than the threshold.</summary>
    /// <param name="now">The node's own clock.</param>
    /// <param name="tree">The chain.</param>
    /// <param name="into">Takes the requests.</param>
    public void OnFinalized(SimTime now, BlockTree tree, Effects into)
    {
        var upTo = new Height(tree.Finalized.Height.Value - spec.ApprovalRequestThreshold);
        Height from = looked < tree.FinalChain[0].Height ? tree.FinalChain[0].Height : looked.Next;
        for (Height height = from; height <= upTo; height = height.Next)
        {
            foreach (IncorporatedResult incorporated in tree.FinalAt(height)!.Incorporated)
            {
                for (int chunk = 0; chunk < incorporated.Of.Result.Chunks.Count; chunk++)
                    Wait(now, new Lack(incorporated, chunk, 0), tree);
            }

            looked = height;
        }

        while (waiting.TryPeek(out Lack? due, out (SimTime Until, long) key) && key.Until <= now)
        {
            waiting.Dequeue();
            if (IsLacking(due, tree)) Ask(now, due, tree, into);
        }
    }

    private static bool IsLacking(Lack lack, BlockTree tree) =>
        lack.In.Of.Height > tree.LastFinalSeal.Height && lack.In.IsAssigned && lack.In.Lacks(lack.Chunk);

    private void Wait(SimTime now, Lack lack, BlockTree tree)
    {
        if (!IsLacking(lack, tree)) return;
        long span = spec.LongestBlackout.Nanoseconds - spec.ShortestBlackout.Nanoseconds;
        long drawn = Luck.Below(blackouts.Draw(lack.Key, (ulong)lack.Attempt), span + 1);
        waiting.Enqueue(lack, (now + spec.ShortestBlackout + new SimDuration(drawn), order++));
    }

    private void Ask(SimTime now, Lack lack, BlockTree tree, Effects into)
    {
        ulong nonce = blackouts.Draw(lack.Key, (ulong)lack.Attempt, 1);
        var request = new Message.Pipeline.ApprovalRequest(lack.In.Of.Result.Id, lack.Chunk, nonce);
        foreach (NodeId verifier in lack.In.VerifiersOf(lack.Chunk))
        {
            if (!lack.In.Of.IsApprovedBy(lack.Chunk, verifier)) into.Send(verifier, request);
        }

        Wait(now, lack with { Attempt = lack.Attempt + 1 }, tree);
    }

    /// <summary>A chunk with too few approvals.</summary>
    private sealed record Lack(IncorporatedResult In, int Chunk, int Attempt)
    {
        public ulong Key => Mix64.Then(
            Mix64.Then(In.Of.Result.Id.Value, In.Block.Block.Id.Value), (ulong)Chunk);
    }
}
