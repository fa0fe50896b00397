using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Validation;

/// <summary>Epochs with one share of the committee bad in one way.</summary>
/// <param name="Percent">The share, rounded to whole nodes.</param>
/// <param name="How">Off, late, or half and half.</param>
/// <param name="Cells">A run each.</param>
public sealed record DeadlineRow(int Percent, string How, IReadOnlyList<DeadlineRow.Cell> Cells)
{
    private const int Nodes = 94;

    /// <summary>One lost leader close to the end costs two timeouts, 2.09 s, that nothing can make good.</summary>
    private const double Tolerance = 2.5;

    /// <summary>Runs whose epoch ended on time; one that never ended did not.</summary>
    public int OnTime => Cells.Count(cell => Math.Abs(cell.Error) <= Tolerance);

    /// <summary>All runs.</summary>
    public int Runs => Cells.Count;

    /// <summary>Bad nodes, at least as many off as late.</summary>
    private static int Bad(int percent) => (Nodes * percent + 50) / 100;

    /// <summary>Makes the runs.</summary>
    public static DeadlineRow Measure(Workbench bench, int percent, string how)
    {
        int bad = Bad(percent);
        int late = how switch { "off" => 0, "late" => bad, _ => bad / 2 };
        return new DeadlineRow(percent, how, bench.Each(Specs(bad, late), Cell.Of));
    }

    /// <summary>A line of the table.</summary>
    public string ToText()
    {
        Estimate share = Proportion.Of(OnTime, Runs);
        int endless = Cells.Count(cell => !double.IsFinite(cell.Error));
        return string.Create(CultureInfo.InvariantCulture,
            $"| {Percent} % ({Bad(Percent)}) | {How} | {OnTime} of {Runs} ({share.Low:P0} to {share.High:P0}) ")
            + string.Create(CultureInfo.InvariantCulture, $"| {MedianError()} | {endless} ")
            + $"| {Mean(cell => cell.ViewTime, 4)} | {Mean(cell => cell.Timeouts, 0)} |";
    }

    /// <summary>What a series of growing shares says of where the deadline breaks.</summary>
    public static string Answer(string how, IReadOnlyList<DeadlineRow> series)
    {
        DeadlineRow holds = series.TakeWhile(row => row.OnTime == row.Runs).LastOrDefault(series[0]);
        string all = holds.OnTime == holds.Runs
            ? $"{how}, every epoch is on time up to {Text(holds)}"
            : $"{how}, no share has every epoch on time";
        if (holds == series[^1] && holds.OnTime == holds.Runs) return $"{all}, the largest share tried";
        return series.FirstOrDefault(row => 2 * row.OnTime < row.Runs) is { } broken
            ? $"{all} and most are not at {Text(broken)}"
            : $"{all} and most still are at {Text(series[^1])}";
    }

    private static string Text(DeadlineRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Percent} %");

    /// <summary>Runs that never ended count as later than any other.</summary>
    private string MedianError()
    {
        Estimate median = Median.Of([.. Cells.Select(cell => cell.Error)], "s")!;
        return $"{Seconds(median.Value)} ({Seconds(median.Low)} to {Seconds(median.High)})";
    }

    private static string Seconds(double value) =>
        double.IsFinite(value) ? value.ToString("F2", CultureInfo.InvariantCulture) : "never";

    private string Mean(Func<Cell, double> figure, int decimals) =>
        Estimate.OfMean([.. Cells.Select(figure)], "")!.ToText(decimals);

    private static RunSpec[] Specs(int bad, int late) => [.. WrittenRuns.Of($$"""
        profile: mainnet-2024
        nodes: { consensus: {{Count(Nodes)}}, collection: 0, execution: 0, verification: 0, access: 0 }
        epoch: { views: 1000, target-view-time: 800ms }
        seeds: 1..20
        duration: { epochs: 1 }
        {{(bad > 0 ? $"faults: [ {{ crash: {{ role: consensus, count: {Count(bad)} }}, during: 0s.. }} ]" : "")}}
        """).Select(spec => late > 0 ? Parted(spec, late) : spec)];

    /// <summary>Some of the nodes drawn to be off lead late instead; neighbours share a region.</summary>
    private static RunSpec Parted(RunSpec spec, int late)
    {
        var crash = (NodeFault.Crash)spec.NodeFaults[0];
        int[] drawn = crash.Nodes.Members.ToArray();
        bool IsLate(int i) => (i + 1) * late / drawn.Length > i * late / drawn.Length;
        NodeSet Those(bool isLate) => new(spec.Nodes.Count, drawn.Where((_, i) => IsLate(i) == isLate));
        return spec with
        {
            NodeFaults = late == drawn.Length ? [] : [crash with { Nodes = Those(false) }],
            Liars = [new Liar.LateLeader(Those(true), SimDuration.FromMilliseconds(100))],
        };
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>One run.</summary>
    /// <param name="Error">Seconds late; infinite if the epoch did not end.</param>
    /// <param name="ViewTime">Mean view time, seconds.</param>
    /// <param name="Timeouts">Views left by TC, per 1000.</param>
    public sealed record Cell(double Error, double ViewTime, double Timeouts)
    {
        /// <summary>What a measured run came to.</summary>
        public static Cell Of(Measurement measured) => new(
            measured[MetricCatalogue.EpochEndError.Name] ?? double.PositiveInfinity,
            measured[MetricCatalogue.MeanViewTime.Name]!.Value,
            measured[MetricCatalogue.ViewsLeftByTc.Name]!.Value);
    }
}
