using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Analysis.Divergence;

/// <summary>One result of a block: who came to it, what it should have been, and how it was judged.</summary>
/// <param name="result">The result.</param>
/// <param name="specified">By which behaviour the block should be executed.</param>
/// <param name="isWrong">Whether its end is not the one that all history executed as specified comes to.</param>
/// <param name="isHeir">Whether that holds of the result that it builds on already.</param>
/// <param name="wrongChunks">Which of its chunks do not follow from their own start as specified.</param>
public sealed class ResultFacts(
    ExecutionResult result, Behaviour specified, bool isWrong, bool isHeir, bool[] wrongChunks)
{
    public ExecutionResult Result => result;

    public Behaviour Specified => specified;

    public bool IsWrong => isWrong;

    public bool IsHeir => isHeir;

    /// <summary>Whether a chunk of its own is wrong, whatever it builds on.</summary>
    public bool HasWrongChunk => System.Array.IndexOf(wrongChunks, true) >= 0;

    /// <summary>Who came to it while no seal of the block was final.</summary>
    public List<int> LiveExecutors { get; } = [];

    /// <summary>All who came to it, each once.</summary>
    public List<int> Executors { get; } = [];

    /// <summary>Approvals by chunk.</summary>
    public int[] Approvals { get; } = new int[result.Chunks.Count];

    /// <summary>Faults that verifiers found, by chunk.</summary>
    public int[] Faults { get; } = new int[result.Chunks.Count];

    public bool IsWrongChunk(int chunk) => wrongChunks[chunk];
}

/// <summary>All results of a block, until it is long sealed.</summary>
/// <param name="id">The block.</param>
/// <param name="height">Its height.</param>
public sealed class BlockFacts(BlockId id, Height height)
{
    public BlockId Id => id;

    public Height Height => height;

    /// <summary>In the order in which somebody first came to them.</summary>
    public List<ResultFacts> Results { get; } = [];

    /// <summary>The result that the chain decided on; null as long as it has not.</summary>
    public ResultId? Sealed { get; set; }
}
