using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>The epochs of a run and when it ends.</summary>
/// <param name="Epochs">One more than the run finishes: a view beyond the last would have no leader.</param>
/// <param name="Stop">When the run ends.</param>
/// <param name="FinishedEpochs">Epochs the run is meant to finish.</param>
/// <param name="PlannedViews">Views the run is meant to pass.</param>
public sealed record Timeline(
    IReadOnlyList<EpochTiming> Epochs, StopCondition Stop, ulong FinishedEpochs, ulong PlannedViews)
{
    /// <summary>Views after the last epoch, so that its last block is seen and finalized.</summary>
    private const ulong ViewsAfterTheEnd = 10;

    /// <summary>A stalled run ends after this many times its planned length.</summary>
    private const long Patience = 4;

    /// <summary>A minute lets even the shortest run sit through some timeouts.</summary>
    private const long PatienceSeconds = 60;

    /// <summary>Runs that go faster than planned may use up epochs sooner.</summary>
    private const long FastestSpeedUp = 4;

    private const long LongestSeconds = 100L * 366 * 86_400;
    private const long MostEpochs = 100_000;

    /// <summary>Lays epochs end to end from view 0, the root's, until the length is covered.</summary>
    public static Timeline Of(EpochPlan plan, RunLength length, Place at)
    {
        ulong views = plan.Views;
        if (length.Epochs is { } epochs)
        {
            View stop = new((ulong)epochs * views - 1 + ViewsAfterTheEnd);
            return Build(plan, at, epochs, stop, Cap(plan, (Int128)epochs * plan.TargetSeconds),
                (ulong)epochs, (ulong)epochs * views - 1);
        }

        if (length.Views is { } count)
        {
            // Views 1 … count are passed once view count + 1 is entered.
            long needed = (long)(((ulong)count + 1) / views) + 1;
            Int128 seconds = (Int128)count * plan.TargetSeconds / views + 1;
            return Build(plan, at, needed, new View((ulong)count + 1), Cap(plan, seconds),
                ((ulong)count + 1) / views, (ulong)count);
        }

        SimDuration time = length.Time!.Value;
        long wholeSeconds = (time.Nanoseconds - 1) / SimDuration.NanosecondsPerSecond + 1;
        long covered = FastestSpeedUp * ((wholeSeconds - 1) / plan.TargetSeconds + 1);
        ulong planned = (ulong)((Int128)time.Nanoseconds * views
            / ((Int128)plan.TargetSeconds * SimDuration.NanosecondsPerSecond));
        return Build(plan, at, covered, new View(checked((ulong)covered * views - 1)),
            SimTime.Zero + time, planned / views, planned);
    }

    private static Timeline Build(
        EpochPlan plan, Place at, long covered, View stop, Int128 capSeconds, ulong finished,
            ulong planned) =>
        capSeconds <= LongestSeconds
            ? Build(plan, at, covered, stop, SimTime.FromSeconds((long)capSeconds), finished, planned)
            : throw at.Error("such a run could last longer than a hundred years; make it shorter");

    private static Timeline Build(
        EpochPlan plan, Place at, long covered, View stop, SimTime end, ulong finished, ulong planned)
    {
        if (covered > MostEpochs)
            throw at.Error("such a run could need more than 100,000 epochs; make it shorter");
        List<EpochTiming> epochs = [];
        for (ulong i = 0; i <= (ulong)covered; i++)
        {
            View first = new(i * plan.Views);
            ulong targetEnd = (ulong)((long)(i + 1) * plan.TargetSeconds - plan.BehindSeconds);
            epochs.Add(new EpochTiming(
                first, new View(first.Value + plan.Views - 1), (ulong)plan.TargetSeconds, targetEnd));
        }

        return new Timeline(epochs, new StopCondition(stop, end), finished, planned);
    }

    private static Int128 Cap(EpochPlan plan, Int128 plannedSeconds) =>
        Patience * (plannedSeconds + Math.Abs(plan.BehindSeconds)) + PatienceSeconds;
}
