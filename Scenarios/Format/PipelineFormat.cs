using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>The pipeline as written, before anyone knows which nodes behave otherwise.</summary>
/// <param name="Spec">The pipeline without deviations.</param>
/// <param name="Behaviours">Who executes or verifies by another behaviour.</param>
/// <param name="At">Where it is written.</param>
public sealed record PipelineText(PipelineSpec Spec, IReadOnlyList<BehaviourText> Behaviours, Place At);

/// <summary>A behaviour that is not the specified one.</summary>
/// <param name="Name">Names it: nodes under one name differ on the same chunks.</param>
/// <param name="Of">Who has it.</param>
/// <param name="SensitivityPerBillion">Chance that a chunk comes out otherwise.</param>
/// <param name="Written">The choice as it is written.</param>
public sealed record BehaviourText(string Name, ChoiceText Of, long SensitivityPerBillion, YamlNode Written)
{
    /// <summary>The behaviour as the simulator knows it.</summary>
    public Behaviour Behaviour => new(Mix64.OfText(Name), SensitivityPerBillion);
}

/// <summary>The <c>pipeline</c> section: transactions from clients to seals.</summary>
public static class PipelineFormat
{
    private const double Billion = 1_000_000_000;

    private static readonly Field<long> Clusters = new("clusters", Scalars.Whole(1, 1_000),
        "Collection clusters per epoch.", true);

    private static readonly Field<Workload> Work = new("workload", WorkloadFormat.Section,
        "What clients ask of the access nodes.", true);

    private static readonly Field<string> Name = new("name", Scalars.Name,
        "Nodes under one name differ from the others on the same chunks.", true);

    private static readonly Field<ChoiceText> Of = new("of", ChoiceFormat.Section,
        "Execution or verification nodes that have it.", true);

    private static readonly Field<double> Sensitivity = new("sensitivity", Scalars.Real(0, 1),
        "Chance that a chunk comes out otherwise; 0 never, 1 always.", true);

    private static readonly Field<IReadOnlyList<BehaviourText>> Behaviours = new("behaviours",
        new ListShape<BehaviourText>("a list of behaviours", new Section<BehaviourText>(
            "a behaviour", [Name, Of, Sensitivity], at => new BehaviourText(
                at.Get(Name), at.Get(Of), (long)Math.Round(at.Get(Sensitivity) * Billion), at.Node(Of)!)), 1, 100),
        "Who executes or verifies otherwise than specified; of two entries for a node the first counts.");

    private static readonly Field<PipelineSpec> Switches = new("switches", PipelineSwitches.Section,
        "Rules that changed, that operators choose, or that are inferred.");

    public static readonly Section<PipelineText> Section = new("pipeline", [Clusters, Work, Behaviours, Switches],
        at => new PipelineText(
            at.Or(Switches, PipelineSwitches.Section.Read(new YamlMapping(at.At, []))) with
            {
                Workload = at.Get(Work),
                Clusters = ClusterSpec.FlowGo with { Count = (int)at.Get(Clusters) },
            },
            at.Or(Behaviours, []), at.At));
}
