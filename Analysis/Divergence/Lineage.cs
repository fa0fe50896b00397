using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Divergence;

/// <summary>Holds every result against what its block comes to when all history is executed as specified.</summary>
/// <remarks>
/// The specified end is computed from what chunks execute, block by block along the results, and takes no node's word.
/// A result that builds on one nobody was heard to come to is trusted at its start: the root's. Keeps three words per
/// block.
/// </remarks>
/// <param name="specification">What should apply.</param>
/// <param name="sensitivity">The draws of the run that decide on sensitivity.</param>
public sealed class Lineage(Specification specification, Luck.Purpose sensitivity)
{
    private readonly Dictionary<BlockId, Commitment> specified = [];
    private readonly Dictionary<ResultId, (BlockId Block, bool IsWrong)> known = [];

    /// <summary>The specified end of a block; null when nobody has executed it.</summary>
    public Commitment? EndOf(BlockId block) =>
        specified.TryGetValue(block, out Commitment end) ? end : null;

    /// <summary>A block is to be executed again, perhaps by another behaviour.</summary>
    public void Forget(BlockId block) => specified.Remove(block);

    /// <summary>What a result should have been.</summary>
    public ResultFacts Hold(ExecutionResult result)
    {
        Behaviour behaviour = specification.Of(result.Height, result.State);
        (Commitment end, bool isHeir) = known.TryGetValue(result.PreviousId, out (BlockId Block, bool IsWrong) previous)
            ? (specified[previous.Block], previous.IsWrong)
            : (result.Start, false);
        bool[] wrong = new bool[result.Chunks.Count];
        for (int i = 0; i < wrong.Length; i++)
        {
            Chunk chunk = result.Chunks[i];
            end = behaviour.Execute(sensitivity, end, chunk.Content);
            wrong[i] = behaviour.Execute(sensitivity, chunk.Start, chunk.Content) != chunk.End;
        }

        specified[result.BlockId] = end;
        bool isWrong = end != result.End;
        known[result.Id] = (result.BlockId, isWrong);
        return new ResultFacts(result, behaviour, isWrong, isHeir, wrong);
    }
}
