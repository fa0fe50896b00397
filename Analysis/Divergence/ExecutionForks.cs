using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Analysis.Divergence;

/// <summary>Where results of one block part: they build on the same result and end otherwise.</summary>
/// <remarks>Descendants of a fork are no forks of their own. Who executes a sealed block is silent, and on no side.
/// </remarks>
internal static class ForkPoint
{
    /// <summary>How many executors the two largest sides have, each executor counted on every side that it was on.
    /// </summary>
    public static (int Largest, int Second) Of(BlockFacts block)
    {
        (int largest, int second) = (0, 0);
        Dictionary<ResultId, int> best = [];
        foreach (ResultFacts side in block.Results)
        {
            int size = side.LiveExecutors.Count;
            if (size == 0) continue;
            ResultId root = side.Result.PreviousId;
            if (!best.TryGetValue(root, out int other))
            {
                best.Add(root, size);
                continue;
            }

            (int more, int less) = size > other ? (size, other) : (other, size);
            if (less > second || (less == second && more > largest)) (largest, second) = (more, less);
            best[root] = more;
        }

        return (largest, second);
    }
}

/// <summary>D2: results of an unsealed block part, and the smaller side is a single execution node.</summary>
public sealed class LoneExecutionFork : IOutcome
{
    public static readonly OutcomeKind Kind = new("d2-lone-forks", "blocks",
        "D2: unsealed blocks at which a single execution node parted from others", () => new LoneExecutionFork());

    public long Count { get; private set; }

    public void Settled(Scene scene, BlockFacts block) => Count += ForkPoint.Of(block).Second == 1 ? 1 : 0;
}

/// <summary>D3: results of an unsealed block part, with two execution nodes or more on either side.</summary>
public sealed class SplitExecutionFork : IOutcome
{
    public static readonly OutcomeKind Kind = new("d3-split-forks", "blocks",
        "D3: unsealed blocks at which execution nodes parted, two or more on either side",
        () => new SplitExecutionFork());

    public long Count { get; private set; }

    public void Settled(Scene scene, BlockFacts block) => Count += ForkPoint.Of(block).Second > 1 ? 1 : 0;
}

/// <summary>D4: an execution node comes to another end of a sealed block than its seal.</summary>
/// <remarks>Only where its history agreed with the seals until then: what follows from it does not count again.
/// </remarks>
public sealed class CatchUpFork : IOutcome
{
    public static readonly OutcomeKind Kind = new("d4-catch-up-forks", "times",
        "D4: times that a node executing sealed blocks parted from their seals", () => new CatchUpFork());

    private readonly HashSet<ResultId> apart = [];

    public long Count { get; private set; }

    public void Executed(Scene scene, in Execution execution)
    {
        ExecutionResult result = execution.Facts.Result;
        bool isHeir = apart.Contains(result.PreviousId);
        bool isApart = execution.Sealed is { } end && end != result.End;
        if (isApart && !isHeir && !execution.Facts.IsHeir) Count++;
        if (isApart || isHeir) apart.Add(result.Id);
    }
}
