using System;
using System.Numerics;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>The epochs of a run: equally long, one after the other.</summary>
/// <param name="Views">Views per epoch.</param>
/// <param name="TargetSeconds">Planned length, whole seconds as in EpochSetup.TargetDuration.</param>
/// <param name="BehindSeconds">How late the run starts; negative when it is ahead.</param>
public sealed record EpochPlan(ulong Views, long TargetSeconds, long BehindSeconds)
{
    /// <summary>τ0 for people, seconds.</summary>
    public decimal TargetViewTime => (decimal)TargetSeconds / Views;
}

/// <summary>The <c>epoch</c> section.</summary>
public static class EpochFormat
{
    private static readonly SimDuration Year = SimDuration.FromSeconds(366 * 86_400);

    private static readonly Field<long> Views = new("views", Scalars.Whole(20, 100_000_000),
        "Views per epoch; mainnet has 756,000.", true);

    private static readonly Field<SimDuration> TargetViewTime = new("target-view-time",
        Scalars.Duration(SimDuration.FromMilliseconds(1), SimDuration.FromSeconds(3600)),
        "τ0: the planned time per view. Times the views it must give whole seconds.");

    private static readonly Field<SimDuration> TargetDuration = new("target-duration",
        Scalars.Duration(SimDuration.FromSeconds(1), Year),
        "The planned length of an epoch, whole seconds, instead of target-view-time.");

    private static readonly Field<SimDuration> BehindSchedule = new("behind-schedule",
        Scalars.Duration(new SimDuration(-Year.Nanoseconds), Year),
        "How late the run starts, whole seconds: target ends lie that much earlier. Negative: ahead.");

    public static readonly Section<EpochPlan> Section = new(
        "epoch", [Views, TargetViewTime, TargetDuration, BehindSchedule], Build, TargetViewTime,
            TargetDuration);

    private static EpochPlan Build(Values at)
    {
        long views = at.Get(Views);
        long target = at.Has(TargetDuration)
            ? WholeSeconds(at, TargetDuration, at.Get(TargetDuration))
            : SecondsOf(at, views, at.Get(TargetViewTime));
        long behind = WholeSeconds(at, BehindSchedule, at.Or(BehindSchedule, SimDuration.Zero));
        if (behind >= target)
            throw at.Error(FormattableString.Invariant(
                $"behind-schedule is {behind}s; it must be less than an epoch, which lasts {target}s"),
                    BehindSchedule);
        return new EpochPlan((ulong)views, target, behind);
    }

    private static long SecondsOf(Values at, long views, SimDuration viewTime)
    {
        Int128 total = (Int128)views * viewTime.Nanoseconds;
        if (total > Year.Nanoseconds)
            throw at.Error(FormattableString.Invariant(
                $"{views} views of {GoDuration.FormatFlag(viewTime)} last longer than a year"),
                    TargetViewTime, Views);
        if (total % SimDuration.NanosecondsPerSecond == 0)
            return (long)(total / SimDuration.NanosecondsPerSecond);

        BigInteger common = BigInteger.GreatestCommonDivisor(viewTime.Nanoseconds,
            SimDuration.NanosecondsPerSecond);
        BigInteger step = SimDuration.NanosecondsPerSecond / common;
        string length = GoDuration.Format(new SimDuration((long)total));
        throw at.Error(FormattableString.Invariant(
            $"{views} views of {GoDuration.FormatFlag(viewTime)} last {length}, but an epoch lasts whole ")
            + FormattableString.Invariant($"seconds; use a multiple of {step} views"), TargetViewTime, Views);
    }

    private static long WholeSeconds(Values at, Field field, SimDuration duration) =>
        duration.Nanoseconds % SimDuration.NanosecondsPerSecond == 0
            ? duration.Nanoseconds / SimDuration.NanosecondsPerSecond
            : throw at.Error(
                $"{field.Key} is {GoDuration.Format(duration)}; it must be whole seconds", field);
}
