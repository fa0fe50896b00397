using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>What is known so far about one view; sums are over nodes.</summary>
public struct ViewSlot
{
    public ulong View;
    public int Leader;
    public ulong Block;
    public long PublishedAt;
    public ulong SecondBlock;
    public long SecondPublishedAt;
    public int Publications;
    public long Delay;
    public int Entries;
    public long EntrySum;
    public int Stays;
    public long StaySum;
    public int Observations;
    public long ObservedAtSum;
    public long TargetSum;
    public double ErrorSum;
    public double ErrorMin;
    public double ErrorMax;
    public int Finalities;
    public long FinalitySum;
    public bool IsFinalized;

    /// <summary>Mean error e over the nodes that observed the view's block.</summary>
    public readonly double MeanError => Observations == 0 ? double.NaN : ErrorSum / Observations;

    /// <summary>The view as a row of the series.</summary>
    public readonly ViewRow ToRow() => new(
        View, Publications == 0 ? -1 : Leader, Mean(Publications == 0 ? 0 : 1, PublishedAt),
        Mean(Entries, EntrySum), Mean(Stays, StaySum), MeanError, Mean(Observations, TargetSum),
        Mean(Publications == 0 ? 0 : 1, Delay), Mean(Finalities, FinalitySum), IsFinalized);

    private static double Mean(int count, long nanoseconds) =>
        count == 0 ? double.NaN : nanoseconds / (double)count / SimDuration.NanosecondsPerSecond;
}

/// <summary>Takes a view that has left the window.</summary>
public delegate void ViewRetired(in ViewSlot slot);

/// <summary>The newest views of a run in a ring; views leave it in ascending order, each exactly once.</summary>
/// <remarks>
/// What is said about a view that has left goes to a spare slot nobody reads. The ring outlasts the views a
/// chain can stay without finality before flow-go stops proposing (FinalizationSafetyThreshold, 1000).
/// </remarks>
public sealed class ViewWindow
{
    public const int DefaultCapacity = 8192;

    private readonly ViewSlot[] ring;
    private readonly ViewRetired retired;
    private ViewSlot spare;
    private ulong oldest;
    private ulong end;

    /// <summary>A window that starts at a view.</summary>
    public ViewWindow(ulong firstView, ViewRetired retired, int capacity = DefaultCapacity)
    {
        ring = new ViewSlot[capacity];
        this.retired = retired;
        oldest = firstView;
        end = firstView;
    }

    /// <summary>The slot of a view; a newer view than any before moves the window.</summary>
    public ref ViewSlot At(ulong view)
    {
        if (view < oldest)
        {
            spare = default;
            return ref spare;
        }

        while (end <= view) Extend();
        return ref ring[view % (ulong)ring.Length];
    }

    /// <summary>Retires every view left.</summary>
    public void Close()
    {
        while (oldest < end) RetireOldest();
    }

    private void Extend()
    {
        if (end - oldest == (ulong)ring.Length) RetireOldest();
        ring[end % (ulong)ring.Length] = new ViewSlot
        {
            View = end,
            ErrorMin = double.PositiveInfinity,
            ErrorMax = double.NegativeInfinity,
        };
        end++;
    }

    private void RetireOldest()
    {
        retired(in ring[oldest % (ulong)ring.Length]);
        oldest++;
    }
}
