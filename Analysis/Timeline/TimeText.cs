using System.Globalization;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>Times as a reader of a run wants them, the same in every locale.</summary>
public static class TimeText
{
    /// <summary>Time since the start of the run, to the microsecond.</summary>
    public static string Absolute(SimTime at) => Seconds(at.Nanoseconds, 1_000, "0.000000");

    /// <summary>A length, to the millisecond.</summary>
    public static string Length(SimDuration length) => Seconds(length.Nanoseconds, 1_000_000, "0.000");

    /// <summary>Time since an instant with its sign, to the millisecond.</summary>
    public static string Since(SimTime start, SimTime at) =>
        Seconds((at - start).Nanoseconds, 1_000_000, "+0.000;-0.000;+0.000");

    /// <remarks>Cut, not rounded, in whole numbers: the same digits wherever it is printed.</remarks>
    private static string Seconds(long nanoseconds, long unit, string format) =>
        ((decimal)(nanoseconds / unit) * unit / SimDuration.NanosecondsPerSecond)
            .ToString(format, CultureInfo.InvariantCulture) + " s";
}
