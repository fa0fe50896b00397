using System;

namespace FlowSim.Kernel;

/// <summary>An instant of simulated time: whole nanoseconds since the start of the run.</summary>
/// <remarks>
/// Epoch target times are whole UNIX seconds in flow-go; a run counts them from its own start, so zero is the
/// start. The default value is that start.
/// </remarks>
public readonly record struct SimTime(long Nanoseconds) : IComparable<SimTime>
{
    /// <summary>The start of every run.</summary>
    public static readonly SimTime Zero;

    /// <summary>Later than every event.</summary>
    public static readonly SimTime Never = new(long.MaxValue);

    public static SimTime FromSeconds(long seconds) => new(checked(seconds * SimDuration.NanosecondsPerSecond));

    /// <summary>Seconds since the start of the run, for reports only.</summary>
    public double TotalSeconds => Nanoseconds / 1e9;

    public int CompareTo(SimTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static SimTime operator +(SimTime at, SimDuration by) => new(checked(at.Nanoseconds + by.Nanoseconds));
    public static SimTime operator -(SimTime at, SimDuration by) => new(checked(at.Nanoseconds - by.Nanoseconds));
    public static SimDuration operator -(SimTime a, SimTime b) => new(checked(a.Nanoseconds - b.Nanoseconds));
    public static bool operator <(SimTime a, SimTime b) => a.Nanoseconds < b.Nanoseconds;
    public static bool operator >(SimTime a, SimTime b) => a.Nanoseconds > b.Nanoseconds;
    public static bool operator <=(SimTime a, SimTime b) => a.Nanoseconds <= b.Nanoseconds;
    public static bool operator >=(SimTime a, SimTime b) => a.Nanoseconds >= b.Nanoseconds;

    public static SimTime Max(SimTime a, SimTime b) => a > b ? a : b;
    public static SimTime Min(SimTime a, SimTime b) => a < b ? a : b;
}
