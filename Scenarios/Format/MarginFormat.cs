using System;
using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>The <c>margins</c> section: what counts as equal, per metric, in place of the usual margins.</summary>
public static class MarginFormat
{
    private static readonly TableShape<(Amount Amount, Place At)> Table = new("margins by metric",
        new MappedShape<Amount, (Amount, Place)>(AmountFormat.WithShare, (amount, node) => (amount, node.At)),
        AmountFormat.Metric);

    public static readonly Shape<IReadOnlyDictionary<string, Margin>> Shape =
        new MappedShape<IReadOnlyList<(YamlScalar Key, (Amount Amount, Place At) Value)>,
            IReadOnlyDictionary<string, Margin>>(Table, (rows, _) => Build(rows));

    private static Dictionary<string, Margin> Build(
        IReadOnlyList<(YamlScalar Key, (Amount Amount, Place At) Value)> rows)
    {
        Dictionary<string, Margin> margins = new(StringComparer.Ordinal);
        foreach ((YamlScalar key, (Amount amount, Place at)) in rows)
            margins.Add(key.Text, new Margin(amount.Of(MetricCatalogue.Named(key.Text), at), amount.IsShare));
        return margins;
    }
}
