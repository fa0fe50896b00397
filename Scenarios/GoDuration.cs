using System;
using System.Globalization;
using System.Text;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>Durations as Go writes them: <c>800ms</c>, <c>1h2m3.5s</c>, <c>-1.5us</c>.</summary>
/// <remarks>
/// The syntax is that of Go's time.ParseDuration, so that a flag's value can be pasted from and to a node's
/// command line. The arithmetic is exact; digits finer than a nanosecond are cut off.
/// </remarks>
public static class GoDuration
{
    /// <summary>The same syntax as a regular expression, for editors.</summary>
    public const string Pattern = @"^[+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$";

    /// <summary>How far Go's int64 nanoseconds reach below zero.</summary>
    private const ulong Limit = 1UL << 63;

    private static readonly string[] Units = ["s", "m", "h", "ms", "us", "ns"];

    /// <summary>Reads a duration.</summary>
    /// <exception cref="FormatException">The text is none; the message says why.</exception>
    public static SimDuration Parse(string text)
    {
        ReadOnlySpan<char> rest = text;
        bool negative = rest.StartsWith('-');
        if (rest.Length > 0 && rest[0] is '-' or '+') rest = rest[1..];
        if (rest is "0") return SimDuration.Zero;
        if (rest.IsEmpty) throw NoDuration(text);

        UInt128 total = 0;
        while (!rest.IsEmpty)
        {
            total += Component(text, ref rest);
            if (total > Limit) throw TooLong(text);
        }

        if (!negative && total == Limit) throw TooLong(text);
        return new SimDuration(unchecked(negative ? -(long)(ulong)total : (long)(ulong)total));
    }

    /// <summary>As Go prints it: <c>1h0m0s</c>, <c>1.045s</c>, <c>125ms</c>, <c>0s</c>.</summary>
    public static string Format(SimDuration duration)
    {
        if (duration.Nanoseconds == 0) return "0s";
        ulong size = unchecked(duration.Nanoseconds < 0
            ? (ulong)-duration.Nanoseconds : (ulong)duration.Nanoseconds);
        string text = size switch
        {
            < 1_000 => Fraction(size, 1) + "ns",
            < 1_000_000 => Fraction(size, 1_000) + "µs",
            < 1_000_000_000 => Fraction(size, 1_000_000) + "ms",
            _ => Long(size),
        };
        return duration.Nanoseconds < 0 ? "-" + text : text;
    }

    /// <summary>As operators write it on a command line: whole milliseconds where that is exact.</summary>
    public static string FormatFlag(SimDuration duration) =>
        duration.Nanoseconds % SimDuration.NanosecondsPerMillisecond == 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"{duration.Nanoseconds / SimDuration.NanosecondsPerMillisecond}ms")
            : Format(duration);

    /// <summary>One number with its unit, in nanoseconds.</summary>
    private static UInt128 Component(string text, ref ReadOnlySpan<char> rest)
    {
        UInt128 digits = 0;
        UInt128 scale = 1;
        int whole = Digits(text, ref rest, ref digits, ref scale, isFraction: false);
        int fraction = 0;
        if (rest.StartsWith('.'))
        {
            rest = rest[1..];
            fraction = Digits(text, ref rest, ref digits, ref scale, isFraction: true);
        }

        if (whole + fraction == 0) throw NoDuration(text);
        ulong unit = Unit(text, ref rest);
        return digits * unit / scale;
    }

    private static int Digits(
        string text, ref ReadOnlySpan<char> rest, ref UInt128 digits, ref UInt128 scale, bool isFraction)
    {
        int read = 0;
        for (; read < rest.Length && char.IsAsciiDigit(rest[read]); read++)
        {
            // Beyond 13 places even an hour's digit is below a nanosecond.
            if (isFraction && read >= 13) continue;
            digits = digits * 10 + (uint)(rest[read] - '0');
            if (isFraction) scale *= 10;
            else if (digits > Limit) throw TooLong(text);
        }

        rest = rest[read..];
        return read;
    }

    private static ulong Unit(string text, ref ReadOnlySpan<char> rest)
    {
        int length = 0;
        while (length < rest.Length && rest[length] != '.' && !char.IsAsciiDigit(rest[length])) length++;
        string unit = rest[..length].ToString();
        rest = rest[length..];
        return unit switch
        {
            "ns" => 1,
            "us" or "µs" or "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            "" => throw new FormatException($"'{text}' has no unit; write a duration such as 800ms"),
            _ => throw new FormatException(
                $"'{unit}' in '{text}' is no unit of time; {Nearest.Allowed(unit, Units)}"),
        };
    }

    private static string Long(ulong size)
    {
        ulong minutes = size / 60_000_000_000;
        StringBuilder text = new();
        if (minutes >= 60) text.Append(CultureInfo.InvariantCulture, $"{minutes / 60}h");
        if (minutes >= 1) text.Append(CultureInfo.InvariantCulture, $"{minutes % 60}m");
        return text.Append(Fraction(size % 60_000_000_000, 1_000_000_000)).Append('s').ToString();
    }

    private static string Fraction(ulong size, ulong unit)
    {
        string whole = (size / unit).ToString(CultureInfo.InvariantCulture);
        string digits = (unit + size % unit).ToString(CultureInfo.InvariantCulture)[1..].TrimEnd('0');
        return digits.Length == 0 ? whole : $"{whole}.{digits}";
    }

    private static FormatException NoDuration(string text) =>
        new($"'{text}' is not a duration; write a number and a unit, such as 800ms or 1m30s");

    private static FormatException TooLong(string text) =>
        new($"'{text}' is too long; the longest duration is 2562047h47m16.854775807s");
}
