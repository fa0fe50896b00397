using System;
using System.Collections.Generic;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>Round-trip times between regions, read from a CSV in milliseconds.</summary>
/// <param name="Name">How messages call it.</param>
/// <param name="Regions">The regions, in the order of the file.</param>
/// <param name="OneWay">Half the round trips, nanoseconds; row = sender's region.</param>
public sealed record RttMatrix(
    string Name, IReadOnlyList<string> Regions, IReadOnlyList<IReadOnlyList<long>> OneWay)
{
    private static readonly ScalarShape<long> Milliseconds = Scalars.Millionths(1_000_000);

    /// <summary>Reads a matrix; the first cell says what the numbers are.</summary>
    public static RttMatrix Read(InputFile file)
    {
        CsvTable table = CsvTable.Parse(file);
        if (table.Header[0].Text is not ("from\\to_rtt_ms" or "from\\to"))
            throw table.Header[0].At.Error(
                "the header is missing; the first cell must be 'from\\to_rtt_ms', followed by the regions");
        List<string> regions = RegionsOf(table);
        List<IReadOnlyList<long>> rows = [];
        for (int row = 0; row < table.Rows.Count; row++) rows.Add(Row(table.Rows[row], row, regions));
        if (rows.Count < regions.Count)
            throw table.Header[rows.Count + 1].At.Error(FormattableString.Invariant(
                $"the matrix is not square: {regions.Count} columns, {rows.Count} rows; ")
                + $"'{regions[rows.Count]}' has no row");
        return new RttMatrix(file.Name, regions, rows);
    }

    /// <summary>The index of a region, or -1.</summary>
    public int IndexOf(string region)
    {
        for (int i = 0; i < Regions.Count; i++)
        {
            if (string.Equals(Regions[i], region, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    private static List<string> RegionsOf(CsvTable table)
    {
        List<string> regions = [];
        for (int i = 1; i < table.Header.Count; i++)
        {
            YamlScalar cell = table.Header[i];
            if (cell.Text.Length == 0) throw cell.At.Error("a region has no name");
            if (regions.Contains(cell.Text)) throw cell.At.Error($"region '{cell.Text}' stands twice");
            regions.Add(cell.Text);
        }

        return regions.Count > 0 ? regions : throw table.Header[0].At.Error("the matrix has no region");
    }

    private static List<long> Row(IReadOnlyList<YamlScalar> cells, int row, List<string> regions)
    {
        string expected = row < regions.Count ? $"'{regions[row]}'" : "the end of the file";
        if (row >= regions.Count || !string.Equals(cells[0].Text, regions[row], StringComparison.Ordinal))
            throw cells[0].At.Error(
                $"row '{cells[0].Text}' stands where {expected} is expected; "
                + "rows and columns have the same order");
        List<long> delays = [];
        for (int i = 1; i < cells.Count; i++) delays.Add(Milliseconds.Read(cells[i]) / 2);
        return delays;
    }
}
