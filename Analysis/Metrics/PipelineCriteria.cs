using System;
using System.Collections.Generic;
using static FlowSim.Analysis.Metrics.Criterion;

namespace FlowSim.Analysis.Metrics;

/// <summary>By which criterion sets are judged in the figures of the transaction pipeline.</summary>
public static class PipelineCriteria
{
    private const string Probe = "the spread of monthly medians of one mainnet probe is about 0.2 s";

    private static readonly Dictionary<string, Criterion> ByName = Make();

    /// <summary>The criterion of a metric; null when it is not one of the pipeline.</summary>
    public static Criterion? Of(MetricDefinition metric) => ByName.GetValueOrDefault(metric.Name);

    private static Dictionary<string, Criterion> Make()
    {
        Dictionary<string, Criterion> criteria = new(StringComparer.Ordinal);
        foreach (MetricDefinition metric in PipelineMetrics.All)
            criteria.Add(metric.Name, Relative(Good.Neither, 0.05, "one part in twenty"));
        foreach (IReadOnlyList<MetricDefinition> times in (IReadOnlyList<MetricDefinition>[])
            [PipelineMetrics.TimeToSubmission, PipelineMetrics.TimeToFinality, PipelineMetrics.TimeToExecution,
                PipelineMetrics.TimeToSoftFinality, PipelineMetrics.TimeToSeal])
        {
            foreach (MetricDefinition time in times) criteria[time.Name] = Absolute(Good.Lower, 0.2, Probe);
        }

        criteria[PipelineMetrics.SealAfterExecution.Name] = Absolute(Good.Lower, 0.2, Probe);
        criteria[PipelineMetrics.SealingLag.Name] = Absolute(Good.Lower, 0.5, "half a block");
        criteria[PipelineMetrics.SealingLagMax.Name] = Absolute(Good.Lower, 1, "one block");
        criteria[PipelineMetrics.Throughput.Name] = Relative(Good.Higher, 0.01, "one part in a hundred");
        criteria[PipelineMetrics.Unfinished.Name] = Absolute(Good.Lower, 0.01, "one in a hundred");
        criteria[PipelineMetrics.Refused.Name] = Absolute(Good.Lower, 0.01, "one in a hundred");
        criteria[PipelineMetrics.ExecutionForks.Name] = Absolute(Good.Lower, 0.5, "any node counts");
        criteria[PipelineMetrics.DivergedExecutors.Name] = Absolute(Good.Lower, 0.5, "any node counts");
        criteria[PipelineMetrics.ChunkFaults.Name] = Absolute(Good.Lower, 0.5, "any chunk counts");
        return criteria;
    }
}
