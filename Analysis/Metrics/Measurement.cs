using System;
using System.Collections.Generic;
using FlowSim.Analysis.Divergence;

namespace FlowSim.Analysis.Metrics;

/// <summary>Which run: the same seed in two sets of one scenario met the same network.</summary>
public readonly record struct RunKey(string Scenario, string Set, ulong Seed);

/// <summary>One measured figure, in the unit of its definition.</summary>
public readonly record struct MetricValue(string Name, double Value);

/// <summary>What a run was measured to be. A figure that could not be measured is absent, never 0.</summary>
/// <param name="Key">Which run.</param>
/// <param name="Values">The measured figures, in the order of the catalogue.</param>
/// <param name="Finality">Publication to finality over (block, node).</param>
/// <param name="Views">The course of the run.</param>
public sealed record Measurement(
    RunKey Key, IReadOnlyList<MetricValue> Values, DurationHistogram Finality, ViewSeries Views)
{
    /// <summary>The run's fingerprint, if the caller has one to put on record.</summary>
    public string? Digest { get; init; }

    /// <summary>Starts of processes, in runs with an upgrade.</summary>
    public IReadOnlyList<ProcessStart> Starts { get; init; } = [];

    /// <summary>A figure by name, or null if it was not measured.</summary>
    public double? this[string name]
    {
        get
        {
            foreach (MetricValue value in Values)
            {
                if (string.Equals(value.Name, name, StringComparison.Ordinal)) return value.Value;
            }

            return null;
        }
    }
}
