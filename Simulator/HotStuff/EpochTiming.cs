using System;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>An epoch as the block-time controller sees it: a range of views and when it should end.</summary>
/// <param name="FirstView">First view of the epoch.</param>
/// <param name="FinalView">Last view of the epoch, extensions included.</param>
/// <param name="TargetDurationSeconds">Planned length, whole seconds (EpochSetup.TargetDuration).</param>
/// <param name="TargetEndTimeSeconds">Planned end, whole seconds (EpochSetup.TargetEndTime, UNIX time in
/// flow-go).</param>
public readonly record struct EpochTiming(
    View FirstView, View FinalView, ulong TargetDurationSeconds, ulong TargetEndTimeSeconds)
{
    /// <summary>Views in the epoch.</summary>
    public ulong Views => checked(FinalView.Value - FirstView.Value + 1);

    /// <summary>τ0, the planned view time in seconds (cruisectl/block_time_controller.go,
    /// targetViewTime).</summary>
    public double TargetViewTimeSeconds => (double)TargetDurationSeconds / Views;

    /// <summary>Views left when a block of the given view appears; that view itself is among them.</summary>
    public ulong ViewsRemaining(View view) => unchecked(FinalView.Value + 1 - view.Value);

    /// <summary>Time left until the planned end, negative after it; it stops at the ends of the range, as
    /// Go's does.</summary>
    public SimDuration DurationRemaining(SimTime at)
    {
        Int128 end = (Int128)unchecked((long)TargetEndTimeSeconds) * SimDuration.NanosecondsPerSecond;
        return new SimDuration((long)Int128.Clamp(end - at.Nanoseconds, long.MinValue, long.MaxValue));
    }

    /// <summary>The same epoch after fallback mode appended views (state/protocol/inmem/epoch.go).</summary>
    /// <remarks>
    /// Duration and end grow by the added views at the old view time, in Go's float64 cut to whole seconds.
    /// A final view before the old one wraps around as Go's uint64 does.
    /// </remarks>
    public EpochTiming Extended(View newFinalView)
    {
        ulong added = unchecked(newFinalView.Value - FinalView.Value);
        ulong grown = GoMath.ToUInt64(added * TargetViewTimeSeconds);
        return new EpochTiming(FirstView, newFinalView,
            unchecked(TargetDurationSeconds + grown), unchecked(TargetEndTimeSeconds + grown));
    }
}
