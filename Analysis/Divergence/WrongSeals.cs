namespace FlowSim.Analysis.Divergence;

/// <summary>D5: all who executed a block came to something wrong, and verification nodes refuse it: nothing can be
/// sealed.</summary>
/// <remarks>Two executors at least; some wrong chunk has a fault and no approval, and the block is unsealed in the end.
/// </remarks>
public sealed class AllExecutorsWrong : IOutcome
{
    public static readonly OutcomeKind Kind = new("d5-all-executors-wrong", "blocks",
        "D5: blocks left unsealed with wrong results only, of two executors or more, which verifiers refuse",
        () => new AllExecutorsWrong());

    public long Count { get; private set; }

    public void Settled(Scene scene, BlockFacts block)
    {
        if (block.Sealed is not null) return;
        int executors = 0;
        bool isRefused = false;
        foreach (ResultFacts facts in block.Results)
        {
            if (!facts.HasWrongChunk) return;
            executors += facts.LiveExecutors.Count;
            for (int chunk = 0; chunk < facts.Faults.Length; chunk++)
                isRefused |= facts.IsWrongChunk(chunk) && facts.Faults[chunk] > 0 && facts.Approvals[chunk] == 0;
        }

        Count += executors > 1 && isRefused ? 1 : 0;
    }
}

/// <summary>D6: a wrong result is sealed, and nobody came to another one or found a fault.</summary>
/// <remarks>Counts blocks with a wrong chunk of their own, not those that inherit.</remarks>
public sealed class ConsistentButWrong : IOutcome
{
    public static readonly OutcomeKind Kind = new("d6-consistent-but-wrong", "blocks",
        "D6: sealed blocks with a wrong chunk of their own that no execution or verification node disagreed with",
        () => new ConsistentButWrong());

    public long Count { get; private set; }

    public void Settled(Scene scene, BlockFacts block)
    {
        if (block.Results is not [{ HasWrongChunk: true } facts] || block.Sealed != facts.Result.Id) return;
        int faults = 0;
        foreach (int found in facts.Faults) faults += found;
        Count += faults == 0 ? 1 : 0;
    }
}
