using System;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>
/// Counts of durations in bins of one millisecond, up to two minutes; longer ones share the last bin.
/// </summary>
/// <remarks>
/// Quantiles and curves come from counts, so runs can be added up exactly. Memory follows the longest
/// duration seen, never the number of samples.
/// </remarks>
public sealed class DurationHistogram
{
    /// <summary>Width of a bin in seconds: the resolution of every quantile.</summary>
    public const double BinSeconds = 0.001;

    /// <summary>Bins below the overflow.</summary>
    public const int Bins = 120_000;

    private long[] counts = new long[1024];
    private int used;
    private SimDuration shortest = new(long.MaxValue);
    private SimDuration longest = new(long.MinValue);

    /// <summary>A histogram as it was when its counts were read off.</summary>
    /// <param name="counts">Samples per bin, from the first bin on.</param>
    /// <param name="overflow">Samples beyond the last bin.</param>
    /// <param name="shortest">Shortest sample.</param>
    /// <param name="longest">Longest sample.</param>
    public static DurationHistogram Of(
        ReadOnlySpan<long> counts, long overflow, SimDuration shortest, SimDuration longest)
    {
        var histogram = new DurationHistogram { shortest = shortest, longest = longest };
        for (int bin = 0; bin < counts.Length; bin++) histogram.AddAt(bin, counts[bin]);
        histogram.AddAt(Bins, overflow);
        return histogram;
    }

    /// <summary>Shortest sample; longer than the longest when there is none.</summary>
    public SimDuration Shortest => shortest;

    /// <summary>Longest sample.</summary>
    public SimDuration Longest => longest;

    /// <summary>Samples in all, those beyond the last bin included.</summary>
    public long Total { get; private set; }

    /// <summary>Samples beyond the last bin.</summary>
    public long Overflow { get; private set; }

    /// <summary>Bins up to the last one that holds a sample.</summary>
    public int UsedBins => used;

    /// <summary>Samples in a bin.</summary>
    public long CountAt(int bin) => bin < used ? counts[bin] : 0;

    /// <summary>Adds a sample.</summary>
    public void Add(SimDuration sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample.Nanoseconds, nameof(sample));
        shortest = SimDuration.Min(shortest, sample);
        longest = SimDuration.Max(longest, sample);
        AddAt(sample.Nanoseconds / SimDuration.NanosecondsPerMillisecond, 1);
    }

    /// <summary>Adds another histogram's samples.</summary>
    public void Add(DurationHistogram other)
    {
        for (int bin = 0; bin < other.used; bin++) AddAt(bin, other.counts[bin]);
        AddAt(Bins, other.Overflow);
        shortest = SimDuration.Min(shortest, other.shortest);
        longest = SimDuration.Max(longest, other.longest);
    }

    /// <summary>
    /// The duration below which a share q of the samples lies, in seconds, linear within its bin and never
    /// outside the samples; null without samples or where it lies beyond the last bin.
    /// </summary>
    public double? Quantile(double q)
    {
        double rank = q * Total;
        long below = 0;
        for (int bin = 0; bin < used; bin++)
        {
            if (counts[bin] > 0 && below + counts[bin] >= rank)
            {
                double within = (bin + (rank - below) / counts[bin]) * BinSeconds;
                return Math.Clamp(within, shortest.TotalSeconds, longest.TotalSeconds);
            }

            below += counts[bin];
        }

        return null;
    }

    private void AddAt(long bin, long count)
    {
        if (count == 0) return;
        Total += count;
        if (bin >= Bins)
        {
            Overflow += count;
            return;
        }

        if (bin >= counts.Length)
        {
            Array.Resize(ref counts, (int)Math.Min(Bins, Math.Max(bin + 1, counts.Length * 2L)));
        }

        counts[bin] += count;
        used = Math.Max(used, (int)bin + 1);
    }
}
