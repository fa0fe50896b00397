using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>Refuses a pipeline that its nodes cannot run.</summary>
public static class PipelineCheck
{
    /// <summary>Receipts by so many execution nodes are needed to seal (incorporated_result_seals.go).</summary>
    private const int LeastExecutors = 2;

    /// <exception cref="ScenarioException">A role has too few nodes.</exception>
    public static void Refuse(PipelineText? pipeline, IReadOnlyList<NodeSpec> nodes)
    {
        if (pipeline is null) return;
        Refuse(pipeline.Spec, pipeline.At, "the pipeline", nodes);
    }

    /// <exception cref="ScenarioException">Nodes would execute by their images and by behaviours too.</exception>
    public static void RefuseBehaviours(PipelineText? pipeline, UpgradeText? upgrade)
    {
        if (upgrade is not null && pipeline?.Behaviours.Count > 0)
            throw upgrade.At.Error("nodes execute by their images here; remove the behaviours of the pipeline, "
                + "or say them in 'images'");
    }

    /// <exception cref="ScenarioException">A role has too few nodes.</exception>
    /// <param name="spec">The pipeline.</param>
    /// <param name="at">Where to point.</param>
    /// <param name="who">What needs them.</param>
    /// <param name="nodes">Those there are.</param>
    public static void Refuse(PipelineSpec spec, Place at, string who, IReadOnlyList<NodeSpec> nodes)
    {
        Require(Role.Collection, spec.Clusters.Count, "a cluster needs at least one");
        Require(Role.Execution, LeastExecutors, "a seal needs receipts by two");
        Require(Role.Verification, spec.Verification.PerChunk, "so many check each chunk");
        Require(Role.Access, 1, "clients call one");
        Require(Role.Consensus, 1, "somebody makes blocks");

        void Require(Role role, int least, string why)
        {
            int count = 0;
            foreach (NodeSpec node in nodes)
                count += node is { Weight: > 0, TwinOf: null } && node.Role == role ? 1 : 0;
            if (count < least)
                throw at.Error(FormattableString.Invariant(
                    $"{who} needs {least} {NodesFormat.NameOf(role)} nodes or more, as {why}; there are {count}"));
        }
    }
}
