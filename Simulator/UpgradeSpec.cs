using System.Collections.Generic;
using FlowSim.Kernel;
using FlowSim.Upgrades;

namespace FlowSim;

/// <summary>Everything that decides how a run's software changes.</summary>
/// <remarks>It takes the place of <see cref="PipelineSpec.Deviations"/>: nodes execute by their images.</remarks>
public sealed record UpgradeSpec
{
    /// <summary>The builds of the software; others refer to them by number.</summary>
    public required IReadOnlyList<Image> Images { get; init; }

    /// <summary>How the network changes; by default everybody as it suits.</summary>
    public Strategy Strategy { get; init; } = new RollingUpgrade();

    /// <summary>The number of each node's first image; nodes beyond the list have the first.</summary>
    public IReadOnlyList<int> Initial { get; init; } = [];

    /// <summary>When images come out, in time order: an operator whose node says that it is too old takes the newest.
    /// </summary>
    /// <remarks>The newest as of the node's end, whatever boundary ended it: stop control asks for a minimum
    /// (engine/execution/ingestion/stop/stop_control.go), so nothing holds a node that skips an image.</remarks>
    public IReadOnlyList<Release> Releases { get; init; } = [];

    public IReadOnlyList<Rollout> Rollouts { get; init; } = [];

    /// <summary>What operators do beside, mistakes above all.</summary>
    public IReadOnlyList<OperatorAct> Acts { get; init; } = [];

    public OperatorSpec Operators { get; init; } = OperatorSpec.Assumed;

    /// <summary>Which image executes as specified from where on, in order; the first image does so before.</summary>
    /// <remarks>Recorders alone read it. Where it is empty they take it from what governance does.</remarks>
    public IReadOnlyList<SpecifiedChange> Specified { get; init; } = [];
}

/// <summary>An image comes out.</summary>
/// <param name="At">When.</param>
/// <param name="Image">Its number.</param>
public sealed record Release(SimTime At, int Image);
