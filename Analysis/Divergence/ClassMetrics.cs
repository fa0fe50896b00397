using System.Collections.Generic;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Analysis.Divergence;

/// <summary>The figures of one class of starts.</summary>
public sealed class ClassMetrics
{
    private readonly RejoinClass of;

    public ClassMetrics(RejoinClass of)
    {
        this.of = of;
        string name = NameOf(of);
        Starts = Of(name, "starts", "starts of the class");
        Exposed = Of(name, "exposed", "those that ran another behaviour than the specified one");
        Manifest = Of(name, "manifest", "those that came to another end than the specified one");
        Undetected = Of(name, "undetected", "those whose other end nothing found until the run's end");
    }

    public MetricDefinition Starts { get; }

    public MetricDefinition Exposed { get; }

    public MetricDefinition Manifest { get; }

    public MetricDefinition Undetected { get; }

    /// <summary>For instance <c>rj5</c>.</summary>
    public static string NameOf(RejoinClass of) => of switch
    {
        RejoinClass.Other => "rj-other",
        _ => of.ToString().ToLowerInvariant(),
    };

    public void Report(MetricSheet sheet, IReadOnlyList<ProcessStart> starts)
    {
        var counts = StartCounts.Of(starts, start => start.Class == of);
        sheet.Put(Starts, counts.Starts);
        sheet.Put(Exposed, counts.Exposed);
        sheet.Put(Manifest, counts.Manifest);
        sheet.Put(Undetected, counts.Undetected);
    }

    private static MetricDefinition Of(string name, string kind, string meaning) =>
        MetricDefinition.Occasional($"{name}-{kind}", "starts", $"{name.ToUpperInvariant()}: {meaning}", 2);
}
