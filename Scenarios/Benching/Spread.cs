using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FlowSim.Scenarios.Benching;

/// <summary>A figure measured several times.</summary>
/// <param name="Median">The middle one; the mean of two for an even number.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="N">How many.</param>
public sealed record Spread(double Median, double Min, double Max, int N)
{
    /// <summary>The spread of at least one figure.</summary>
    public static Spread Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1], sorted.Length);
    }

    /// <summary>For instance <c>1,020 (998..1,031)</c>.</summary>
    public string Text => Min.Equals(Max) ? Round(Median) : $"{Round(Median)} ({Round(Min)}..{Round(Max)})";

    private static string Round(double value) => value.ToString(
        Math.Abs(value) >= 100 ? "N0" : Math.Abs(value) >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);
}
