using System;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlowSim.Analysis.Metrics;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>So much of a metric as written: a duration, a share of the metric, or a number in its unit.</summary>
/// <param name="Text">As written.</param>
/// <param name="Value">Seconds, a share, or the number.</param>
/// <param name="IsDuration">Whether a unit of time stands with it.</param>
/// <param name="IsShare">Whether a per cent sign does.</param>
public readonly record struct Amount(string Text, double Value, bool IsDuration, bool IsShare)
{
    /// <summary>The number in a metric's unit, or the share.</summary>
    /// <exception cref="ScenarioException">A duration of what is no time, or nothing at all.</exception>
    public double Of(MetricDefinition metric, Place at)
    {
        if (IsDuration && metric.Unit is not "s")
            throw at.Error($"{Text} is a duration, but {metric.Name} has the unit {metric.Unit}; write a number");
        return Value > 0 ? Value : throw at.Error($"{Text} allows nothing; it must be above 0");
    }
}

/// <summary>Amounts of metrics, and the metrics' names.</summary>
public static class AmountFormat
{
    private static readonly string Pattern =
        $@"{GoDuration.Pattern}|^\d+(\.\d+)?%$|^\d+(\.\d+)?$";

    /// <summary>A metric's name.</summary>
    public static readonly ScalarShape<string> Metric =
        Scalars.OneOf("a metric", [.. System.Linq.Enumerable.Select(MetricCatalogue.All, metric => metric.Name)]);

    /// <summary>An amount that may be a share.</summary>
    public static readonly ScalarShape<Amount> WithShare = new("an amount such as 20ms, 0.5 or 1%", true,
        text => text.EndsWith('%') ? Share(text) : Plain(text), () => Schema(Pattern));

    /// <summary>An amount in the unit of the metric.</summary>
    public static readonly ScalarShape<Amount> InUnit = new("an amount such as 1s or 0.5", true, Plain,
        () => Schema($@"{GoDuration.Pattern}|^\d+(\.\d+)?$"));

    private static JsonObject Schema(string pattern) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["pattern"] = pattern },
            new JsonObject { ["type"] = "number", ["minimum"] = 0 }),
    };

    private static Amount Share(string text) =>
        new(text, Quantity.WithUnit(text, [("%", 10_000)], "1%") / 1e6, false, true);

    private static Amount Plain(string text) => Regex.IsMatch(text, @"^\d+(\.\d+)?\z")
        ? new Amount(text, Quantity.Scaled(text, 1_000_000) / 1e6, false, false)
        : new Amount(text, Seconds(text), true, false);

    private static double Seconds(string text)
    {
        SimDuration duration = GoDuration.Parse(text);
        return duration >= SimDuration.Zero
            ? duration.Nanoseconds / (double)SimDuration.NanosecondsPerSecond
            : throw new FormatException($"{text} is negative; it must be above 0");
    }
}
