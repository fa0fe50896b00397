using System.Collections.Generic;
using System.Text.Json;
using FlowSim.Assignment;

namespace FlowSim.Scenarios.Recorded;

/// <summary>Which collection nodes form which cluster, and which cluster takes which transaction.</summary>
internal sealed class ClusterAssignments : IFamily
{
    public string Name => "cluster-assignment";

    public void Replay(JsonElement file, Comparison comparison) => comparison.EachCase(file, c =>
    {
        int clusters = c.Get("clusters").GetInt32();
        if (c.TryGetProperty("txId_hex", out _))
        {
            comparison.Same("clusterIndex", c.Unsigned("clusterIndex"),
                (ulong)ClusterAssignment.Route(c.Bytes("txId_hex"), clusters));
            return;
        }

        int partners = c.Get("partnerCollectors").GetInt32();
        IReadOnlyList<int[]> assigned = ClusterAssignment.Of(
            c.Bytes("randomSource_hex"), partners, c.Get("internalCollectors").GetInt32(), clusters);
        comparison.Same("assignment", c.Get("assignment"), assigned);
        comparison.Same("canConstructAllClusterQCs", c.Flag("canConstructAllClusterQCs"),
            ClusterAssignment.CanCertifyRoots(assigned, partners));
    });
}
