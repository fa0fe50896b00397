using System.Collections.Generic;
using FlowSim.Access;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Executing;
using FlowSim.Faults;
using FlowSim.Sealing;
using FlowSim.Verifying;

namespace FlowSim;

/// <summary>Everything that decides the transaction pipeline of a run.</summary>
public sealed record PipelineSpec
{
    public required Workload Workload { get; init; }

    public ClusterSpec Clusters { get; init; } = ClusterSpec.FlowGo;

    public ExecutionSpec Execution { get; init; } = ExecutionSpec.FlowGo;

    public VerificationSpec Verification { get; init; } = VerificationSpec.FlowGo;

    public SealingSpec Sealing { get; init; } = SealingSpec.FlowGo;

    public AccessSpec Access { get; init; } = AccessSpec.FlowGo;

    /// <summary>Who executes or verifies by another behaviour than the specified one; the first entry counts.</summary>
    public IReadOnlyList<Deviation> Deviations { get; init; } = [];

    /// <summary>How a node executes or verifies.</summary>
    public Behaviour BehaviourOf(int node)
    {
        foreach (Deviation deviation in Deviations)
        {
            if (deviation.Nodes.Contains(node)) return deviation.Behaviour;
        }

        return Behaviour.Specified;
    }
}

/// <summary>Nodes that share a behaviour which is not the specified one.</summary>
/// <param name="Nodes">Who.</param>
/// <param name="Behaviour">What they do.</param>
public sealed record Deviation(NodeSet Nodes, Behaviour Behaviour);
