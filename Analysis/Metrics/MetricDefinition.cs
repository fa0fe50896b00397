namespace FlowSim.Analysis.Metrics;

/// <summary>What a figure means, so that a table can be read without the source.</summary>
/// <param name="Name">Kebab-case, stable: the column of a file.</param>
/// <param name="Unit">s, 1/s, per 1000, share, views.</param>
/// <param name="Meaning">One sentence: over what it is taken and what is left out.</param>
/// <param name="FlowGoMetric">The Prometheus name of the same quantity in flow-go, if it has one.</param>
/// <param name="Decimals">Digits after the point in tables; files carry all of them. A count has some too:
/// what tables show is its mean, and one run of twenty must not read as none.</param>
public sealed record MetricDefinition(
    string Name, string Unit, string Meaning, string? FlowGoMetric, int Decimals)
{
    /// <summary>Whether it is among the few that a terminal shows.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>Whether reports also give the median and the 95th percentile of its magnitude over runs.</summary>
    public bool HasQuantiles { get; init; }

    /// <summary>Whether tables leave it out where no set has it, as most worlds cannot.</summary>
    public bool IsOccasional { get; init; }

    /// <summary>A figure that most worlds cannot have.</summary>
    public static MetricDefinition Occasional(string name, string unit, string meaning, int decimals,
        string? flowGo = null, bool isHeadline = false) =>
        new(name, unit, meaning, flowGo, decimals) { IsOccasional = true, IsHeadline = isHeadline };

    /// <summary>The name with its unit, as a column is headed.</summary>
    public string Heading => $"{Name} [{Unit}]";
}
