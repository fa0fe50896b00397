using System;
using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Kernel;
using static FlowSim.Analysis.Metrics.MetricDefinition;

namespace FlowSim.Analysis.Divergence;

/// <summary>What rates of divergence are of.</summary>
/// <param name="Processed">Blocks executed and chunks judged.</param>
/// <param name="Upgrades">Changes of the specified behaviour that became final.</param>
/// <param name="NodeHours">Hours that processes were up.</param>
public readonly record struct Denominators(long Processed, int Upgrades, double NodeHours);

/// <summary>The figures of upgrades: counts, to be divided by the denominators beside them.</summary>
public static class DivergenceMetrics
{
    public static readonly MetricDefinition Restarts = Occasional("restarts", "starts",
        "starts of processes that had run before", 2);

    public static readonly MetricDefinition RejoinStarts = Occasional("rejoins", "starts",
        "starts ten heights or more behind the newest final one, and new nodes", 2);

    public static readonly MetricDefinition Processed = Occasional("blocks-processed", "blocks",
        "blocks executed and chunks judged, over all nodes", 0);

    public static readonly MetricDefinition Upgrades = Occasional("upgrades-passed", "upgrades",
        "changes of the specified behaviour that a final block is beyond", 2);

    public static readonly MetricDefinition NodeHours = Occasional("node-hours", "h",
        "time that processes were up, over all nodes", 2);

    public static readonly MetricDefinition Exposed = Occasional("exposed-restarts", "starts",
        "restarts and new nodes that ran another behaviour than the specified one on a block or chunk", 2,
        isHeadline: true);

    public static readonly MetricDefinition Manifest = Occasional("manifest-restarts", "starts",
        "restarts and new nodes that came to another end than the specified one", 2, isHeadline: true);

    public static readonly MetricDefinition Undetected = Occasional("undetected", "starts",
        "starts of any kind that came to another end and that nothing found until the run's end", 2, isHeadline: true);

    public static readonly MetricDefinition FinalityLost = Occasional("finality-lost", "s",
        "time without a newly final block anywhere, beyond 10 s a time", 1);

    public static readonly MetricDefinition SealingLost = Occasional("sealing-lost", "s",
        "time without a newly final seal anywhere, beyond 10 s a time", 1);

    public static readonly MetricDefinition ExecutionLost = Occasional("execution-lost", "s",
        "time in which fewer than two execution nodes reached a new height, beyond 10 s a time", 1, isHeadline: true);

    public static readonly MetricDefinition ScriptsRefused = Occasional("scripts-refused", "scripts",
        "scripts that nobody could answer", 2);

    public static readonly MetricDefinition ScriptsWrong = Occasional("scripts-wrong", "scripts",
        "scripts whose answer rests on another state than the specified one", 2);

    public static readonly MetricDefinition OutdatedNodes = Occasional("outdated-nodes", "nodes",
        "nodes of any role that run on at the end with an image older than a change passed a minute before", 2);

    public static readonly MetricDefinition VersionAmbiguity = Occasional("version-ambiguity", "share",
        "D23: share of pairs of a node and an old block that it has without one agreed version, from what nodes keep",
        3);

    private static readonly IReadOnlyList<MetricDefinition> Outcomes =
        [.. Map(OutcomeCatalogue.All, kind => Occasional(kind.Name, kind.Unit, kind.Meaning, 2))];

    private static readonly IReadOnlyList<ClassMetrics> Classes =
        [.. Map(Enum.GetValues<RejoinClass>()[1..], one => new ClassMetrics(one))];

    /// <summary>What rates are of: more of it is neither better nor worse.</summary>
    private static readonly Criterion Denominator = new(Good.Neither, new Margin(0.05, true), "one part in twenty");

    /// <summary>All of them, in the order of reports.</summary>
    public static readonly IReadOnlyList<MetricDefinition> All =
    [
        Restarts, RejoinStarts, Processed, Upgrades, NodeHours, Exposed, Manifest, Undetected, FinalityLost,
        SealingLost, ExecutionLost, ScriptsRefused, ScriptsWrong, OutdatedNodes, VersionAmbiguity, .. Outcomes,
        .. OfClasses(),
    ];

    /// <summary>By which criterion sets are judged; null for a metric that is not one of these.</summary>
    public static Criterion? CriterionOf(MetricDefinition metric)
    {
        if (metric == FinalityLost || metric == SealingLost || metric == ExecutionLost)
            return new Criterion(Good.Lower, new Margin(10, false), "the gap that counts as normal");
        if (metric == Restarts || metric == RejoinStarts || metric == Processed || metric == Upgrades
            || metric == NodeHours) return Denominator;
        if (metric == VersionAmbiguity) return new Criterion(Good.Lower, new Margin(0.01, false), "a per cent");
        foreach (ClassMetrics one in Classes)
        {
            if (metric == one.Starts) return Denominator;
        }

        foreach (MetricDefinition one in All)
        {
            if (metric == one) return new Criterion(Good.Lower, new Margin(0.5, false), "any counts");
        }

        return null;
    }

    /// <summary>Writes the figures of a run down.</summary>
    public static void Report(MetricSheet sheet, DivergenceObserver run, in Denominators of, SimTime end)
    {
        IReadOnlyList<ProcessStart> starts = run.Starts;
        sheet.Put(Restarts, Count(starts, start => !start.IsNew));
        sheet.Put(RejoinStarts, Count(starts, start => start.IsRejoin));
        sheet.Put(Processed, of.Processed);
        sheet.Put(Upgrades, of.Upgrades);
        sheet.Put(NodeHours, of.NodeHours);
        sheet.Put(Exposed, Count(starts, start => IsRestart(start) && start.IsExposed));
        sheet.Put(Manifest, Count(starts, start => IsRestart(start) && start.IsManifest));
        sheet.Put(Undetected, Count(starts, start => start.IsUndetected));
        sheet.Put(FinalityLost, run.Availability.Finality.Seconds(end));
        sheet.Put(SealingLost, run.Availability.Sealing.Seconds(end));
        sheet.Put(ExecutionLost, run.Availability.Execution.Seconds(end));
        sheet.Put(ScriptsRefused, run.Availability.Refused);
        sheet.Put(ScriptsWrong, run.Availability.Wrong);
        sheet.Put(OutdatedNodes, run.Outdated);
        if (run.Ambiguity is { } share) sheet.Put(VersionAmbiguity, share);
        for (int i = 0; i < Outcomes.Count; i++) sheet.Put(Outcomes[i], run.CountOf(OutcomeCatalogue.All[i]));
        foreach (ClassMetrics one in Classes) one.Report(sheet, starts);
    }

    private static bool IsRestart(ProcessStart start) => start.Class != RejoinClass.First;

    internal static int Count(IReadOnlyList<ProcessStart> starts, Predicate<ProcessStart> counts)
    {
        int count = 0;
        foreach (ProcessStart start in starts) count += counts(start) ? 1 : 0;
        return count;
    }

    private static List<MetricDefinition> OfClasses()
    {
        List<MetricDefinition> all = [];
        foreach (ClassMetrics one in Classes) all.AddRange([one.Starts, one.Exposed, one.Manifest, one.Undetected]);
        return all;
    }

    private static IEnumerable<TTo> Map<TFrom, TTo>(IEnumerable<TFrom> from, Func<TFrom, TTo> map)
    {
        foreach (TFrom one in from) yield return map(one);
    }
}
