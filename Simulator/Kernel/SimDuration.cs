using System;

namespace FlowSim.Kernel;

/// <summary>A length of simulated time: whole nanoseconds, as Go's <c>time.Duration</c>.</summary>
public readonly record struct SimDuration(long Nanoseconds) : IComparable<SimDuration>
{
    public const long NanosecondsPerSecond = 1_000_000_000;
    public const long NanosecondsPerMillisecond = 1_000_000;

    public static readonly SimDuration Zero;

    public static SimDuration FromMilliseconds(long ms) => new(checked(ms * NanosecondsPerMillisecond));
    public static SimDuration FromSeconds(long s) => new(checked(s * NanosecondsPerSecond));

    /// <summary>Length in seconds, for reports only.</summary>
    public double TotalSeconds => Nanoseconds / 1e9;

    public int CompareTo(SimDuration other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static SimDuration operator +(SimDuration a, SimDuration b) => new(checked(a.Nanoseconds + b.Nanoseconds));
    public static SimDuration operator -(SimDuration a, SimDuration b) => new(checked(a.Nanoseconds - b.Nanoseconds));
    public static bool operator <(SimDuration a, SimDuration b) => a.Nanoseconds < b.Nanoseconds;
    public static bool operator >(SimDuration a, SimDuration b) => a.Nanoseconds > b.Nanoseconds;
    public static bool operator <=(SimDuration a, SimDuration b) => a.Nanoseconds <= b.Nanoseconds;
    public static bool operator >=(SimDuration a, SimDuration b) => a.Nanoseconds >= b.Nanoseconds;

    public static SimDuration Min(SimDuration a, SimDuration b) => a < b ? a : b;
    public static SimDuration Max(SimDuration a, SimDuration b) => a > b ? a : b;
}
