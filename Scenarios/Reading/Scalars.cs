using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Reading;

/// <summary>The kinds of single values that the format knows.</summary>
public static class Scalars
{
    /// <summary>A duration within bounds.</summary>
    public static ScalarShape<SimDuration> Duration(SimDuration least, SimDuration most) => new(
        "a duration such as 800ms", true, text => InRange(text, GoDuration.Parse(text), least, most),
        () => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "string", ["pattern"] = GoDuration.Pattern },
                new JsonObject { ["const"] = 0 }),
        });

    /// <summary>A whole number within bounds.</summary>
    public static ScalarShape<long> Whole(long least, long most) => new(
        "a whole number", false, text => WholeNumber(text, least, most),
        () => new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most });

    /// <summary>A decimal number within bounds.</summary>
    public static ScalarShape<double> Real(double least, double most) => new(
        "a number", false, text => RealNumber(text, least, most),
        () => new JsonObject { ["type"] = "number", ["minimum"] = least, ["maximum"] = most });

    /// <summary>A non-negative decimal number of at most six places, in millionths.</summary>
    public static ScalarShape<long> Millionths(long most) => new(
        "a number", false, text =>
        {
            long value = Quantity.Scaled(text, 1_000_000);
            return value <= most * 1_000_000 ? value : throw OutOfRange(text, 0, most);
        },
        () => new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = most });

    /// <summary>A share such as 2%, in millionths.</summary>
    public static readonly ScalarShape<long> Percent = new(
        "a share such as 2%", true,
        text => InRange(text, Quantity.WithUnit(text, [("%", 10_000)], "2%"), 1_000_000, "100%"),
        () => new JsonObject { ["type"] = "string", ["pattern"] = @"^\d+(\.\d+)?%$" });

    /// <summary>A size such as 20kB.</summary>
    public static readonly ScalarShape<long> Size = new(
        "a size such as 20kB", true,
        text => InRange(text, Quantity.WithUnit(text, Quantity.Bytes, "20kB"), 1_000_000_000, "1000MB"),
        () => new JsonObject { ["type"] = "string", ["pattern"] = @"^\d+(\.\d+)?(B|kB|MB|KiB|MiB)$" });

    /// <summary>A rate such as 1Gbps; unlimited is zero.</summary>
    public static readonly ScalarShape<long> Rate = new(
        "a rate such as 1Gbps or 'unlimited'", true, BitRate,
        () => new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = @"^(unlimited|\d+(\.\d+)?(bps|kbps|Mbps|Gbps))$",
        });

    /// <summary>True or false, in any spelling that Go's flags take, since flags are pasted.</summary>
    public static readonly ScalarShape<bool> Truth = new(
        "true or false", false, text => text switch
        {
            "true" => true,
            "false" => false,
            _ => throw new FormatException($"'{text}' is not a truth value; allowed: true, false"),
        },
        () => new JsonObject { ["type"] = "boolean" });

    /// <summary>Free text of one or more lines.</summary>
    public static readonly ScalarShape<string> Text = new(
        "a text", true, text =>
            text.Trim().Length > 0 ? text.Trim() : throw new FormatException("the text is empty"),
        () => new JsonObject { ["type"] = "string", ["minLength"] = 1 });

    /// <summary>A name in kebab-case.</summary>
    public static readonly ScalarShape<string> Name = new(
        "a name such as view-time", true, text => Regex.IsMatch(text, NamePattern) && !text.EndsWith('\n')
            ? text
            : throw new FormatException(
                $"'{text}' is not a name; use lower-case letters, digits and single hyphens, "
                + "as in view-time"),
        () => new JsonObject { ["type"] = "string", ["pattern"] = NamePattern });

    private const string NamePattern = @"^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

    /// <summary>One of a few words.</summary>
    public static ScalarShape<string> OneOf(string expected, IReadOnlyList<string> words) => new(
        expected, true, text =>
        {
            foreach (string word in words)
            {
                if (string.Equals(word, text, StringComparison.Ordinal)) return word;
            }

            throw new FormatException($"'{text}' is not {expected}; "
                + Nearest.Allowed(text, words, "flowsim schema"));
        },
        () =>
        {
            JsonArray allowed = [];
            foreach (string word in words) allowed.Add(word);
            return new JsonObject { ["type"] = "string", ["enum"] = allowed };
        });

    /// <summary>A whole number, or why the text is none.</summary>
    public static long WholeNumber(string text, long least, long most)
    {
        if (!Regex.IsMatch(text, @"^-?\d+\z")) throw new FormatException($"'{text}' is not a whole number");
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out long value)
            && value >= least && value <= most ? value : throw OutOfRange(text, least, most);
    }

    private static double RealNumber(string text, double least, double most)
    {
        string word = text.TrimStart('-', '+').ToLowerInvariant();
        if (word is ".nan" or "nan" or ".inf" or "inf" or "infinity")
            throw new FormatException($"'{text}' is not a finite number");
        if (!Regex.IsMatch(text, @"^-?\d+(\.\d+)?([eE][-+]?\d+)?\z"))
            throw new FormatException($"'{text}' is not a number");
        double value = double.Parse(text, CultureInfo.InvariantCulture);
        return value >= least && value <= most ? value : throw OutOfRange(text, least, most);
    }

    private static SimDuration InRange(string text, SimDuration value, SimDuration least, SimDuration most)
    {
        if (value < SimDuration.Zero && least >= SimDuration.Zero)
            throw new FormatException($"{text} is negative; it must be {GoDuration.Format(least)} or more");
        return value >= least && value <= most
            ? value
            : throw new FormatException(
                $"{text} is out of range; allowed: {GoDuration.Format(least)} to {GoDuration.Format(most)}");
    }

    private static long InRange(string text, long value, long most, string mostText) =>
        value <= most ? value : throw new FormatException($"{text} is out of range; at most {mostText}");

    private static long BitRate(string text)
    {
        if (text is "unlimited") return 0;
        long rate = Quantity.WithUnit(text, Quantity.BitRates, "1Gbps");
        if (rate == 0)
            throw new FormatException($"{text} lets nothing through; write 'unlimited' for no limit");
        return InRange(text, rate, 1_000_000_000_000, "1000Gbps");
    }

    private static FormatException OutOfRange(string text, double least, double most) =>
        new(FormattableString.Invariant(
            $"{text} is out of range; allowed: {least:0.######} to {most:0.######}"));

    private static FormatException OutOfRange(string text, long least, long most) =>
        new(FormattableString.Invariant($"{text} is out of range; allowed: {least} to {most}"));
}
