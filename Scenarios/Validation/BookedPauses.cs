using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Validation;

/// <summary>Minutes without execution that were booked for mainnet's updates at heights (Scenarios/Data).</summary>
/// <param name="Minutes">Of each update, ascending.</param>
internal sealed record BookedPauses(IReadOnlyList<double> Minutes)
{
    /// <summary>As long as execution nodes' state lived in their process, until 2026-02-13.</summary>
    public static BookedPauses InProcess { get; } = Read("in-process");

    /// <summary>Since a ledger service holds it, from 2026-02-24.</summary>
    public static BookedPauses Service { get; } = Read("service");

    public double Mean => Minutes.Average();

    /// <summary>How far apart single updates are.</summary>
    public double StandardDeviation =>
        Math.Sqrt(Minutes.Sum(minutes => (minutes - Mean) * (minutes - Mean)) / (Minutes.Count - 1));

    /// <summary>For instance <c>8.32; 9.00 (5.00 to 13.00, n=22)</c>: mean, median, range.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture,
        $"{Mean:F2}; {Median(Minutes):F2} ({Minutes[0]:F2} to {Minutes[^1]:F2}, n={Minutes.Count})");

    /// <summary>The median of ascending numbers.</summary>
    public static double Median(IReadOnlyList<double> ascending) =>
        (ascending[(ascending.Count - 1) / 2] + ascending[ascending.Count / 2]) / 2;

    private static BookedPauses Read(string ledger)
    {
        const int place = 4, minutes = 5;
        IEnumerable<double> booked = CsvTable.Parse(InputFile.BuiltIn("Data", "hcu-mainnet.csv")).Rows
            .Where(row => string.Equals(row[place].Text, ledger, StringComparison.Ordinal))
            .Select(row => double.Parse(row[minutes].Text, CultureInfo.InvariantCulture));
        return new BookedPauses([.. booked.Order()]);
    }
}
