using System;
using System.Globalization;

namespace FlowSim.Upgrades;

/// <summary>A version of software, as flow-go reads and orders it (the Go package coreos/go-semver).</summary>
/// <remarks>
/// Its oddities are kept: an empty pre-release counts as none, numbers may begin with zeros, and a part of a
/// pre-release that reads as a number, negative ones included, is one if it fits 64 bits. Equal numbers spelled in two
/// ways are ordered as texts. What follows the plus sign does not count.
/// </remarks>
public sealed class SemanticVersion : IComparable<SemanticVersion>
{
    private readonly long major;
    private readonly long minor;
    private readonly long patch;
    private readonly string[] preRelease;
    private readonly string text;

    private SemanticVersion(long major, long minor, long patch, string[] preRelease, string text) =>
        (this.major, this.minor, this.patch, this.preRelease, this.text) = (major, minor, patch, preRelease, text);

    /// <summary>Reads a version; none if it is not three numbers with well-formed additions.</summary>
    public static SemanticVersion? Parse(string text)
    {
        (string before, string metadata) = Cut(text, '+');
        (string numbers, string preRelease) = Cut(before, '-');
        string[] parts = numbers.Split('.');
        if (parts.Length != 3 || !AreIdentifiers(numbers) || !AreIdentifiers(preRelease) || !AreIdentifiers(metadata))
            return null;
        return Number(parts[0]) is { } major && Number(parts[1]) is { } minor && Number(parts[2]) is { } patch
            ? new SemanticVersion(major, minor, patch, preRelease.Length == 0 ? [] : preRelease.Split('.'), text)
            : null;
    }

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null) return 1;
        int byNumbers = (major, minor, patch).CompareTo((other.major, other.minor, other.patch));
        return byNumbers != 0 ? byNumbers : ComparePreReleases(preRelease, other.preRelease);
    }

    public override string ToString() => text;

    private static int ComparePreReleases(string[] a, string[] b)
    {
        if (a.Length == 0 || b.Length == 0) return b.Length.CompareTo(a.Length);
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            int order = CompareParts(a[i], b[i]);
            if (order != 0) return order;
        }

        return a.Length.CompareTo(b.Length);
    }

    private static int CompareParts(string a, string b)
    {
        (long? numberA, long? numberB) = (Number(a), Number(b));
        if (numberA is null != numberB is null) return numberA is null ? 1 : -1;
        int byNumber = numberA is { } x && numberB is { } y ? x.CompareTo(y) : 0;
        return byNumber != 0 ? byNumber : string.CompareOrdinal(a, b);
    }

    private static (string Before, string After) Cut(string text, char sign)
    {
        int at = text.IndexOf(sign, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    /// <summary>A decimal number as Go reads one: a sign and zeros in front are allowed, nothing else is.</summary>
    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    /// <summary>Nothing, or parts of letters, digits and hyphens between dots.</summary>
    private static bool AreIdentifiers(string text)
    {
        if (text.Length == 0) return true;
        foreach (string part in text.Split('.'))
        {
            if (part.Length == 0) return false;
            foreach (char c in part)
                if (!char.IsAsciiLetterOrDigit(c) && c != '-') return false;
        }

        return true;
    }
}
