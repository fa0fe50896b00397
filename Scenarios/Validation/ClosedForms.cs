using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Validation;

/// <summary>Values of closed forms, computed elsewhere (Scenarios/Data/closed-forms.csv).</summary>
internal static class ClosedForms
{
    private static readonly Dictionary<string, double> Values = Read();

    /// <summary>The value of a row.</summary>
    public static double Value(string id) => Values[id];

    private static Dictionary<string, double> Read()
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (IReadOnlyList<YamlScalar> row in CsvTable.Parse(InputFile.BuiltIn("Data", "closed-forms.csv")).Rows)
            values.Add(row[0].Text, double.Parse(row[2].Text, CultureInfo.InvariantCulture));
        return values;
    }
}
