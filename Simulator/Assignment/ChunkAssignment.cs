using System;
using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Assignment;

/// <summary>Which verification nodes check which chunk of a result.</summary>
/// <remarks>
/// flow-go module/chunks/chunk_assigner.go. Verifiers are put in random order and dealt out in groups; when too few are
/// left, the group is filled from another round by verifiers not in it, so that all check equally many, give or take
/// one.
/// </remarks>
public static class ChunkAssignment
{
    private static readonly byte[] Customizer = [2, 0];

    /// <summary>The assigned verifiers of each chunk, as indexes into the list of eligible ones.</summary>
    /// <param name="randomSource">Randomness of the block that incorporates the result.</param>
    /// <param name="verifiers">How many are eligible as of the executed block.</param>
    /// <param name="chunks">How many chunks the result has.</param>
    /// <param name="perChunk">How many verifiers a chunk gets: alpha, 3 on mainnet (model/flow/constants.go).</param>
    /// <exception cref="ArgumentException">There are fewer verifiers than a chunk needs.</exception>
    public static IReadOnlyList<int[]> Of(ReadOnlySpan<byte> randomSource, int verifiers, int chunks, int perChunk)
    {
        if (verifiers < perChunk)
            throw new ArgumentException("there are fewer verifiers than a chunk needs", nameof(verifiers));
        var prg = new FlowPrg(randomSource, Customizer);
        int[] order = new int[verifiers];
        for (int i = 0; i < verifiers; i++) order[i] = i;
        prg.Shuffle<int>(order);

        var assignment = new int[chunks][];
        Span<int> left = order;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            int[] group = assignment[chunk] = new int[perChunk];
            int taken = int.Min(perChunk, left.Length);
            left[..taken].CopyTo(group);
            left = left[taken..];
            if (taken == perChunk) continue;

            // Those in the group stand at the end of the order, so that the rest of it can be sampled.
            int missing = perChunk - taken;
            prg.Samples(order.AsSpan(0, verifiers - taken), missing);
            order.AsSpan(0, missing).CopyTo(group.AsSpan(taken));
            left = order.AsSpan(missing);
            prg.Shuffle(left);
        }

        return assignment;
    }
}
