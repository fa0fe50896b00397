using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Chain;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>The nodes of a world, ordered by name.</summary>
public static class Population
{
    /// <summary>From a node list, or from counts and a placement.</summary>
    public static IReadOnlyList<NodeSpec> Of(NodesText nodes, NetworkText network, RttMatrix matrix,
        Closure files)
    {
        List<NodeSpec> all = nodes.List is { } list
            ? [.. NodeList.Read(files.Include(list), matrix)]
            : Counted(nodes, Shares(network, matrix));
        all.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return all;
    }

    /// <summary>Names such as consensus-001: three digits, or more when a role needs them.</summary>
    private static List<NodeSpec> Counted(NodesText nodes, long[] shares)
    {
        List<NodeSpec> all = [];
        foreach ((Role role, int count) in nodes.Counts)
        {
            Placement placement = new(shares);
            for (int i = 1; i <= count; i++)
            {
                string name = $"{NodesFormat.NameOf(role)}-{i.ToString("D3", CultureInfo.InvariantCulture)}";
                // Nobody knows who runs it, so it fails alone.
                all.Add(new NodeSpec(name, role, nodes.Weight, placement.Next(), name));
            }
        }

        return all;
    }

    private static long[] Shares(NetworkText network, RttMatrix matrix)
    {
        long[] shares = new long[matrix.Regions.Count];
        long total = 0;
        foreach ((YamlScalar region, long share) in network.Placement)
        {
            int index = matrix.IndexOf(region.Text);
            if (index < 0) throw Unplaceable(region, network.Rtt, matrix);
            shares[index] = share;
            total += share;
        }

        return total > 0
            ? shares
            : throw network.Placement[0].Region.At.Error(
                "the shares of all regions are 0; at least one must be more");
    }

    /// <summary>A profile's placement over the user's own matrix is the user's to replace.</summary>
    private static ScenarioException Unplaceable(YamlScalar region, YamlScalar rtt, RttMatrix matrix)
    {
        bool isSameFile = string.Equals(region.At.File, rtt.At.File, StringComparison.Ordinal);
        string problem = Placement.UnknownRegion(region.Text, matrix);
        return isSameFile
            ? region.At.Error(problem)
            : rtt.At.Error($"{problem}; write network.placement for these regions");
    }
}
