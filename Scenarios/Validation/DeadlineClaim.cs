using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Scenarios.Validation;

/// <summary>Up to which share of bad nodes an epoch still ends on time.</summary>
internal sealed class DeadlineClaim : IFigureFamily
{
    private const string Source = "working group, 2024-04-25";
    private const int Seeds = 6;

    /// <summary>One lost leader close to the end costs two timeouts, 2.09 s, that nothing can make good.</summary>
    private const double OnTime = 2.5;

    private static readonly int[] Percents = [0, 10, 15, 20, 25, 33];

    public string Id => "deadline";

    public string Title => "Epoch deadline with nodes off or publishing late";

    public string Setup =>
        "Profile mainnet-2024, 94 consensus nodes, τ0 800 ms, views of at most 910 ms, timeout 1,045 ms; 6 seeds of an "
        + "epoch of 500 views. Nodes are off all the time, or lead as late as they can (100 ms before the timeout), or "
        + "half and half. The claim is that the deadline holds with 10 % (conservative) and up to 15 % of the nodes "
        + "bad. On time is within 2.5 s. An epoch of 500 views is 1,500 times shorter than mainnet's: chance near the "
        + "end weighs the same, but a lag that cannot be made good grows with the views, so a share that is late here "
        + "misses the weekly deadline by hours, and one that is just on time here may still fail over a week.";

    public FamilyResult Measure(Workbench bench)
    {
        List<Finding> findings = [];
        List<string> notes =
        [
            "| bad | how | on time | epoch-end error, s | mean view time, s | views left by TC, per 1000 |",
            "|---|---|---|---|---|---|",
        ];
        foreach (string how in (string[])["off", "late", "half and half"])
        {
            foreach (int percent in Percents)
            {
                if (percent == 0 && how is not "off") continue;
                Cell[] cells = bench.Each(Specs(percent, how), Cell.Of);
                notes.Add(Row(percent, how, cells));
                if (percent is not (10 or 15)) continue;
                string id = string.Create(CultureInfo.InvariantCulture, $"deadline-{how.Replace(' ', '-')}-{percent}");
                findings.Add(Finding.Of(
                    new Figure(id, $"epoch-end error with {percent} % {how}, s", Source, 0, OnTime),
                    [.. cells.Select(cell => cell.Error)]));
            }
        }

        return new FamilyResult(findings, notes);
    }

    private static string Row(int percent, string how, Cell[] cells)
    {
        Estimate share = Proportion.Of(cells.Count(cell => Math.Abs(cell.Error) <= OnTime), cells.Length);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {percent} % | {how} | {share.Value:P0} ({share.Low:P0} to {share.High:P0}, n={share.N}) ")
            + $"| {Mean(cells, cell => cell.Error, 2)} | {Mean(cells, cell => cell.ViewTime, 3)} "
            + $"| {Mean(cells, cell => cell.Timeouts, 0)} |";
    }

    private static string Mean(Cell[] cells, Func<Cell, double> figure, int decimals)
    {
        double[] finite = [.. cells.Select(figure).Where(double.IsFinite)];
        return Estimate.OfMean(finite, "")?.ToText(decimals) ?? "never ended";
    }

    private static List<RunSpec> Specs(int percent, string how)
    {
        double off = how switch { "off" => percent, "late" => 0, _ => percent / 2.0 };
        double late = percent - off;
        string text = $$"""
            format: 1
            scenarios:
              - name: deadline
                question: Does the epoch end on time?
                profile: mainnet-2024
                nodes: { collection: 0, execution: 0, verification: 0, access: 0 }
                epoch: { views: 500, target-view-time: 800ms }
                seeds: 1..{{Seeds.ToString(CultureInfo.InvariantCulture)}}
                duration: { epochs: 1 }
                sets: [ { name: shipped } ]
            """;
        if (off > 0) text += $"\n    faults: [ {{ crash: {Share(off)}, during: 0s..1000000s }} ]";
        if (late > 0) text += $"\n    liars: [ {{ late-leader: {Share(late)}, margin: 100ms }} ]";
        return [.. Plan.Of(ScenarioFile.Of("validation", text)).Select(run => run.Spec)];
    }

    private static string Share(double percent) => string.Create(CultureInfo.InvariantCulture,
        $"{{ role: consensus, share: {percent}% }}");

    /// <summary>One run; the error is infinite if the epoch did not end.</summary>
    private sealed record Cell(double Error, double ViewTime, double Timeouts)
    {
        public static Cell Of(Measurement measured) => new(
            measured[MetricCatalogue.EpochEndError.Name] ?? double.PositiveInfinity,
            measured[MetricCatalogue.MeanViewTime.Name] ?? double.NaN,
            measured[MetricCatalogue.ViewsLeftByTc.Name] ?? double.NaN);
    }
}
