using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace FlowSim.Scenarios.Benching;

/// <summary>One section of a benchmark's report.</summary>
/// <param name="Name">A word, for JSON.</param>
/// <param name="Title">What was measured.</param>
/// <param name="Columns">Headings with units.</param>
/// <param name="Rows">Texts, whole numbers and <see cref="Spread"/>s, one per column.</param>
/// <param name="Notes">What follows from the rows.</param>
public sealed record BenchTable(
    string Name, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object>> Rows,
    IReadOnlyList<string> Notes)
{
    /// <summary>Writes the section as aligned text.</summary>
    public void Write(TextWriter output)
    {
        List<IReadOnlyList<string>> lines = [Columns];
        foreach (IReadOnlyList<object> row in Rows) lines.Add(Texts(row));
        int[] widths = new int[Columns.Count];
        foreach (IReadOnlyList<string> line in lines)
        {
            for (int i = 0; i < widths.Length; i++) widths[i] = int.Max(widths[i], line[i].Length);
        }

        output.Write($"\n{Title}\n");
        foreach (IReadOnlyList<string> line in lines)
        {
            string text = "";
            for (int i = 0; i < widths.Length; i++) text += "  " + line[i].PadLeft(widths[i]);
            output.Write(text + "\n");
        }

        foreach (string note in Notes) output.Write($"  {note}\n");
    }

    private static List<string> Texts(IReadOnlyList<object> row)
    {
        List<string> texts = [];
        foreach (object cell in row)
            texts.Add(cell is Spread spread ? spread.Text : string.Create(CultureInfo.InvariantCulture, $"{cell}"));
        return texts;
    }
}
