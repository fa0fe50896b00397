using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>A researcher's own nodes: a CSV with the columns id, role, weight, region, operator.</summary>
public static class NodeList
{
    private static readonly string[] Columns = ["id", "role", "weight", "region", "operator"];

    /// <summary>Reads a node list against the regions of a matrix.</summary>
    public static IReadOnlyList<NodeSpec> Read(InputFile file, RttMatrix matrix)
    {
        CsvTable table = CsvTable.Parse(file);
        int[] column = ColumnsOf(table.Header);
        Dictionary<string, Place> seen = new(StringComparer.Ordinal);
        List<NodeSpec> nodes = [];
        UInt128 committee = 0;
        foreach (IReadOnlyList<YamlScalar> row in table.Rows)
        {
            NodeSpec node = Node(row, column, matrix);
            YamlScalar id = row[column[0]];
            if (!seen.TryAdd(node.Name, id.At))
                throw id.At.Error(FormattableString.Invariant(
                    $"two nodes have the id '{node.Name}', the first in line {seen[node.Name].Line}"));
            nodes.Add(node);
            if (node.Role == Role.Consensus) committee += node.Weight;
        }

        return committee > 0
            ? nodes
            : throw table.Header[0].At.Error("the consensus committee is empty; "
                + "at least one node needs the role 'consensus' and a weight above 0");
    }

    private static NodeSpec Node(IReadOnlyList<YamlScalar> row, int[] column, RttMatrix matrix)
    {
        YamlScalar id = row[column[0]];
        if (id.Text.Length == 0) throw id.At.Error("the id is empty");
        YamlScalar region = row[column[3]];
        int index = matrix.IndexOf(region.Text);
        if (index < 0) throw region.At.Error(Placement.UnknownRegion(region.Text, matrix));
        return new NodeSpec(
            id.Text, RoleOf(row[column[1]]), Weight(row[column[2]]), index, row[column[4]].Text);
    }

    private static ulong Weight(YamlScalar cell) => (ulong)Scalars.Whole(0, 1_000_000_000).Read(cell);

    private static Role RoleOf(YamlScalar cell)
    {
        List<string> names = [];
        foreach ((string name, Role role) in NodesFormat.Roles)
        {
            if (string.Equals(name, cell.Text, StringComparison.Ordinal)) return role;
            names.Add(name);
        }

        throw cell.At.Error($"unknown role '{cell.Text}'; {Nearest.Allowed(cell.Text, names)}");
    }

    private static int[] ColumnsOf(IReadOnlyList<YamlScalar> header)
    {
        int[] found = [-1, -1, -1, -1, -1];
        if (!AnyKnown(header))
            throw header[0].At.Error(
                $"the header is missing; the first line must be {string.Join(',', Columns)}");
        for (int i = 0; i < header.Count; i++)
        {
            int known = Array.IndexOf(Columns, header[i].Text);
            if (known < 0)
                throw header[i].At.Error(
                    $"unknown column '{header[i].Text}'; {Nearest.Allowed(header[i].Text, Columns)}");
            if (found[known] >= 0) throw header[i].At.Error($"column '{header[i].Text}' stands twice");
            found[known] = i;
        }

        int missing = Array.IndexOf(found, -1);
        return missing < 0
            ? found
            : throw header[0].At.Error(
                $"the header lacks the column '{Columns[missing]}'; it needs {string.Join(", ", Columns)}");
    }

    private static bool AnyKnown(IReadOnlyList<YamlScalar> header)
    {
        foreach (YamlScalar cell in header)
        {
            if (Array.IndexOf(Columns, cell.Text) >= 0) return true;
        }

        return false;
    }
}
