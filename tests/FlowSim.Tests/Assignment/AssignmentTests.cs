using System;
using System.Linq;
using CsCheck;
using FlowSim.Assignment;
using NUnit.Framework;

namespace FlowSim.Tests.Assignment;

/// <summary>What holds of every assignment; which one it is, flow-go's recorded answers say.</summary>
public sealed class AssignmentTests
{
    private static readonly Gen<byte[]> Source = Gen.Byte.Array[48];

    [Test]
    public void Each_chunk_has_different_verifiers_and_all_check_about_equally_many() =>
        Gen.Select(Source, Gen.Int[1, 40], Gen.Int[0, 60], Gen.Int[1, 8]).Where(t => t.Item2 >= t.Item4).Sample(t =>
        {
            var (source, verifiers, chunks, alpha) = t;
            var assignment = ChunkAssignment.Of(source, verifiers, chunks, alpha);
            int[] load = new int[verifiers];
            foreach (int verifier in assignment.SelectMany(group => group)) load[verifier]++;
            return assignment.Count == chunks
                && assignment.All(group => group.Length == alpha && group.Distinct().Count() == alpha)
                && load.Max() - load.Min() <= 1;
        });

    [Test]
    public void Fewer_verifiers_than_a_chunk_needs_are_refused() =>
        Assert.Throws<ArgumentException>(() => ChunkAssignment.Of(new byte[48], 2, 1, 3));

    [Test]
    public void Every_collection_node_is_in_one_cluster_and_clusters_are_about_equally_large() =>
        Gen.Select(Source, Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[1, 12]).Where(t => t.Item2 + t.Item3 >= t.Item4)
            .Sample(t =>
            {
                var (source, partners, own, clusters) = t;
                var assignment = ClusterAssignment.Of(source, partners, own, clusters);
                return assignment.Count == clusters
                    && assignment.SelectMany(cluster => cluster).Order()
                        .SequenceEqual(Enumerable.Range(0, partners + own))
                    && assignment.Max(c => c.Length) - assignment.Min(c => c.Length) <= 2;
            });

    [TestCase(0)]
    [TestCase(3)]
    public void Fewer_collection_nodes_than_clusters_are_refused(int clusters) =>
        Assert.Throws<ArgumentException>(() => ClusterAssignment.Of(new byte[16], 1, 1, clusters));
}
