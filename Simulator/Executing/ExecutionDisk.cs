using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Executing;

/// <summary>What an execution node has written when its process dies.</summary>
/// <param name="Blocks">Certified blocks that it is not done with, parents first.</param>
/// <param name="Collections">Collections of theirs that have come.</param>
/// <param name="LastSeal">The newest finalized seal.</param>
/// <param name="History">The system contracts as of blocks below, ascending.</param>
internal sealed record ExecutionDisk(
    IReadOnlyList<ExecutionDisk.Entry> Blocks, IReadOnlyList<Collection> Collections, Seal LastSeal,
    IReadOnlyList<ContractHistory.Entry> History)
{
    /// <summary>What is there before a node first starts.</summary>
    public static ExecutionDisk Bootstrapped(Block root)
    {
        Seal seal = Seal.OfRoot(root);
        return new ExecutionDisk([new Entry(root, seal.Result, true)], [], seal, []);
    }

    /// <summary>What is there before a new node first starts: the state at the end of the last sealed block, which it
    /// has from another execution node.</summary>
    public static ExecutionDisk Of(Snapshot snapshot)
    {
        Seal seal = ((Payload.Main)snapshot.Head.Payload!).LastSeal;
        var entries = new Entry[snapshot.Segment.Count];
        for (int i = 0; i < entries.Length; i++)
            entries[i] = new Entry(snapshot.Segment[i], i == 0 ? seal.Result : null, true);
        return new ExecutionDisk(entries, [], seal, []);
    }

    /// <summary>A block and what is known of it.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Result">Its result; null when it is not executed.</param>
    /// <param name="IsFinalized">Whether it is final.</param>
    internal sealed record Entry(Block Block, ExecutionResult? Result, bool IsFinalized);
}
