using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Network;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>A question as data: one world, the parameter sets to compare in it, and what is
/// expected.</summary>
public sealed record Scenario
{
    public required string Name { get; init; }

    public required string Question { get; init; }

    /// <summary>The profile the world started from.</summary>
    public required string Profile { get; init; }

    /// <summary>Who exists, ordered by name.</summary>
    public required IReadOnlyList<NodeSpec> Nodes { get; init; }

    public required NetworkSpec Network { get; init; }

    public required ProcessingSpec Processing { get; init; }

    /// <summary>The transaction pipeline; null when blocks are empty.</summary>
    public required PipelineText? Pipeline { get; init; }

    /// <summary>Protocol state and epochs out of the chain; null when epochs and members are given.</summary>
    public required ProtocolText? Protocol { get; init; }

    /// <summary>The profile's calibrated costs.</summary>
    public required IReadOnlyList<CalibrationInForce> Calibrations { get; init; }

    /// <summary>What goes wrong in this world; all sets meet it.</summary>
    public required IReadOnlyList<FaultText> Faults { get; init; }

    /// <summary>Who departs from the protocol in this world.</summary>
    public required IReadOnlyList<LiarText> Liars { get; init; }

    /// <summary>Which software nodes run; null when all run what is specified.</summary>
    public UpgradeText? Upgrade { get; init; }

    /// <summary>Parameter sets to compare, or the cells of the map.</summary>
    public required IReadOnlyList<ParameterSet> Sets { get; init; }

    public required IReadOnlyList<ulong> Seeds { get; init; }

    public required RunLength Length { get; init; }

    /// <summary>Views at the start that no mean counts.</summary>
    public required ulong WarmupViews { get; init; }

    public required IReadOnlyList<Expectation> Expectations { get; init; }

    /// <summary>The two factors, if the question is a map.</summary>
    public ScenarioMap? Map { get; init; }

    /// <summary>Strategies against cases, if the question is a grid.</summary>
    public ScenarioGrid? Grid { get; init; }

    /// <summary>The scenario as one of its sets meets it.</summary>
    public Scenario In(ParameterSet set) =>
        set.Faults.Count + set.Liars.Count == 0 && set.Protocol is null && set.Upgrade is null
            ? this
            : this with
            {
                Faults = [.. Faults, .. set.Faults],
                Liars = [.. Liars, .. set.Liars],
                Protocol = set.Protocol ?? Protocol,
                Upgrade = set.Upgrade ?? Upgrade,
            };

    /// <summary>What counts as equal where it is not the usual, by metric.</summary>
    public required IReadOnlyDictionary<string, Margin> Margins { get; init; }
}

/// <summary>A profile's calibration in a scenario.</summary>
/// <param name="Calibration">The calibration.</param>
/// <param name="IsReplaced">Whether the scenario sets that cost itself, so that the fit says nothing about it.</param>
public sealed record CalibrationInForce(Calibration Calibration, bool IsReplaced);

/// <summary>A complete set of parameters with its schedule.</summary>
/// <param name="Name">Unique within the scenario.</param>
/// <param name="At">Where it is written.</param>
/// <param name="Parameters">Flags and constants.</param>
/// <param name="Epoch">The epochs; a set may change them too.</param>
/// <param name="Timeline">When runs of the set begin their epochs and end.</param>
public sealed record ParameterSet(
    string Name, Place At, Parameters Parameters, EpochPlan Epoch, Timeline Timeline)
{
    /// <summary>What goes wrong in this set only, beside the scenario's own: a cell of a map.</summary>
    public IReadOnlyList<FaultText> Faults { get; init; } = [];

    /// <summary>Who departs from the protocol in this set only.</summary>
    public IReadOnlyList<LiarText> Liars { get; init; } = [];

    /// <summary>The protocol in this set, a cell of a grid; null for the scenario's.</summary>
    public ProtocolText? Protocol { get; init; }

    /// <summary>The software in this set, a cell of a grid; null for the scenario's.</summary>
    public UpgradeText? Upgrade { get; init; }
}
