using System.Collections.Generic;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>Which region the k-th node of a role gets, by smooth weighted round-robin.</summary>
/// <remarks>
/// The sequence depends on the shares alone: no seed moves a node, and another node at the end moves none
/// before it.
/// Any stretch of the sequence is close to the shares.
/// </remarks>
public sealed class Placement
{
    private readonly long[] shares;
    private readonly long[] credit;
    private readonly long total;

    /// <summary>The start of the sequence.</summary>
    /// <param name="shares">Per region of the matrix; at least one is above zero.</param>
    public Placement(IReadOnlyList<long> shares)
    {
        this.shares = [.. shares];
        credit = new long[shares.Count];
        foreach (long share in shares) total += share;
    }

    /// <summary>The next node's region: the one furthest behind its share, the first among equals.</summary>
    public int Next()
    {
        int chosen = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            credit[i] += shares[i];
            if (credit[i] > credit[chosen]) chosen = i;
        }

        credit[chosen] -= total;
        return chosen;
    }

    /// <summary>Why a region's name is wrong.</summary>
    public static string UnknownRegion(string region, RttMatrix matrix) =>
        $"region '{region}' is not in the matrix {matrix.Name}; {Nearest.Allowed(region, matrix.Regions)}";
}
