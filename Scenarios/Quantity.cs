using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>Exact decimal numbers, bare or with a unit: <c>0.019</c>, <c>20kB</c>, <c>1.5Gbps</c>.</summary>
public static class Quantity
{
    /// <summary>Bytes; k is a thousand, Ki is 1,024.</summary>
    public static readonly IReadOnlyList<(string Unit, long Size)> Bytes =
        [("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("KiB", 1_024), ("MiB", 1_048_576)];

    /// <summary>Bits per second.</summary>
    public static readonly IReadOnlyList<(string Unit, long Size)> BitRates =
        [("bps", 1), ("kbps", 1_000), ("Mbps", 1_000_000), ("Gbps", 1_000_000_000)];

    /// <summary>A non-negative number with one of the units, as a whole count of the smallest.</summary>
    /// <exception cref="FormatException">The text is none; the message says why.</exception>
    public static long WithUnit(string text, IReadOnlyList<(string Unit, long Size)> units, string example)
    {
        int length = 0;
        while (length < text.Length
            && (char.IsAsciiDigit(text[length]) || text[length] is '.' or '-')) length++;
        string number = text[..length];
        string unit = text[length..];
        if (number.Length == 0)
            throw new FormatException($"'{text}' is not a number with a unit; write for instance {example}");
        if (unit.Length == 0)
            throw new FormatException($"'{text}' has no unit; write for instance {example}");
        string[] names = new string[units.Count];
        for (int i = 0; i < units.Count; i++)
        {
            names[i] = units[i].Unit;
            if (string.Equals(names[i], unit, StringComparison.Ordinal)) return Scaled(number, units[i].Size);
        }

        throw new FormatException($"'{unit}' in '{text}' is no unit here; {Nearest.Allowed(unit, names)}");
    }

    /// <summary>A plain non-negative decimal times a scale, which must come out whole.</summary>
    /// <exception cref="FormatException">The text is none, or too fine, or too large.</exception>
    public static long Scaled(string text, long scale)
    {
        if (text.StartsWith('-')) throw new FormatException($"{text} is negative; it must be 0 or more");
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string digits = point < 0 ? text : text.Remove(point, 1);
        int places = point < 0 ? 0 : text.Length - point - 1;
        if (digits.Length == 0 || point == text.Length - 1 || !AllDigits(digits))
            throw new FormatException($"'{text}' is not a number; write for instance 0.25");
        if (digits.Length > 18) throw new FormatException($"'{text}' has too many digits; at most 18 count");

        UInt128 divisor = 1;
        for (int i = 0; i < places; i++) divisor *= 10;
        UInt128 scaled = UInt128.Parse(digits, CultureInfo.InvariantCulture) * (ulong)scale;
        (UInt128 quotient, UInt128 remainder) = UInt128.DivRem(scaled, divisor);
        if (remainder != 0) throw TooFine(text, scale);
        if (quotient > long.MaxValue) throw new FormatException($"'{text}' is too large");
        return (long)quotient;
    }

    private static FormatException TooFine(string text, long scale) =>
        new(FormattableString.Invariant($"'{text}' is too fine; the smallest step is 1/{scale}"));

    private static bool AllDigits(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
        }

        return true;
    }
}
