using System;
using System.Collections.Generic;
using System.Numerics;
using FlowSim.Kernel;

namespace FlowSim.Assignment;

/// <summary>Which collection nodes form which cluster, and which cluster takes which transaction.</summary>
/// <remarks>
/// flow-go's bootstrapping (cmd/bootstrap, cluster assignment): partners and the operator's own nodes are put in random
/// order each and dealt out one by one.
/// </remarks>
public static class ClusterAssignment
{
    private static readonly byte[] Customizer = [4, 0, 0, 0];

    /// <summary>The clusters, each ascending, of nodes numbered with the partners first.</summary>
    /// <param name="randomSource">Randomness of the bootstrapping.</param>
    /// <param name="partners">Collection nodes run by others.</param>
    /// <param name="own">Collection nodes run by whoever bootstraps.</param>
    /// <param name="clusters">How many clusters to form.</param>
    /// <exception cref="ArgumentException">There are fewer nodes than clusters.</exception>
    public static IReadOnlyList<int[]> Of(ReadOnlySpan<byte> randomSource, int partners, int own, int clusters)
    {
        if (clusters < 1 || partners + own < clusters)
            throw new ArgumentException("there are fewer nodes than clusters", nameof(clusters));
        var prg = new FlowPrg(randomSource, Customizer);
        int[] outside = Numbered(0, partners);
        int[] inside = Numbered(partners, own);
        prg.Shuffle<int>(outside);
        prg.Shuffle<int>(inside);

        var members = new List<int>[clusters];
        for (int i = 0; i < clusters; i++) members[i] = [];
        for (int i = 0; i < inside.Length; i++) members[i % clusters].Add(inside[i]);
        for (int i = 0; i < outside.Length; i++) members[i % clusters].Add(outside[i]);
        foreach (List<int> cluster in members) cluster.Sort();
        return Array.ConvertAll(members, cluster => cluster.ToArray());
    }

    /// <summary>Whether whoever bootstraps can certify every cluster's root without the partners' votes.</summary>
    /// <param name="clusters">Equal members by number.</param>
    /// <param name="partners">Members below this number are partners.</param>
    public static bool CanCertifyRoots(IReadOnlyList<int[]> clusters, int partners)
    {
        foreach (int[] cluster in clusters)
        {
            int own = Array.FindAll(cluster, member => member >= partners).Length;
            if (own <= 2 * (cluster.Length - own)) return false;
        }

        return true;
    }

    /// <summary>The cluster that takes a transaction: its identity as a number, modulo the clusters.</summary>
    /// <param name="transactionId">The transaction's hash, most significant byte first.</param>
    /// <param name="clusters">Clusters of the epoch.</param>
    public static int Route(ReadOnlySpan<byte> transactionId, int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        return (int)(new BigInteger(transactionId, isUnsigned: true, isBigEndian: true) % clusters);
    }

    private static int[] Numbered(int first, int count)
    {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) numbers[i] = first + i;
        return numbers;
    }
}
