using System.Collections.Generic;

namespace FlowSim.Analysis.Metrics;

/// <summary>The figures of one run while they are being written down.</summary>
public sealed class MetricSheet
{
    private readonly double?[] values = new double?[MetricCatalogue.All.Count];

    /// <summary>Writes a figure down; null and values that are not finite count as not measured.</summary>
    public void Put(MetricDefinition metric, double? value)
    {
        if (value is not { } known || !double.IsFinite(known)) return;
        values[IndexOf(metric)] = known;
    }

    /// <summary>What was measured, in the order of the catalogue.</summary>
    public IReadOnlyList<MetricValue> Measured()
    {
        var measured = new List<MetricValue>();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value) measured.Add(new MetricValue(MetricCatalogue.All[i].Name, value));
        }

        return measured;
    }

    private static int IndexOf(MetricDefinition metric)
    {
        for (int i = 0; i < MetricCatalogue.All.Count; i++)
        {
            if (ReferenceEquals(MetricCatalogue.All[i], metric)) return i;
        }

        throw new KeyNotFoundException(metric.Name);
    }
}
