using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace FlowSim.Tests.ClosedForms;

/// <summary>One row of the closed forms beside these tests.</summary>
/// <param name="Id">Which form.</param>
/// <param name="Value">What it comes to: seconds, or their square for a variance.</param>
public sealed record Expected(string Id, double Value)
{
    private IReadOnlyDictionary<string, int> Numbers { get; init; } =
        new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>A whole number among the row's parameters.</summary>
    public int this[string parameter] => Numbers[parameter];

    public static IEnumerable<Expected> Rows(string prefix) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ClosedForms", "closed-forms.csv"))
            .Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(Read);

    public override string ToString() => Id;

    private static Expected Read(string line)
    {
        string[] cells = line.Split(',');
        Assert.That(cells, Has.Length.EqualTo(4), line);
        return new Expected(cells[0], double.Parse(cells[3], CultureInfo.InvariantCulture))
        {
            Numbers = cells[2].Split(';').Select(pair => pair.Split('='))
                .ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture),
                    StringComparer.Ordinal),
        };
    }
}
