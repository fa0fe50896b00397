using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>Ids in SVG, which the drawing library counts on from figure to figure.</summary>
/// <remarks>Counted from one in each file, so that a figure's bytes do not depend on what was drawn before.</remarks>
public static class SvgIds
{
    /// <summary>Gives ids and what refers to them numbers in the order of appearance.</summary>
    public static string Renumber(string svg)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match id in Regex.Matches(svg, "(?<= id=\")[a-z]+_[0-9a-f]+(?=\")"))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"id_{names.Count + 1}");
            names.TryAdd(id.Value, name);
        }

        return Regex.Replace(svg, "(?<= id=\"|#)[a-z]+_[0-9a-f]+(?=[\")])",
            id => names.GetValueOrDefault(id.Value, id.Value));
    }
}
