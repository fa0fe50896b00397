using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>Who leads each view of an epoch: an independent draw by weight for every view.</summary>
/// <remarks>
/// All views of the epoch share one random stream, so a view's leader needs the draws of all views before it;
/// they are made on demand and kept as two bytes each. So nothing is said here about where the epoch ends, and an
/// extension goes on with the same stream (flow-go committees/leader/leader_selection.go draws a longer range anew,
/// which begins alike).
/// </remarks>
public sealed class LeaderSelection
{
    private const int Chunk = 1024;

    private readonly FlowPrg stream;
    private readonly ulong[] cumulative;
    private readonly View first;
    private ushort[] leaders = [];
    private int drawn;

    /// <param name="randomSource">The epoch's randomness.</param>
    /// <param name="customizer">0000 for the consensus committee, else names the cluster.</param>
    /// <param name="weights">Weight per member, in the committee's order; zero never leads.</param>
    /// <param name="first">First view of the epoch.</param>
    /// <exception cref="ArgumentException">No member has weight, or there are too many.</exception>
    public LeaderSelection(byte[] randomSource, byte[] customizer, IReadOnlyList<ulong> weights, View first)
    {
        if (weights.Count > ushort.MaxValue) throw new ArgumentException("too many members", nameof(weights));

        cumulative = new ulong[weights.Count];
        ulong sum = 0;
        for (int i = 0; i < cumulative.Length; i++) cumulative[i] = sum += weights[i];
        if (sum == 0) throw new ArgumentException("the committee has no weight", nameof(weights));

        stream = new FlowPrg(randomSource, customizer);
        this.first = first;
    }

    /// <summary>The leader's index in the committee.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The view lies before the epoch.</exception>
    public int LeaderIndex(View view)
    {
        if (view < first) throw new ArgumentOutOfRangeException(nameof(view), "the view lies before the epoch");

        int index = (int)(view.Value - first.Value);
        if (index >= drawn) DrawThrough(index);
        return leaders[index];
    }

    /// <summary>The member whose share of the total a number below it falls into: the first sum that exceeds
    /// it.</summary>
    public static int IndexOf(ReadOnlySpan<ulong> cumulative, ulong number)
    {
        int low = 0;
        int high = cumulative.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (cumulative[middle] > number) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private void DrawThrough(int index)
    {
        int target = (index / Chunk + 1) * Chunk;
        if (leaders.Length < target) Array.Resize(ref leaders, Math.Max(target, 2 * leaders.Length));
        while (drawn < target) leaders[drawn++] = (ushort)IndexOf(cumulative, stream.UintN(cumulative[^1]));
    }
}
