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

    /// <summary>Mean instant at which nodes observed the view's block, seconds.</summary>
    public readonly double MeanObservedAt => Mean(Observations, ObservedAtSum);

    /// <summary>The view as a row of the series.</summary>
    public readonly ViewRow ToRow() => new(
        View, Publications == 0 ? -1 : Leader, Mean(Publications == 0 ? 0 : 1, PublishedAt),
        Mean(Entries, EntrySum), MeanStay, MeanError, Mean(Observations, TargetSum),
        Mean(Publications == 0 ? 0 : 1, Delay), Mean(Finalities, FinalitySum), IsFinalized);

    private static double Mean(int count, long nanoseconds) =>
        count == 0 ? double.NaN : nanoseconds / (double)count / SimDuration.NanosecondsPerSecond;

    /// <summary>How long nodes stayed; the first to leave are not typical, so it waits for all who entered.</summary>
    private readonly double MeanStay => Stays == Entries ? Mean(Stays, StaySum) : double.NaN;
}
