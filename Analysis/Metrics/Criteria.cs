using System;
using System.Collections.Generic;
using FlowSim.Analysis.Divergence;
using static FlowSim.Analysis.Metrics.Criterion;

namespace FlowSim.Analysis.Metrics;

/// <summary>By which criterion sets are judged, per metric; a scenario may set other margins.</summary>
/// <remarks>
/// Margins are judgements, not measurements: below them a difference changes no decision, or the model does not
/// resolve it. View times and headroom have no good direction, since the target view time sets their level: a longer
/// τ0 is no fault of a set.
/// </remarks>
public static class Criteria
{
    private const string Unresolved =
        "flow-go's event loop takes single-digit milliseconds, which the model leaves out";

    private const string OnePercent = "as the scenarios hold the mean view time to 1 % of the target";
    private const string OnePerThousand = "one view in a thousand; mainnet lost about five";
    private const string OneInHundred = "one in a hundred";
    private const string Settled = "flow-go's published simulations of the controller settle within 0.05 s";
    private const string Felt = "a hundredth of the 1.6 s that finality takes at a target of 0.8 s, rounded up";

    private static readonly Criterion Unjudged = new(Good.Neither, null, "nobody set a margin");

    private static readonly Dictionary<string, Criterion> ByName = new(StringComparer.Ordinal)
    {
        [MetricCatalogue.MeanViewTime.Name] = Relative(Good.Neither, 0.01, OnePercent),
        [MetricCatalogue.ViewTimeP50.Name] = Relative(Good.Neither, 0.01, OnePercent),
        [MetricCatalogue.ViewTimeP99.Name] = Relative(Good.Neither, 0.02, "a tail: twice the mean's"),
        [MetricCatalogue.BlockRate.Name] = Relative(Good.Higher, 0.01, OnePercent),
        [MetricCatalogue.LostViews.Name] = Absolute(Good.Lower, 1, OnePerThousand),
        [MetricCatalogue.UndecidedViews.Name] = Absolute(Good.Lower, 1, "one view"),
        [MetricCatalogue.LongestFinalityGap.Name] = Absolute(Good.Lower, 1, "about one timeout"),
        [MetricCatalogue.FinalityP50.Name] = Absolute(Good.Lower, 0.02, Felt),
        [MetricCatalogue.FinalityP99.Name] = Absolute(Good.Lower, 0.05, "a tail: wider than the median's"),
        [MetricCatalogue.FirstFinality.Name] = Absolute(Good.Lower, 0.02, Felt),
        [MetricCatalogue.FirstFinalityP50.Name] = Absolute(Good.Lower, 0.02, Felt),
        [MetricCatalogue.FirstFinalityP99.Name] = Absolute(Good.Lower, 0.05, "a tail: wider than the median's"),
        [MetricCatalogue.PublicationDelay.Name] = Absolute(Good.Neither, 0.01, Unresolved),
        [MetricCatalogue.PublicationDelayP50.Name] = Absolute(Good.Neither, 0.01, Unresolved),
        [MetricCatalogue.PublicationDelayP1.Name] = Absolute(Good.Neither, 0.01, Unresolved),
        [MetricCatalogue.Undelayed.Name] = Absolute(Good.Lower, 0.01, OneInHundred),
        [MetricCatalogue.ProtocolRuntime.Name] = Absolute(Good.Lower, 0.01, Unresolved),
        [MetricCatalogue.EpochEndError.Name] = Absolute(Good.Zero, 0.1, Settled),
        [MetricCatalogue.WorstEpochEndError.Name] = Absolute(Good.Zero, 0.1, Settled),
        [MetricCatalogue.ControllerErrorIntegral.Name] = Relative(Good.Lower, 0.05, "one part in twenty"),
        [MetricCatalogue.ControllerErrorMax.Name] = Absolute(Good.Zero, 0.1, Settled),
        [MetricCatalogue.ControllerErrorMin.Name] = Absolute(Good.Zero, 0.1, Settled),
        [MetricCatalogue.ControllerErrorSpread.Name] = Absolute(Good.Lower, 0.01, Unresolved),
        [MetricCatalogue.RecoveryTime.Name] = Absolute(Good.Lower, 10, "about a dozen views"),
        [MetricCatalogue.Unrecovered.Name] = Absolute(Good.Lower, 0.01, OneInHundred),
        [MetricCatalogue.TargetViewDuration.Name] = Relative(Good.Neither, 0.01, OnePercent),
        [MetricCatalogue.AtMaxViewDuration.Name] = Absolute(Good.Lower, 0.01, OneInHundred),
        [MetricCatalogue.AtMinViewDuration.Name] = Absolute(Good.Lower, 0.01, OneInHundred),
        [MetricCatalogue.LocalTimeouts.Name] = Absolute(Good.Lower, 1, OnePerThousand),
        [ExecutionPauses.Pause.Name] = Absolute(Good.Lower, 30, "half a minute"),
        [MetricCatalogue.ViewsLeftByTc.Name] = Absolute(Good.Lower, 1, OnePerThousand),
    };

    /// <summary>The criterion of a metric; one without an entry is told to differ and nothing more.</summary>
    public static Criterion Of(MetricDefinition metric) =>
        PipelineCriteria.Of(metric) ?? EpochMetrics.CriterionOf(metric) ?? DivergenceMetrics.CriterionOf(metric)
            ?? ByName.GetValueOrDefault(metric.Name, Unjudged);
}
