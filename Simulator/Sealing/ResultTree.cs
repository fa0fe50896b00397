using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>The results of blocks from the last final seal upwards (module/mempool/consensus/execution_tree.go).
/// </summary>
internal sealed class ResultTree
{
    private readonly Dictionary<ResultId, KnownResult> known = [];
    private readonly List<List<KnownResult>> byHeight = [];
    private ulong lowest;

    /// <param name="lastSealed">The last final seal.</param>
    public ResultTree(Seal lastSealed)
    {
        lowest = lastSealed.Height.Value;
        Add(lastSealed.Result);
    }

    public int Count => known.Count;

    public KnownResult? Find(ResultId id) => known.GetValueOrDefault(id);

    /// <summary>The results of a height's blocks in the order in which they became known.</summary>
    public IReadOnlyList<KnownResult> At(Height height) =>
        height.Value >= lowest && height.Value - lowest < (ulong)byHeight.Count
            ? byHeight[(int)(height.Value - lowest)]
            : [];

    /// <summary>Adds a result of a height that is not pruned.</summary>
    public KnownResult Add(ExecutionResult result)
    {
        var added = new KnownResult(result);
        known.Add(result.Id, added);
        int place = (int)(result.Height.Value - lowest);
        while (byHeight.Count <= place) byHeight.Add([]);
        byHeight[place].Add(added);
        Find(result.PreviousId)?.Children.Add(added);
        return added;
    }

    /// <summary>Forgets results below a sealed height.</summary>
    /// <returns>How many seals were waiting for the results forgotten.</returns>
    public int Prune(Height lastSealed)
    {
        int seals = 0;
        int count = (int)ulong.Min(lastSealed.Value - lowest, (ulong)byHeight.Count);
        for (int i = 0; i < count; i++)
        {
            foreach (KnownResult old in byHeight[i])
            {
                known.Remove(old.Result.Id);
                if (old.IsCandidate) seals++;
            }
        }

        byHeight.RemoveRange(0, count);
        lowest = lastSealed.Value;
        return seals;
    }
}
