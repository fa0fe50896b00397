using System;
using System.Collections.Generic;

namespace FlowSim.Scenarios.Reading;

/// <summary>A CSV file of plain cells (no quoting), each with its place.</summary>
/// <param name="Header">The first line.</param>
/// <param name="Rows">The others, all as wide as the header.</param>
public sealed record CsvTable(IReadOnlyList<YamlScalar> Header, IReadOnlyList<IReadOnlyList<YamlScalar>> Rows)
{
    /// <summary>Splits a file into cells; blank lines do not count.</summary>
    public static CsvTable Parse(InputFile file)
    {
        List<IReadOnlyList<YamlScalar>> rows = [];
        string[] lines = file.Text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Trim().Length > 0) rows.Add(Cells(new Place(file.Name, i + 1, 1), line));
        }

        if (rows.Count == 0)
            throw new Place(file.Name, 1, 1).Error("the file is empty; it must begin with a header");
        foreach (IReadOnlyList<YamlScalar> row in rows)
        {
            if (row.Count != rows[0].Count)
                throw row[0].At.Error(FormattableString.Invariant(
                    $"this line has {row.Count} cells, but the header has {rows[0].Count}"));
        }

        return new CsvTable(rows[0], rows.GetRange(1, rows.Count - 1));
    }

    private static List<YamlScalar> Cells(Place start, string line)
    {
        List<YamlScalar> cells = [];
        int from = 0;
        foreach (string cell in line.Split(','))
        {
            int indent = cell.Length - cell.TrimStart().Length;
            Place at = start.Right(from + indent);
            if (cell.Contains('"', StringComparison.Ordinal))
                throw at.Error("quoted cells are not supported");
            cells.Add(new YamlScalar(at, cell.Trim(), false));
            from += cell.Length + 1;
        }

        return cells;
    }
}
